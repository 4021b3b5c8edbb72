import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_tables"),
        ("people", "0002_tokens"),
        ("people", "0003_duty_rosters"),
    ]

    initial = True

    # Made before ours: once a hundred tables are drafted, each step of theirs takes ten times as long.
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        Tables(
            [
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("short_name", models.CharField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("party", "Party body"),
                                    ("government", "Government department"),
                                    ("branch", "Branch of a city department"),
                                    ("utility", "Utility"),
                                    ("street_office", "Street office"),
                                    ("station", "Station"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "commanded",
                            models.BooleanField(
                                default=True, help_text="Under the district's command; others get an upward call"
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("desk", "District desk"),
                                    ("hotline", "Hotline"),
                                    ("supervision", "Supervision"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="DutyRoster",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="1 is Monday; empty: every day", null=True
                            ),
                        ),
                        ("begins", models.TimeField()),
                        ("ends", models.TimeField(help_text="Not after the beginning: on the next day")),
                        ("who", models.CharField(max_length=40)),
                        ("phone", models.CharField(max_length=30)),
                        ("basis", models.CharField(max_length=200)),
                        ("demo", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rosters", to="people.unit"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("is_active", models.BooleanField(default=True)),
                        ("demo", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staff",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UnitRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("citizen", "Resident"),
                                    ("clerk", "Hotline clerk"),
                                    ("grid_worker", "Grid worker"),
                                    ("community", "Community worker"),
                                    ("specialist", "Community specialist"),
                                    ("dispatcher", "Street dispatcher"),
                                    ("street_leader", "Street leader"),
                                    ("station", "Station staff"),
                                    ("responder", "Department responder"),
                                    ("dept_leader", "Department leader"),
                                    ("district_desk", "District desk"),
                                    ("district_leader", "District leader"),
                                    ("inspector", "Inspector"),
                                    ("establishment", "Establishment office"),
                                    ("legal", "Legal office"),
                                    ("assessor", "Assessment office"),
                                    ("system_admin", "System administrator"),
                                    ("security_admin", "Security administrator"),
                                    ("audit_admin", "Audit administrator"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="people.unit"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="unit_roles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Token",
                    fields=[
                        ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                        ("token_key", models.CharField(db_index=True, max_length=25)),
                        ("name", models.CharField(help_text="What it is for", max_length=60)),
                        ("created", models.DateTimeField()),
                        ("expiry", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="auth_token_set",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["user", "-created"], name="tokens_of_a_person")],
                    },
                ),
                migrations.AddConstraint(
                    model_name="unit",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("seat", ""), _negated=True), fields=("seat",), name="one_unit_has_a_seat"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dutyroster",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("weekday", None), ("weekday__range", (1, 7)), _connector="OR"),
                        name="a_week_has_seven_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dutyroster",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("since", None), ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="a_roster_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dutyroster",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("who", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                        ),
                        name="a_roster_names_whom_to_ring_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unitrole",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                        name="a_role_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unitrole",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role__in", ("system_admin", "security_admin", "audit_admin"))),
                        expressions=[
                            ("user", "="),
                            ("role", "<>"),
                            (
                                models.Func(
                                    "since",
                                    "until",
                                    models.Value("[)"),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="nobody_is_two_of_the_three_admins",
                    ),
                ),
            ]
        ),
    ]
