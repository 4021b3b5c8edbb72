import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("alerts", "0001_squashed_0006"),
        ("alerts", "0007_told_of_reckonings"),
    ]

    initial = True

    dependencies = [
        ("admission", "0001_squashed_0003"),
        ("cases", "0001_squashed_0039"),
        ("changes", "0001_squashed_0002"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "matter",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("written", "A breach of a duty was written down"),
                                    ("replied", "The unit has replied"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("matter_id", models.BigIntegerField(help_text="The key of the reckoning", null=True)),
                        (
                            "about",
                            models.CharField(
                                blank=True, help_text="The matter in a few words, as it was then", max_length=120
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        ("shown_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "admission_step",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="admission.step",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="cases.case",
                            ),
                        ),
                        (
                            "change_step",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="changes.changestep",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="cases.proposal",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="cases.step",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["recipient", "-id"], name="alerts_by_recipient"),
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["recipient", "shown_at"],
                                name="alerts_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recipient", "step"), name="nobody_is_told_twice_of_a_step"
                            ),
                            models.UniqueConstraint(
                                fields=("recipient", "change_step"), name="nobody_is_told_twice_of_a_step_of_a_change"
                            ),
                            models.UniqueConstraint(
                                fields=("recipient", "admission_step"),
                                name="nobody_is_told_twice_of_a_step_of_admission",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("admission_step__isnull", True),
                                        ("case__isnull", False),
                                        ("change_step__isnull", True),
                                        ("matter_id__isnull", True),
                                        ("proposal__isnull", True),
                                        ("step__isnull", False),
                                    ),
                                    models.Q(
                                        ("admission_step__isnull", True),
                                        ("case__isnull", True),
                                        ("change_step__isnull", False),
                                        ("matter_id__isnull", True),
                                        ("proposal__isnull", True),
                                        ("step__isnull", True),
                                    ),
                                    models.Q(
                                        ("admission_step__isnull", False),
                                        ("case__isnull", True),
                                        ("change_step__isnull", True),
                                        ("matter_id__isnull", True),
                                        ("proposal__isnull", True),
                                        ("step__isnull", True),
                                    ),
                                    models.Q(
                                        ("admission_step__isnull", True),
                                        ("case__isnull", True),
                                        ("change_step__isnull", True),
                                        ("matter_id__isnull", True),
                                        ("proposal__isnull", False),
                                        ("step__isnull", True),
                                    ),
                                    models.Q(
                                        ("admission_step__isnull", True),
                                        ("case__isnull", True),
                                        ("change_step__isnull", True),
                                        ("matter_id__isnull", False),
                                        ("proposal__isnull", True),
                                        ("step__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_alert_is_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("about", ""), ("matter", ""), ("matter_id", None)),
                                    models.Q(models.Q(("matter", ""), _negated=True), ("matter_id__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_matter_has_its_key",
                            ),
                            models.UniqueConstraint(
                                fields=("recipient", "proposal"), name="nobody_is_told_twice_of_a_proposal"
                            ),
                            models.UniqueConstraint(
                                fields=("recipient", "matter", "matter_id"), name="nobody_is_told_twice_of_a_reckoning"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shown_at__gte", models.F("told_at"))),
                                name="nothing_is_shown_before_it_is_told",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuietHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField(help_text="Not after the beginning: on the next day")),
                        (
                            "loud",
                            models.CharField(
                                blank=True, help_text="Urgencies that are told all the same", max_length=80
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField(unique=True)),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="changes.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("basis", ""), _negated=True), name="quiet_hours_have_a_basis"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("begins", models.F("ends")), _negated=True), name="quiet_hours_end"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
