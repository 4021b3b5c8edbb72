import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import engagement.secrets
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("engagement", "0001_tables"),
        ("engagement", "0002_terms"),
        ("engagement", "0003_calling"),
        ("engagement", "0004_reopening"),
        ("engagement", "0005_same_caller"),
        ("engagement", "0006_links"),
        ("engagement", "0007_calling_by_reviewed_change"),
        ("engagement", "0008_restraints"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_0039"),
        ("changes", "0001_squashed_0002"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("receipt", models.CharField(max_length=20, unique=True)),
                        ("words", models.TextField()),
                        ("name", engagement.secrets.SecretField(blank=True)),
                        ("phone", engagement.secrets.SecretField(blank=True)),
                        (
                            "caller",
                            models.CharField(
                                blank=True, help_text="A keyed mark of the phone, the same for the same", max_length=32
                            ),
                        ),
                        ("address", engagement.secrets.SecretField(blank=True)),
                        ("wants_answer", models.BooleanField(default=True)),
                        (
                            "datum",
                            models.CharField(
                                blank=True,
                                choices=[("wgs84", "WGS-84"), ("gcj02", "GCJ-02"), ("bd09", "BD-09")],
                                max_length=6,
                            ),
                        ),
                        ("given_lon", models.FloatField(help_text="As received, in the datum named", null=True)),
                        ("given_lat", models.FloatField(null=True)),
                        ("accuracy_m", models.FloatField(null=True)),
                        ("captured_at", models.DateTimeField(null=True)),
                        ("received_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="cases.case"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Guess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("origin", models.CharField(max_length=64)),
                        ("since", models.DateTimeField()),
                        ("times", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name_plural": "guesses",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("origin", "since"), name="guesses_counted_by_place_and_time"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reopening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(help_text="The round that was closed too early")),
                        ("words", models.CharField(max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reopenings",
                                to="engagement.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "asking",
                            models.PositiveSmallIntegerField(default=1, help_text="2 where somebody else asked again"),
                        ),
                        ("solved", models.BooleanField()),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("satisfied", "Satisfied"),
                                    ("fairly", "Fairly satisfied"),
                                    ("dissatisfied", "Dissatisfied"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unsolved", "Not solved"),
                                    ("manner", "Manner"),
                                    ("late", "Too late"),
                                    ("unreasonable", "The demand cannot be met"),
                                    ("policy", "Policy does not allow it"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="engagement.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Callback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "asking",
                            models.PositiveSmallIntegerField(default=1, help_text="2 where somebody else asks again"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("reached", "Reached"),
                                    ("no_answer", "No answer"),
                                    ("busy", "Busy"),
                                    ("later", "Asks to be called later"),
                                    ("wrong_number", "Wrong number"),
                                    ("declined", "Would not talk"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        ("again_at", models.DateTimeField(help_text="When the person asked to be called", null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="callbacks",
                                to="engagement.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AnswerLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "digest",
                            models.CharField(
                                help_text="sha256 of the random part of the link", max_length=64, unique=True
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        ("replaced_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="engagement.report",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Restraint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "caller",
                            models.CharField(
                                help_text="A keyed mark of the phone, the same for the same", max_length=32
                            ),
                        ),
                        ("reason", models.CharField(max_length=600)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "begins_at",
                            models.DateTimeField(
                                help_text="When it begins if it is upheld at once: after an earlier one"
                            ),
                        ),
                        ("ends_at", models.DateTimeField(help_text="The end of the day of review")),
                        ("attempts", models.PositiveSmallIntegerField()),
                        ("upheld", models.BooleanField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("lifted_at", models.DateTimeField(null=True)),
                        ("lifted_why", models.CharField(blank=True, max_length=600)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("evidence", models.ManyToManyField(related_name="+", to="cases.case")),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                help_text="From which it was asked for",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="engagement.report",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="RestraintRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "most_days",
                            models.PositiveSmallIntegerField(help_text="How far ahead the day of review may lie"),
                        ),
                        (
                            "again_days",
                            models.PositiveSmallIntegerField(
                                help_text="How long before that day it may be asked for again"
                            ),
                        ),
                        (
                            "least_cases",
                            models.PositiveSmallIntegerField(
                                help_text="On how many cases of the caller it has to rest"
                            ),
                        ),
                        (
                            "least_words",
                            models.PositiveSmallIntegerField(help_text="How many signs a reason has at least"),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(
                                help_text="How often the caller is called back while it lasts"
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField(unique=True)),
                    ],
                    options={
                        "ordering": ["-since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("attempts__gt", 0), ("least_cases__gt", 0), ("most_days__gt", 0)),
                                name="a_restraint_is_limited",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.CharField(choices=[("workday", "Workday"), ("off", "Day off")], max_length=8)),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("morning", "Morning"),
                                    ("noon", "Noon"),
                                    ("afternoon", "Afternoon"),
                                    ("evening", "Evening"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "urgency",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("extreme", "Extreme"),
                                    ("urgent", "Urgent"),
                                    ("normal", "Normal"),
                                    ("complex", "Complex"),
                                    ("consult", "Consultation"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField()),
                        (
                            "ended",
                            models.BooleanField(
                                default=False, help_text="From this day on the urgency has no hours of its own"
                            ),
                        ),
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
                        "verbose_name_plural": "call hours",
                        "ordering": ["-since", "day", "begins"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("begins"))),
                                name="call_hours_end_after_they_begin",
                            ),
                            models.UniqueConstraint(
                                fields=("since", "urgency", "day", "begins"), name="call_hours_begin_once_at_a_moment"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "text",
                            models.CharField(
                                help_text="With gaps like {summary}, filled from the case", max_length=300
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField()),
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
                        "ordering": ["-since", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("since", "order"), name="one_sentence_at_a_time")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
                        ),
                        (
                            "apart_minutes",
                            models.PositiveSmallIntegerField(help_text="From one fruitless call to the next"),
                        ),
                        (
                            "parts",
                            models.PositiveSmallIntegerField(
                                help_text="On how many parts of the day they must be tried"
                            ),
                        ),
                        (
                            "later_days",
                            models.PositiveSmallIntegerField(help_text="How far ahead somebody may put a call off"),
                        ),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(help_text="For writing a call down after the hours ended"),
                        ),
                        (
                            "link_hours",
                            models.PositiveSmallIntegerField(help_text="How long a link to answer by is good for"),
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
                                condition=models.Q(("attempts__gte", 1)), name="somebody_is_called_at_least_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parts__lte", models.F("attempts"))),
                                name="each_part_of_the_day_takes_a_call",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportTerms",
                    fields=[
                        (
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="terms",
                                serialize=False,
                                to="engagement.report",
                            ),
                        ),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "report terms",
                    },
                ),
                migrations.AddIndex(
                    model_name="report",
                    index=models.Index(
                        condition=models.Q(("caller", ""), _negated=True), fields=["caller"], name="reports_by_caller"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reopening",
                    constraint=models.UniqueConstraint(
                        fields=("report", "round"), name="a_report_comes_back_once_a_round"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reopening",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="who_comes_back_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.UniqueConstraint(
                        fields=("report", "round", "asking"), name="a_report_is_rated_once_an_asking"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", "dissatisfied"), _negated=True),
                            models.Q(("cause", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dissatisfied_names_a_cause",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callback",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("again_at__isnull", False), ("outcome", "later")),
                            models.Q(models.Q(("outcome", "later"), _negated=True), ("again_at", None)),
                            _connector="OR",
                        ),
                        name="a_call_put_off_says_until_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerlink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None), ("used_at", None)),
                        fields=("report",),
                        name="one_link_of_a_report_counts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerlink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("replaced_at", None), _connector="OR"),
                        name="a_link_is_used_or_replaced_not_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerlink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None), ("used_at__lte", models.F("expires_at")), _connector="OR"
                        ),
                        name="no_link_is_used_after_its_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="restraint",
                    index=models.Index(fields=["caller", "begins_at"], name="restraints_by_caller"),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("upheld", None)), fields=("caller",), name="one_restraint_is_asked_for"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("caller", ""), _negated=True), name="nobody_unknown_is_restrained"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))),
                        name="a_restraint_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("upheld", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("upheld__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_restraint_is_decided_with_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_restrain_a_caller",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="restraint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at", None),
                            models.Q(("upheld", True), models.Q(("lifted_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_restraint_ends_early_with_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="reportterms",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["terms"], gin_pending_list_limit=256, name="reports_by_terms"
                    ),
                ),
            ]
        ),
    ]
