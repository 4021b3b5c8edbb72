import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_saved_views_and_exports"),
        ("desk", "0002_bundles"),
        ("desk", "0003_registers"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_0037"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
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
                                blank=True, help_text="Of admission; empty for the list of cases", max_length=20
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
                        "indexes": [models.Index(fields=["shared_with"], name="views_by_unit")],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name"), name="a_name_stands_for_one_view"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)), fields=("owner",), name="one_view_comes_first"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
