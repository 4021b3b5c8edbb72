import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.sealing import seal
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0001_squashed_0005"),
        ("assessment", "0006_replies_to_reckonings"),
    ]

    initial = True

    dependencies = [
        ("audit", "0001_squashed_0008"),
        ("accountability", "0001_squashed_0006"),
        ("cases", "0001_squashed_0039"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Reckoning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("evidence", models.CharField(max_length=1000)),
                        ("opinion", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reckonings", to="cases.case"
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                help_text="Of the item and the version that the case keeps",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.duty",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reckoning",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reply",
                                to="assessment.reckoning",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[("lead", "Lead"), ("support", "Support"), ("street", "Street office")],
                                max_length=8,
                            ),
                        ),
                        ("responded", models.BooleanField(null=True)),
                        ("solved", models.BooleanField(null=True)),
                        ("satisfied", models.BooleanField(null=True)),
                        (
                            "evidence",
                            models.JSONField(help_text="For each figure: the sentence's key and the rows behind it"),
                        ),
                        ("closed_on", models.DateField(help_text="The local day of the closing")),
                        ("made_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="cases.case"
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                help_text="The closing step",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="cases.step",
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="cases.summons",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="people.unit"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["unit", "-id"], name="marks_by_unit"),
                            models.Index(fields=["closed_on"], name="marks_by_closing"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("step", "unit", "part"), name="a_unit_is_marked_once_a_closing"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MarkDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(help_text="The local day of the closing")),
                        ("street_code", models.CharField(max_length=9)),
                        ("number", models.IntegerField()),
                        ("responded_yes", models.IntegerField(default=0)),
                        ("responded_no", models.IntegerField(default=0)),
                        ("solved_yes", models.IntegerField(default=0)),
                        ("solved_no", models.IntegerField(default=0)),
                        ("satisfied_yes", models.IntegerField(default=0)),
                        ("satisfied_no", models.IntegerField(default=0)),
                        ("folded", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("folded", False)), fields=["id"], name="mark_days_to_fold"
                            ),
                            models.Index(fields=["unit", "day"], name="mark_days_by_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("folded", True)),
                                fields=("day", "street_code", "unit"),
                                name="one_folded_row_a_day_of_marks",
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="reckoning",
                    index=models.Index(fields=["unit", "-id"], name="reckonings_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="reckoning",
                    constraint=models.UniqueConstraint(fields=("case", "duty"), name="a_duty_is_reckoned_once_a_case"),
                ),
                migrations.AddConstraint(
                    model_name="reckoning",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", ""), _negated=True), models.Q(("opinion", ""), _negated=True)
                        ),
                        name="a_reckoning_has_its_reasons",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reply",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="a_reply_says_something"
                    ),
                ),
            ]
        ),
        seal("assessment_reckoning"),
        seal("assessment_reply"),
    ]
