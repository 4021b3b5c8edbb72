import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import audit.labels
from audit.sealing import seal
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("changes", "0001_tables"),
        ("changes", "0002_sealed_steps"),
    ]

    initial = True

    dependencies = [
        ("audit", "0001_squashed_0008"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("subject", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=80)),
                        ("basis", models.CharField(max_length=300)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("before", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ("after", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        (
                            "chosen",
                            models.JSONField(default=dict, help_text="What the second person decided beside yes or no"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft of a change"),
                                    ("submitted", "Waits for a second person"),
                                    ("approved", "Approved, in force on its day"),
                                    ("applied", "In force since its day"),
                                    ("rejected", "Not approved"),
                                    ("withdrawn", "Withdrawn by its author"),
                                    ("rolled_back", "Rolled back"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("in_force_from", models.DateField()),
                        ("drafted_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("applied_at", models.DateTimeField(null=True)),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Counts every step; who acts on an older one is told"
                            ),
                        ),
                        ("demo", models.BooleanField(default=False)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undoes",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undoings",
                                to="changes.change",
                            ),
                        ),
                        (
                            "undone_by",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="changes.change",
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="ChangeStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft a change"),
                                    ("edit", "Change the draft"),
                                    ("submit", "Send to a second person"),
                                    ("approve", "Approve the change"),
                                    ("reject", "Do not approve it"),
                                    ("withdraw", "Withdraw the change"),
                                    ("apply", "Put in force"),
                                    ("return", "Given back: it no longer fits"),
                                    ("roll_back", "Roll it back"),
                                    ("undo", "Undone by another change"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "Draft of a change"),
                                    ("submitted", "Waits for a second person"),
                                    ("approved", "Approved, in force on its day"),
                                    ("applied", "In force since its day"),
                                    ("rejected", "Not approved"),
                                    ("withdrawn", "Withdrawn by its author"),
                                    ("rolled_back", "Rolled back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft of a change"),
                                    ("submitted", "Waits for a second person"),
                                    ("approved", "Approved, in force on its day"),
                                    ("applied", "In force since its day"),
                                    ("rejected", "Not approved"),
                                    ("withdrawn", "Withdrawn by its author"),
                                    ("rolled_back", "Rolled back"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "facts",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
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
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="changes.change"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.AddIndex(
                    model_name="change",
                    index=models.Index(
                        condition=models.Q(("state", "approved")), fields=["in_force_from"], name="changes_to_apply"
                    ),
                ),
                migrations.AddIndex(
                    model_name="change",
                    index=models.Index(fields=["kind", "-id"], name="changes_of_a_kind"),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_their_own_change",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "applied", "rejected", "rolled_back")), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_second_person_decides_a_change",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("state__in", ("applied", "rolled_back"))),
                            models.Q(
                                models.Q(("state__in", ("applied", "rolled_back")), _negated=True), ("applied_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="what_is_in_force_says_since_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rolled_back"), ("undone_by__isnull", False)),
                            models.Q(models.Q(("state", "rolled_back"), _negated=True), ("undone_by", None)),
                            _connector="OR",
                        ),
                        name="what_is_rolled_back_says_by_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True), name="a_change_names_its_basis"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="change",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("submitted", "approved"))),
                        fields=("kind", "subject"),
                        name="one_change_of_a_subject_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="changestep",
                    constraint=models.UniqueConstraint(
                        fields=("change", "number"), name="steps_of_a_change_are_numbered"
                    ),
                ),
            ]
        ),
        seal("changes_changestep"),
    ]
