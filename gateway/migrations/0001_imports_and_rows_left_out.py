import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=255)),
                        ("size", models.PositiveIntegerField()),
                        ("received", models.PositiveIntegerField(default=0)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("stored_at", models.DateTimeField(null=True)),
                        ("mapping", models.CharField(blank=True, max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "Being received"),
                                    ("stored", "Received"),
                                    ("checking", "Being tried"),
                                    ("checked", "Tried, not taken in"),
                                    ("taking", "Being taken in"),
                                    ("done", "Taken in"),
                                    ("refused", "Not readable"),
                                    ("given_up", "Given up"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        (
                            "rows",
                            models.PositiveIntegerField(help_text="How many the file has, once counted", null=True),
                        ),
                        (
                            "done",
                            models.PositiveIntegerField(
                                default=0, help_text="How many of them are through in this pass"
                            ),
                        ),
                        (
                            "tried",
                            models.JSONField(
                                default=dict,
                                help_text="Of the trial: how many rows stand where, were there, were refused",
                            ),
                        ),
                        ("taken", models.JSONField(default=dict, help_text="The same of taking it in")),
                        (
                            "says",
                            models.CharField(
                                blank=True, help_text="Why the file as a whole is refused", max_length=200
                            ),
                        ),
                        ("params", models.JSONField(default=dict)),
                        (
                            "asked_at",
                            models.DateTimeField(help_text="When somebody asked for the pass that runs", null=True),
                        ),
                        (
                            "heard_at",
                            models.DateTimeField(help_text="When the queue or the work was last heard of", null=True),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How often it was begun since it last got on"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("kept", models.BooleanField(default=True, help_text="Whether the file itself is still there")),
                        (
                            "sender",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportFault",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("row", models.PositiveIntegerField()),
                        ("column", models.CharField(max_length=100)),
                        ("says", models.CharField(max_length=300)),
                        ("params", models.JSONField(default=dict)),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="faults", to="gateway.import"
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(fields=["-began_at", "-id"], name="imports_by_beginning"),
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(
                        condition=models.Q(("kept", True)), fields=["ended_at"], name="imports_with_their_file"
                    ),
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(
                        condition=models.Q(("state__in", ["checking", "taking"])),
                        fields=["asked_at"],
                        name="imports_at_work",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("received__lte", models.F("size")), ("size__gt", 0), ("size__lte", 16777216)
                        ),
                        name="an_import_fits_its_size",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "receiving"),
                            models.Q(("received", models.F("size")), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_import_counts_when_all_of_it_is_stored",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importfault",
                    constraint=models.UniqueConstraint(fields=("of", "row"), name="a_row_is_left_out_for_one_reason"),
                ),
            ]
        ),
    ]
