import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import audit.labels
from audit.sealing import seal
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("admission", "0001_squashed_0002"),
        ("admission", "0003_permits_are_revoked"),
    ]

    initial = True

    dependencies = [
        ("audit", "0001_squashed_0008"),
        ("grids", "0001_tables"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Allotment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("money", models.PositiveIntegerField(help_text="Yuan a year")),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grids.area"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["street__code"],
                    },
                ),
                migrations.CreateModel(
                    name="ExpiryNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(unique=True)),
                        ("basis", models.CharField(max_length=300)),
                    ],
                    options={
                        "ordering": ["-days"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gt", 0), models.Q(("basis", ""), _negated=True)),
                                name="an_end_is_told_before_it_comes",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatterKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("name_en", models.CharField(max_length=60)),
                        (
                            "names_body",
                            models.BooleanField(default=False, help_text="In the name of a body that is no department"),
                        ),
                        ("blocked", models.BooleanField(default=False)),
                        (
                            "carrier",
                            models.CharField(blank=True, help_text="Who carries the function, in words", max_length=80),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("basis", models.CharField(max_length=300)),
                        (
                            "carried_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
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
                                help_text="What was to be handed down, in the department's words", max_length=300
                            ),
                        ),
                        (
                            "as_task",
                            models.BooleanField(
                                default=False, help_text="As a task at once, without asking for a permit"
                            ),
                        ),
                        ("carrier", models.CharField(help_text="Who carried the function at that time", max_length=80)),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("demo", models.BooleanField(default=False)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="admission.matterkind",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "body",
                            models.CharField(
                                blank=True, help_text="The coordination or temporary body in whose name", max_length=80
                            ),
                        ),
                        ("matter", models.CharField(max_length=120)),
                        ("content", models.CharField(help_text="What a street would have to do", max_length=1000)),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "people",
                            models.PositiveSmallIntegerField(default=0, help_text="Posts or people that come along"),
                        ),
                        (
                            "money",
                            models.PositiveIntegerField(default=0, help_text="Yuan a year for all streets together"),
                        ),
                        ("equipment", models.CharField(blank=True, max_length=300)),
                        ("training", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("review", "With the establishment office"),
                                    ("returned", "Back with the department"),
                                    ("opinions", "With the streets"),
                                    ("legality", "With the legal office"),
                                    ("decision", "With the district leader"),
                                    ("granted", "Admitted, with a permit"),
                                    ("revoked", "Permit revoked"),
                                    ("refused", "Not admitted"),
                                    ("withdrawn", "Taken back by the department"),
                                ],
                                default="review",
                                max_length=10,
                            ),
                        ),
                        ("applied_at", models.DateTimeField()),
                        (
                            "round",
                            models.PositiveSmallIntegerField(default=1, help_text="Counts how often it was sent in"),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Counts every step; who acts on an older one is told"
                            ),
                        ),
                        ("demo", models.BooleanField(default=False)),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "applied_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="people.unit",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="admission.matterkind",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Opinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "view",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agrees", "Agrees"),
                                    ("conditions", "Agrees on conditions"),
                                    ("objects", "Objects"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("at", models.DateTimeField(null=True)),
                        ("silent_at", models.DateTimeField(null=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="admission.application",
                            ),
                        ),
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
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grids.area"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["street__code"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.AddField(
                    model_name="application",
                    name="streets",
                    field=models.ManyToManyField(related_name="+", through="admission.Opinion", to="grids.area"),
                ),
                migrations.CreateModel(
                    name="Permit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True)),
                        ("body", models.CharField(blank=True, max_length=80)),
                        ("since", models.DateField()),
                        ("until", models.DateField(help_text="Its last day")),
                        ("granted_at", models.DateTimeField()),
                        (
                            "revoked_on",
                            models.DateField(help_text="From this day on nothing is handed down under it", null=True),
                        ),
                        ("reason", models.CharField(blank=True, help_text="Why it was revoked", max_length=600)),
                        ("revoked_basis", models.CharField(blank=True, max_length=300)),
                        (
                            "warned",
                            models.PositiveSmallIntegerField(
                                help_text="The last notice before its end, in days", null=True
                            ),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="permit",
                                to="admission.application",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="permits", to="people.unit"
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="permits",
                                to="admission.matterkind",
                            ),
                        ),
                        (
                            "streets",
                            models.ManyToManyField(related_name="+", through="admission.Allotment", to="grids.area"),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.AddField(
                    model_name="allotment",
                    name="permit",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allotments", to="admission.permit"
                    ),
                ),
                migrations.CreateModel(
                    name="Pledge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("targets", models.CharField(help_text="What streets were held to", max_length=600)),
                        ("signed_on", models.DateField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("central", "The central authorities"),
                                    ("provincial", "The province's committee or government"),
                                    ("municipal", "The city"),
                                    ("district", "The district"),
                                    ("department", "The department alone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[("entered", "To be decided"), ("kept", "Kept"), ("cancelled", "Cancelled")],
                                default="entered",
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=600)),
                        ("entered_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("demo", models.BooleanField(default=False)),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="people.unit"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("streets", models.ManyToManyField(related_name="+", to="grids.area")),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.CharField(blank=True, max_length=80)),
                        ("title", models.CharField(max_length=120)),
                        ("words", models.CharField(max_length=1000)),
                        ("due_on", models.DateField(help_text="The last day on which it is done in time")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("handed", "Handed down, to be taken"),
                                    ("accepted", "Taken by the street"),
                                    ("done", "Task done"),
                                    ("refused", "Not taken by the street"),
                                    ("flagged", "Flagged, its clocks stand still"),
                                    ("void", "Void"),
                                ],
                                default="handed",
                                max_length=10,
                            ),
                        ),
                        (
                            "stood_at",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("handed", "Handed down, to be taken"),
                                    ("accepted", "Taken by the street"),
                                    ("done", "Task done"),
                                    ("refused", "Not taken by the street"),
                                    ("flagged", "Flagged, its clocks stand still"),
                                    ("void", "Void"),
                                ],
                                help_text="Before it was flagged",
                                max_length=10,
                            ),
                        ),
                        (
                            "ruling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("shifted", "The department shifts its own duty"),
                                    ("rightful", "The permit covers it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("handed_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("demo", models.BooleanField(default=False)),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks_handed",
                                to="people.unit",
                            ),
                        ),
                        (
                            "handed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="admission.matterkind",
                            ),
                        ),
                        (
                            "permit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="admission.permit"
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="grids.area"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(help_text="Its place among the steps of its subject")),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("apply", "Apply for a permit"),
                                    ("forward", "Pass it on to the streets"),
                                    ("send_back", "Send it back for more"),
                                    ("resend", "Send it in again"),
                                    ("reject", "Do not admit it"),
                                    ("opine", "Give the street's opinion"),
                                    ("gather", "All streets were heard"),
                                    ("clear", "Find it lawful"),
                                    ("bar", "Find it unlawful"),
                                    ("grant", "Grant the permit"),
                                    ("deny", "Refuse the permit"),
                                    ("revoke", "Revoke the permit"),
                                    ("withdraw", "Take the application back"),
                                    ("go_on", "Goes on without a review"),
                                    ("run_out", "Ended by silence"),
                                    ("warn", "Its end is near"),
                                    ("hand", "Hand a task down"),
                                    ("take", "Take the task"),
                                    ("finish", "Report it done"),
                                    ("decline", "Do not take the task"),
                                    ("flag", "Flag it as shifted duty"),
                                    ("uphold", "Rule: it shifts a duty"),
                                    ("dismiss", "Rule: the permit covers it"),
                                    ("call_off", "Call the task off"),
                                    ("stop", "Stopped: its permit was revoked"),
                                    ("lapse", "Its time is over"),
                                    ("enter", "Enter a pledge"),
                                    ("keep", "Keep the pledge"),
                                    ("cancel", "Cancel the pledge"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=10)),
                        ("target", models.CharField(max_length=10)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("live", "Live"), ("demo", "Demo")], default="live", max_length=8
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="admission.application",
                            ),
                        ),
                        (
                            "pledge",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="admission.pledge",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="admission.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="LoadDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(help_text="The local day")),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("handed", "Handed down"),
                                    ("taken", "Taken"),
                                    ("not_taken", "Not taken"),
                                    ("done", "Done"),
                                    ("flagged", "Flagged"),
                                    ("shifted", "Ruled a shifted duty"),
                                    ("late", "Run out of time"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("folded", models.BooleanField(default=False)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grids.area"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("folded", False)), fields=["id"], name="load_days_to_fold"
                            ),
                            models.Index(fields=["street", "day"], name="load_days_by_street"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("folded", True)),
                                fields=("day", "what", "street", "department"),
                                name="one_folded_row_a_day_of_load",
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="matterkind",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("blocked", False), models.Q(("carrier", ""), _negated=True), _connector="OR"
                        ),
                        name="a_blocked_kind_names_who_carries_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="matterkind",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="a_kind_of_matter_has_a_basis"
                    ),
                ),
                migrations.AddIndex(
                    model_name="attempt",
                    index=models.Index(fields=["department", "-id"], name="attempts_by_department"),
                ),
                migrations.AddIndex(
                    model_name="opinion",
                    index=models.Index(fields=["street", "application"], name="opinions_by_street"),
                ),
                migrations.AddConstraint(
                    model_name="opinion",
                    constraint=models.UniqueConstraint(
                        fields=("application", "street"), name="a_street_is_asked_once_of_an_application"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="opinion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("at", None), ("by", None), ("view", "")),
                            models.Q(
                                models.Q(("view", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                                ("at__isnull", False),
                                ("by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_opinion_has_words_and_an_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="opinion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("silent_at", None), ("view", ""), _connector="OR"),
                        name="who_is_silent_says_nothing",
                    ),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["state", "-id"], name="applications_by_state"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=models.Index(fields=["department", "-id"], name="applications_by_department"),
                ),
                migrations.AddIndex(
                    model_name="application",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="applications_by_terms"),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="an_application_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="application",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("matter", ""), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                            models.Q(("content", ""), _negated=True),
                        ),
                        name="an_application_says_what_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="permit",
                    index=models.Index(
                        condition=models.Q(("revoked_on__isnull", False)), fields=["-id"], name="permits_revoked"
                    ),
                ),
                migrations.AddIndex(
                    model_name="permit",
                    index=models.Index(fields=["until", "id"], name="permits_by_end"),
                ),
                migrations.AddIndex(
                    model_name="permit",
                    index=models.Index(fields=["department", "-id"], name="permits_by_department"),
                ),
                migrations.AddConstraint(
                    model_name="permit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="a_permit_ends_after_it_begins"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="permit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("revoked_basis", ""), ("revoked_on", None)),
                            models.Q(
                                ("revoked_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("revoked_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_revoked_permit_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="allotment",
                    index=models.Index(fields=["street", "permit"], name="allotments_by_street"),
                ),
                migrations.AddConstraint(
                    model_name="allotment",
                    constraint=models.UniqueConstraint(
                        fields=("permit", "street"), name="a_permit_allots_to_a_street_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pledge",
                    index=models.Index(fields=["state", "-id"], name="pledges_by_state"),
                ),
                migrations.AddIndex(
                    model_name="pledge",
                    index=models.Index(fields=["department", "-id"], name="pledges_by_department"),
                ),
                migrations.AddIndex(
                    model_name="pledge",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="pledges_by_terms"),
                ),
                migrations.AddConstraint(
                    model_name="pledge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "kept"), _negated=True),
                            models.Q(("level__in", ("central", "provincial")), models.Q(("basis", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_pledge_is_kept_on_a_high_basis",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pledge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "entered")),
                            models.Q(
                                models.Q(("state", "entered"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_pledge_is_decided_with_a_reason",
                    ),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["state", "-id"], name="tasks_by_state"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["street", "-id"], name="tasks_by_street"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["department", "-id"], name="tasks_by_department"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="tasks_by_terms"),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="a_task_says_what_is_to_be_done",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "flagged"), models.Q(("stood_at", ""), _negated=True)),
                            models.Q(("state", "flagged"), _negated=True),
                            _connector="OR",
                        ),
                        name="a_flag_knows_where_it_stood",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="step",
                    constraint=models.UniqueConstraint(
                        fields=("application", "number"), name="steps_of_an_application_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="step",
                    constraint=models.UniqueConstraint(fields=("task", "number"), name="steps_of_a_task_are_numbered"),
                ),
                migrations.AddConstraint(
                    model_name="step",
                    constraint=models.UniqueConstraint(
                        fields=("pledge", "number"), name="steps_of_a_pledge_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="step",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("pledge", None), ("task", None)),
                            models.Q(("application", None), ("pledge", None), ("task__isnull", False)),
                            models.Q(("application", None), ("pledge__isnull", False), ("task", None)),
                            _connector="OR",
                        ),
                        name="a_step_is_of_one_subject",
                    ),
                ),
            ]
        ),
        seal("admission_step"),
        seal("admission_attempt"),
    ]
