import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.labels
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("accountability", "0001_squashed_0019"),
        ("accountability", "0002_flows_of_versions"),
        ("accountability", "0003_flows_into_versions"),
        ("accountability", "0004_flows_of_versions_alone"),
        ("accountability", "0005_stages_as_states"),
        ("accountability", "0006_functions_by_change"),
    ]

    initial = True

    dependencies = [
        ("changes", "0001_squashed_0002"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Category",
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
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="FlowParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="Learnt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("cases", models.PositiveIntegerField(help_text="How many confirmed cases it learnt from")),
                        ("weights", models.JSONField()),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Situation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=16, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "words",
                            models.CharField(
                                blank=True, help_text="What people say for it, “、” between", max_length=200
                            ),
                        ),
                        ("looks_like", models.CharField(max_length=200)),
                        ("photograph", models.CharField(max_length=200)),
                        ("first_action", models.CharField(max_length=200)),
                        (
                            "call",
                            models.CharField(
                                blank=True, help_text="Whom to call: a kind of unit or post", max_length=80
                            ),
                        ),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    ("extreme", "Extreme"),
                                    ("urgent", "Urgent"),
                                    ("normal", "Normal"),
                                    ("complex", "Complex"),
                                    ("consult", "Consultation"),
                                ],
                                default="normal",
                                max_length=8,
                            ),
                        ),
                        ("provisional", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="SituationGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True)),
                        ("name", models.CharField(max_length=20)),
                        ("name_en", models.CharField(max_length=40)),
                        ("icon", models.CharField(help_text="A name from the set of icons", max_length=40)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Boundary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("one", models.CharField(max_length=12)),
                        ("other", models.CharField(max_length=12)),
                        ("note", models.CharField(max_length=200)),
                        ("provisional", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["one", "other"],
                        "constraints": [
                            models.UniqueConstraint(fields=("one", "other"), name="one_note_for_two_neighbours"),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))), name="the_smaller_code_stands_first"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Calendar",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("basis", models.CharField(max_length=300)),
                        (
                            "carry_from",
                            models.DateTimeField(
                                blank=True, help_text="From when running clocks are counted by it", null=True
                            ),
                        ),
                        ("carried_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendars",
                                to="changes.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-version"],
                    },
                ),
                migrations.CreateModel(
                    name="CoveredYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField()),
                        ("basis", models.CharField(max_length=200)),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="years",
                                to="accountability.calendar",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DayException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("holiday", "Holiday"), ("makeup", "Make-up workday")], max_length=8
                            ),
                        ),
                        ("name", models.CharField(max_length=40)),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exceptions",
                                to="accountability.calendar",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FunctionList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True)),
                        ("label", models.CharField(max_length=120)),
                        ("in_force_from", models.DateField()),
                        (
                            "reference",
                            models.BooleanField(
                                default=False, help_text="Composed for reference, not issued by the district"
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        (
                            "digest",
                            models.CharField(
                                blank=True, help_text="SHA-256 of what all its functions say", max_length=64
                            ),
                        ),
                        (
                            "chain",
                            models.CharField(
                                blank=True, help_text="SHA-256 of this version and the chain before it", max_length=64
                            ),
                        ),
                        (
                            "change",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="function_list",
                                to="changes.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="Function",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        ("area", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("handle", "To be handled"), ("answer", "To be answered at once")],
                                max_length=8,
                            ),
                        ),
                        ("amount", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "time_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("working_minute", "working minutes"),
                                    ("working_hour", "working hours"),
                                    ("clock_second", "seconds"),
                                    ("clock_minute", "minutes"),
                                    ("clock_hour", "clock hours"),
                                    ("working_day", "working days"),
                                    ("day", "days"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        (
                            "words",
                            models.CharField(help_text="Everyday words for it, a blank between them", max_length=300),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="functions",
                                to="people.unit",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="functions",
                                to="accountability.functionlist",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True)),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="accountability.category",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="ItemVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("area", models.CharField(help_text="The part of the list it stands in", max_length=40)),
                        ("title", models.CharField(max_length=120)),
                        ("street_led", models.BooleanField(default=False)),
                        ("legal_basis", models.CharField(blank=True, max_length=300)),
                        (
                            "basis_from",
                            models.DateField(blank=True, help_text="The legal basis holds from this day", null=True),
                        ),
                        (
                            "basis_until",
                            models.DateField(blank=True, help_text="The legal basis holds until this day", null=True),
                        ),
                        (
                            "evidence",
                            models.CharField(blank=True, help_text="What proves that it is done", max_length=300),
                        ),
                        (
                            "limit",
                            models.CharField(
                                blank=True, help_text="In the words of the list; clocks go by limits", max_length=200
                            ),
                        ),
                        (
                            "closing_test",
                            models.CharField(blank=True, help_text="When it counts as solved", max_length=300),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, help_text="SHA-256 of what it says, with its duties", max_length=64
                            ),
                        ),
                        ("edited_at", models.DateTimeField(null=True)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="accountability.item",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["item__code"],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("lead", "Lead duty"), ("support", "Support duty")], max_length=8
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("unit", "A named unit"),
                                    ("street", "The street office of the place"),
                                    ("other", "A party outside the register"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("party_name", models.CharField(max_length=60)),
                        ("text", models.CharField(max_length=400)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="people.unit",
                            ),
                        ),
                        (
                            "item_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="accountability.itemversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "order"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="ItemWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "words",
                            models.CharField(help_text="Everyday words for it, a blank between them", max_length=300),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="everyday",
                                to="accountability.item",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["item__code"],
                    },
                ),
                migrations.CreateModel(
                    name="Limit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "urgency",
                            models.CharField(
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
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("accept", "Accept"),
                                    ("dispatch", "Dispatch"),
                                    ("approve", "The street's leader approves a whistle"),
                                    ("sign", "Sign"),
                                    ("respond", "First contact"),
                                    ("arrive", "Arrive"),
                                    ("result", "Reply"),
                                    ("inspect", "Inspect"),
                                    ("callback", "Call back"),
                                    ("close", "Close"),
                                    ("promise", "Promise to the resident"),
                                    ("desk", "The district desk decides a dispute"),
                                    ("conferral", "The conferral decides a dispute"),
                                    ("leader", "The district leader decides a dispute"),
                                    ("answer", "Answer an order"),
                                    ("joint", "Result of a joint action"),
                                    ("minutes", "Minutes of a joint action, and release"),
                                    ("review", "The establishment office reviews an application"),
                                    ("amend", "The department completes its application"),
                                    ("opinion", "A street's opinion of an application"),
                                    ("legality", "The legal office judges an application"),
                                    ("decision", "The district leader decides an application"),
                                    ("take", "The street takes a task"),
                                    ("task", "A task is done; no task gives less time"),
                                    ("ruling", "The establishment office rules on a flag"),
                                    ("extend", "All extensions together"),
                                    ("pause", "All pauses together"),
                                    ("shelve", "Until a shelved case is reviewed"),
                                    ("decline", "Declining a call"),
                                    ("reopen", "Opening a closed case again, by the resident"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("milestone", models.CharField(blank=True, max_length=40)),
                        ("amount", models.PositiveIntegerField()),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("working_minute", "working minutes"),
                                    ("working_hour", "working hours"),
                                    ("clock_second", "seconds"),
                                    ("clock_minute", "minutes"),
                                    ("clock_hour", "clock hours"),
                                    ("working_day", "working days"),
                                    ("day", "days"),
                                ],
                                max_length=16,
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
                                related_name="limits",
                                to="changes.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["urgency", "phase", "-since"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Clock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=12)),
                        ("subject_id", models.BigIntegerField()),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("accept", "Accept"),
                                    ("dispatch", "Dispatch"),
                                    ("approve", "The street's leader approves a whistle"),
                                    ("sign", "Sign"),
                                    ("respond", "First contact"),
                                    ("arrive", "Arrive"),
                                    ("result", "Reply"),
                                    ("inspect", "Inspect"),
                                    ("callback", "Call back"),
                                    ("close", "Close"),
                                    ("promise", "Promise to the resident"),
                                    ("desk", "The district desk decides a dispute"),
                                    ("conferral", "The conferral decides a dispute"),
                                    ("leader", "The district leader decides a dispute"),
                                    ("answer", "Answer an order"),
                                    ("joint", "Result of a joint action"),
                                    ("minutes", "Minutes of a joint action, and release"),
                                    ("review", "The establishment office reviews an application"),
                                    ("amend", "The department completes its application"),
                                    ("opinion", "A street's opinion of an application"),
                                    ("legality", "The legal office judges an application"),
                                    ("decision", "The district leader decides an application"),
                                    ("take", "The street takes a task"),
                                    ("task", "A task is done; no task gives less time"),
                                    ("ruling", "The establishment office rules on a flag"),
                                    ("extend", "All extensions together"),
                                    ("pause", "All pauses together"),
                                    ("shelve", "Until a shelved case is reviewed"),
                                    ("decline", "Declining a call"),
                                    ("reopen", "Opening a closed case again, by the resident"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("milestone", models.CharField(blank=True, max_length=40)),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("started_at", models.DateTimeField()),
                        (
                            "due_at",
                            models.DateTimeField(help_text="Empty while the calendar of a year is awaited", null=True),
                        ),
                        ("paused_at", models.DateTimeField(null=True)),
                        (
                            "altered",
                            models.BooleanField(
                                default=False, help_text="It has segments: another holder, a pause, an extension"
                            ),
                        ),
                        (
                            "rung",
                            models.PositiveSmallIntegerField(default=0, help_text="How high it stands on the ladder"),
                        ),
                        (
                            "rung_at",
                            models.DateTimeField(
                                help_text="When it comes to the next rung, or is to be looked at again", null=True
                            ),
                        ),
                        ("stopped_at", models.DateTimeField(null=True)),
                        ("lapsed_at", models.DateTimeField(null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField(null=True)),
                        (
                            "calendar",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clocks",
                                to="accountability.calendar",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clocks",
                                to="people.unit",
                            ),
                        ),
                        (
                            "limit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clocks",
                                to="accountability.limit",
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="ListKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(max_length=80)),
                        (
                            "calls",
                            models.BooleanField(
                                default=False, help_text="Cases are accepted under it, and units called by it"
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["order", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("calls", True)),
                                fields=("calls",),
                                name="cases_go_by_one_kind_of_list",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(help_text="None while it is a draft", null=True)),
                        ("label", models.CharField(max_length=120)),
                        ("in_force_from", models.DateField(null=True)),
                        (
                            "in_force_until",
                            models.DateField(help_text="The day on which the next one begins", null=True),
                        ),
                        (
                            "reference",
                            models.BooleanField(
                                default=False, help_text="Composed for reference, not issued by the district"
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField(null=True)),
                        (
                            "digest",
                            models.CharField(blank=True, help_text="SHA-256 of what all its items say", max_length=64),
                        ),
                        (
                            "chain",
                            models.CharField(
                                blank=True, help_text="SHA-256 of the digest and the chain before", max_length=64
                            ),
                        ),
                        (
                            "base",
                            models.ForeignKey(
                                help_text="What it started from",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.listversion",
                            ),
                        ),
                        (
                            "change",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="list_version",
                                to="changes.change",
                            ),
                        ),
                        (
                            "editors",
                            models.ManyToManyField(
                                help_text="Who had a hand in it", related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="accountability.listkind",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-in_force_from"],
                    },
                ),
                migrations.AddField(
                    model_name="itemversion",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="accountability.listversion",
                    ),
                ),
                migrations.CreateModel(
                    name="Rung",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20)),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "trigger",
                            models.CharField(
                                choices=[
                                    ("used", "Percent of the time used"),
                                    ("before", "Days before it is due"),
                                    ("overdue", "Days overdue"),
                                    ("rework", "Times sent back for rework"),
                                    ("dissatisfied", "Times sent back, and the resident is still dissatisfied"),
                                    ("repeats", "Cases of the same kind at the same place"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("threshold", models.PositiveSmallIntegerField()),
                        (
                            "within",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Repeats count within so many days", null=True
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accept", "Accept"),
                                    ("dispatch", "Dispatch"),
                                    ("approve", "The street's leader approves a whistle"),
                                    ("sign", "Sign"),
                                    ("respond", "First contact"),
                                    ("arrive", "Arrive"),
                                    ("result", "Reply"),
                                    ("inspect", "Inspect"),
                                    ("callback", "Call back"),
                                    ("close", "Close"),
                                    ("promise", "Promise to the resident"),
                                    ("desk", "The district desk decides a dispute"),
                                    ("conferral", "The conferral decides a dispute"),
                                    ("leader", "The district leader decides a dispute"),
                                    ("answer", "Answer an order"),
                                    ("joint", "Result of a joint action"),
                                    ("minutes", "Minutes of a joint action, and release"),
                                    ("review", "The establishment office reviews an application"),
                                    ("amend", "The department completes its application"),
                                    ("opinion", "A street's opinion of an application"),
                                    ("legality", "The legal office judges an application"),
                                    ("decision", "The district leader decides an application"),
                                    ("take", "The street takes a task"),
                                    ("task", "A task is done; no task gives less time"),
                                    ("ruling", "The establishment office rules on a flag"),
                                    ("extend", "All extensions together"),
                                    ("pause", "All pauses together"),
                                    ("shelve", "Until a shelved case is reviewed"),
                                    ("decline", "Declining a call"),
                                    ("reopen", "Opening a closed case again, by the resident"),
                                ],
                                max_length=10,
                            ),
                        ),
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
                                help_text="Empty: every urgency",
                                max_length=8,
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("remind", "Reminder"),
                                    ("yellow", "Yellow card"),
                                    ("red", "Red card"),
                                    ("order", "Order of supervision"),
                                    ("leader", "District leader"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("basis", models.CharField(max_length=300)),
                        ("since", models.DateField()),
                        (
                            "ended",
                            models.BooleanField(default=False, help_text="From this day on there is no such rung"),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rungs",
                                to="changes.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "code", "urgency", "-since"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Rise",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("noticed_at", models.DateTimeField()),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rises",
                                to="accountability.clock",
                            ),
                        ),
                        (
                            "rung",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rises",
                                to="accountability.rung",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["clock", "due_at"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Segment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("run", "Runs"),
                                    ("pause", "Paused"),
                                    ("extend", "Extended"),
                                    ("calendar", "Counted by another calendar"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(help_text="Of an extension: the new due moment", null=True)),
                        (
                            "approver",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "calendar",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.calendar",
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="segments",
                                to="accountability.clock",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since", "pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="SituationTerms",
                    fields=[
                        (
                            "situation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="terms",
                                serialize=False,
                                to="accountability.situation",
                            ),
                        ),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name_plural": "situation terms",
                    },
                ),
                migrations.AddField(
                    model_name="situation",
                    name="item",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="situations", to="accountability.item"
                    ),
                ),
                migrations.AddField(
                    model_name="limit",
                    name="situation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limits",
                        to="accountability.situation",
                    ),
                ),
                migrations.AddField(
                    model_name="situation",
                    name="group",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="accountability.situationgroup",
                    ),
                ),
                migrations.CreateModel(
                    name="WorkHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hours",
                                to="accountability.calendar",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["begins"],
                    },
                ),
                migrations.CreateModel(
                    name="WrittenFlow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("basis", models.CharField(max_length=200)),
                        ("digest", models.CharField(help_text="SHA-256 of its basis and steps", max_length=64)),
                        (
                            "item_version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="flow",
                                to="accountability.itemversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="FlowStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=20)),
                        ("order", models.PositiveSmallIntegerField(help_text="The first step has the smallest")),
                        ("name", models.CharField(max_length=60)),
                        ("who", models.CharField(help_text="Parties, parted by “、”", max_length=300)),
                        (
                            "line",
                            models.CharField(
                                choices=[("street", "Street and grid"), ("department", "Departments and district")],
                                max_length=12,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("reported", "To be accepted"),
                                    ("accepted", "Accepted, to be decided"),
                                    ("at_desk", "At the district desk"),
                                    ("called", "With the units called"),
                                    ("own", "In the street's own hands"),
                                    ("inspecting", "To be inspected"),
                                    ("calling_back", "To be called back"),
                                    ("closing", "To be closed"),
                                    ("closed", "Closed"),
                                    ("turned_down", "Turned down"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("limit", models.CharField(blank=True, max_length=60)),
                        ("document", models.CharField(blank=True, max_length=80)),
                        (
                            "onward",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                help_text="Keys of the steps after it, “when>key”",
                                size=None,
                            ),
                        ),
                        (
                            "flow",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="accountability.writtenflow",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["flow", "order"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="WrittenManual",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("when", models.TextField(blank=True, max_length=1000)),
                        ("who", models.TextField(blank=True, max_length=1000)),
                        ("how", models.TextField(blank=True, max_length=1000)),
                        ("evidence", models.TextField(blank=True, max_length=1000)),
                        ("forms", models.TextField(blank=True, max_length=1000)),
                        ("contacts", models.TextField(blank=True, max_length=1000)),
                        ("mistakes", models.TextField(blank=True, max_length=1000)),
                        ("digest", models.CharField(help_text="SHA-256 of its parts", max_length=64)),
                        (
                            "item_version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="manual",
                                to="accountability.itemversion",
                            ),
                        ),
                    ],
                ),
                migrations.AddConstraint(
                    model_name="calendar",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("carry_from", None), ("change__isnull", False), _connector="OR"),
                        name="clocks_are_moved_by_a_reviewed_change",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="coveredyear",
                    constraint=models.UniqueConstraint(fields=("calendar", "year"), name="a_year_is_covered_once"),
                ),
                migrations.AddConstraint(
                    model_name="dayexception",
                    constraint=models.UniqueConstraint(fields=("calendar", "day"), name="a_day_is_excepted_once"),
                ),
                migrations.AddConstraint(
                    model_name="function",
                    constraint=models.UniqueConstraint(
                        fields=("version", "code"), name="a_function_stands_once_in_a_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="function",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gt", 0),
                                ("kind", "handle"),
                                ("unit__isnull", False),
                                models.Q(("time_unit", ""), _negated=True),
                            ),
                            models.Q(
                                ("amount", None),
                                ("kind", "answer"),
                                ("time_unit", ""),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_function_is_handled_in_time_or_answered",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="duty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party", "unit"), ("unit__isnull", False)),
                            models.Q(models.Q(("party", "unit"), _negated=True), ("unit", None)),
                            _connector="OR",
                        ),
                        name="a_named_party_is_a_unit",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(
                        condition=models.Q(("lapsed_at", None), ("stopped_at", None)),
                        fields=["due_at"],
                        name="clocks_still_to_lapse",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(
                        condition=models.Q(("stopped_at", None)),
                        fields=["holder", "due_at"],
                        name="clocks_running_by_holder",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(fields=["subject_kind", "subject_id"], name="clocks_by_subject"),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(
                        condition=models.Q(("due_at", None), ("paused_at", None), ("stopped_at", None)),
                        fields=["id"],
                        name="clocks_awaiting_a_calendar",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(
                        condition=models.Q(("rung_at__isnull", False), ("stopped_at", None)),
                        fields=["rung_at", "id"],
                        name="clocks_to_climb",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clock",
                    index=models.Index(
                        condition=models.Q(("rung__gt", 0), ("stopped_at", None)),
                        fields=["rung", "due_at", "id"],
                        name="clocks_on_the_ladder",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clock",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("stopped_at", None)),
                        fields=("subject_kind", "subject_id", "holder", "phase", "milestone", "round"),
                        name="one_running_clock_per_phase_and_round",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clock",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at", None), ("stopped_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="a_clock_stops_after_it_starts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clock",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("paused_at", None), models.Q(("due_at", None), ("lapsed_at", None)), _connector="OR"
                        ),
                        name="a_paused_clock_is_not_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clock",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("lapsed_at", None), ("lapsed_at", models.F("due_at")), _connector="OR"),
                        name="a_clock_lapses_at_its_due_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listversion",
                    constraint=models.UniqueConstraint(
                        fields=("kind", "number"), name="versions_of_a_list_are_numbered"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("in_force_from", None), ("in_force_until", None), ("number", None)),
                            models.Q(("in_force_from__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_numbered_version_says_from_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_until", None), ("in_force_until__gt", models.F("in_force_from")), _connector="OR"
                        ),
                        name="a_version_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="listversion",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("in_force_from__isnull", False)),
                        expressions=[
                            ("kind", "="),
                            (
                                models.Func(
                                    "in_force_from",
                                    "in_force_until",
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="versions_of_a_list_do_not_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="itemversion",
                    constraint=models.UniqueConstraint(
                        fields=("version", "item"), name="an_item_stands_once_in_a_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rung",
                    constraint=models.UniqueConstraint(
                        fields=("code", "urgency", "since"), name="one_rung_a_day_and_code"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rung",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="a_rung_names_its_basis"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rung",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("order__gt", 0)), name="the_ladder_stands_on_the_ground"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rung",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("trigger__in", ("used", "before", "overdue")), models.Q(("phase", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("trigger__in", ("used", "before", "overdue")), _negated=True), ("phase", "")
                            ),
                            _connector="OR",
                        ),
                        name="a_rung_of_time_names_its_phase",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rung",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trigger", "repeats"), ("within__gt", 0)),
                            models.Q(models.Q(("trigger", "repeats"), _negated=True), ("within", None)),
                            _connector="OR",
                        ),
                        name="only_repeats_count_within_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rise",
                    constraint=models.UniqueConstraint(fields=("clock", "rung"), name="a_clock_reaches_a_rung_once"),
                ),
                migrations.AddConstraint(
                    model_name="rise",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("noticed_at__gt", models.F("due_at"))), name="no_rung_is_reached_early"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("clock"),
                                    models.F("clock"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (models.Func(models.F("since"), models.F("until"), function="tstzrange"), "&&"),
                        ],
                        name="stretches_of_a_clock_do_not_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="a_stretch_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pause"), _negated=True),
                            models.Q(
                                ("approver__isnull", False), models.Q(("approver", models.F("holder")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_pause_is_approved_by_another_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_at__gt", models.F("since")), ("kind", "extend"), ("until", models.F("since"))
                            ),
                            models.Q(models.Q(("kind", "extend"), _negated=True), ("due_at", None)),
                            _connector="OR",
                        ),
                        name="only_an_extension_names_a_due_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="segment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("calendar__isnull", False), ("kind", "calendar"), ("until", models.F("since"))),
                            models.Q(models.Q(("kind", "calendar"), _negated=True), ("calendar", None)),
                            _connector="OR",
                        ),
                        name="only_a_calendar_change_names_a_calendar",
                    ),
                ),
                migrations.AddIndex(
                    model_name="situationterms",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="situations_by_terms"),
                ),
                migrations.AddConstraint(
                    model_name="limit",
                    constraint=models.UniqueConstraint(
                        fields=("urgency", "phase", "situation", "milestone", "since"),
                        name="one_limit_a_day_and_phase",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="limit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("milestone", ""), ("situation", None)),
                            models.Q(("situation__isnull", False), models.Q(("milestone", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_milestone_is_one_of_a_situation",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="limit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="a_limit_is_longer_than_nothing"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="limit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="a_limit_names_its_basis"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workhours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="work_ends_after_it_begins"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="flowstep",
                    constraint=models.UniqueConstraint(fields=("flow", "key"), name="a_step_stands_once_in_a_flow"),
                ),
                migrations.AddConstraint(
                    model_name="flowstep",
                    constraint=models.UniqueConstraint(
                        fields=("flow", "order"), name="one_step_of_a_flow_after_another"
                    ),
                ),
            ]
        ),
    ]
