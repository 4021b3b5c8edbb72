import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_squashed_0003"),
        ("desk", "0004_bundles_of_reckonings"),
        ("desk", "0005_workbooks_of_the_list"),
    ]

    initial = True

    dependencies = [
        ("accountability", "0001_squashed_0006"),
        ("assessment", "0001_squashed_0006"),
        ("cases", "0001_squashed_0039"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="ListImport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=255)),
                        ("size", models.PositiveIntegerField()),
                        ("received", models.PositiveIntegerField(default=0)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("stored_at", models.DateTimeField(null=True)),
                        ("language", models.CharField(max_length=10)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("scope", models.JSONField(default=list, help_text="The roles under which its rows were read")),
                        ("asked_at", models.DateTimeField(help_text="The moment that the rows are judged at")),
                        ("expires_at", models.DateTimeField()),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("beat_at", models.DateTimeField(help_text="When its worker was last heard of", null=True)),
                        ("worker", models.UUIDField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "Being received"),
                                    ("waiting", "Waiting"),
                                    ("running", "Being read"),
                                    ("ready", "Compared, not saved"),
                                    ("refused", "Not readable"),
                                    ("saved", "Saved in the draft"),
                                    ("given_up", "Given up"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True, help_text="Why the file as a whole is not read", max_length=300
                            ),
                        ),
                        ("seen", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        (
                            "draft",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="accountability.listversion",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ListImportFault",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(help_text="In the order of the file")),
                        ("sheet", models.CharField(max_length=40)),
                        ("row", models.PositiveIntegerField()),
                        ("column", models.CharField(blank=True, max_length=60)),
                        ("why", models.CharField(max_length=300)),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="desk.listimport"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="ListImportItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        (
                            "what",
                            models.CharField(
                                choices=[("new", "new"), ("changed", "changed"), ("gone", "taken out")], max_length=8
                            ),
                        ),
                        ("said", models.JSONField(default=dict)),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="desk.listimport"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40)),
                        (
                            "query",
                            models.CharField(help_text="The filters, in the one way to write them", max_length=1200),
                        ),
                        (
                            "is_default",
                            models.BooleanField(default=False, help_text="What its owner finds under “Cases”"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="saved_views",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "shared_with",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Bundle",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Being written"),
                                    ("ready", "Ready"),
                                    ("refused", "Refused"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("scope", models.JSONField(default=list, help_text="The roles under which its rows were read")),
                        ("expires_at", models.DateTimeField()),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("beat_at", models.DateTimeField(help_text="When its worker was last heard of", null=True)),
                        ("worker", models.UUIDField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_seen", "You no longer see this case. Ask whoever has it in hand."),
                                    (
                                        "failed",
                                        "The file could not be written. Ask for it again; if it fails again, tell your administrator.",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("as_of", models.DateTimeField(help_text="The moment at which the case was read", null=True)),
                        ("steps", models.PositiveIntegerField(default=0, help_text="How many steps the case had then")),
                        (
                            "chain",
                            models.CharField(
                                blank=True, help_text="The hash of the last of these steps", max_length=64
                            ),
                        ),
                        (
                            "whole",
                            models.BooleanField(default=True, help_text="Nothing of a confidential case was kept back"),
                        ),
                        ("digest", models.CharField(blank=True, help_text="sha256 of the file", max_length=64)),
                        ("dropped_at", models.DateTimeField(help_text="When the file was removed", null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="bundles", to="cases.case"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reckoning",
                            models.ForeignKey(
                                help_text="It holds this record of the case alone",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessment.reckoning",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=["asked_at"],
                                name="bundles_to_be_written",
                            ),
                            models.Index(
                                condition=models.Q(("dropped_at", None)),
                                fields=["expires_at"],
                                name="bundles_by_expiry",
                            ),
                            models.Index(
                                condition=models.Q(("digest", ""), _negated=True),
                                fields=["digest"],
                                name="bundles_by_digest",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("digest", ""), _negated=True),
                                        models.Q(("chain", ""), _negated=True),
                                        ("steps__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_finished_bundle_has_its_hashes",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExportJob",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=10)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Being written"),
                                    ("ready", "Ready"),
                                    ("refused", "Refused"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("scope", models.JSONField(default=list, help_text="The roles under which its rows were read")),
                        ("asked_at", models.DateTimeField(help_text="The moment that the rows are judged at")),
                        ("expires_at", models.DateTimeField()),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("beat_at", models.DateTimeField(help_text="When its worker was last heard of", null=True)),
                        ("worker", models.UUIDField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "register",
                            models.CharField(
                                blank=True, help_text="Of admission, or “list”; empty for the cases", max_length=20
                            ),
                        ),
                        ("query", models.CharField(max_length=1200)),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "no_role",
                                        "You no longer hold a role in which you see cases. Ask your administrator.",
                                    ),
                                    (
                                        "too_many",
                                        "There are more than 50,000 rows. Narrow the filters, for example to one street or month.",
                                    ),
                                    (
                                        "not_understood",
                                        "A filter of this list is no longer understood. Open the list again.",
                                    ),
                                    ("no_version", "This version or draft is not there any more. Open the list again."),
                                    (
                                        "failed",
                                        "The file could not be written. Ask for it again; if it fails again, tell your administrator.",
                                    ),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=["asked_at"],
                                name="exports_to_be_written",
                            ),
                            models.Index(fields=["expires_at"], name="exports_by_expiry"),
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="listimport",
                    index=models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=["asked_at"],
                        name="workbooks_to_be_read",
                    ),
                ),
                migrations.AddIndex(
                    model_name="listimport",
                    index=models.Index(fields=["expires_at"], name="workbooks_by_expiry"),
                ),
                migrations.AddConstraint(
                    model_name="listimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("received__lte", models.F("size")), ("size__gt", 0), ("size__lte", 16777216)
                        ),
                        name="a_workbook_fits_its_size",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["receiving", "given_up"]),
                            models.Q(("received", models.F("size")), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_workbook_is_read_when_all_of_it_is_stored",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listimportfault",
                    constraint=models.UniqueConstraint(
                        fields=("of", "number"), name="faults_of_a_workbook_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listimportitem",
                    constraint=models.UniqueConstraint(
                        fields=("of", "code"), name="an_item_differs_once_in_a_workbook"
                    ),
                ),
                migrations.AddIndex(
                    model_name="savedview",
                    index=models.Index(fields=["shared_with"], name="views_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(fields=("owner", "name"), name="a_name_stands_for_one_view"),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("owner",), name="one_view_comes_first"
                    ),
                ),
            ]
        ),
    ]
