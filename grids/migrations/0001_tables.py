import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="StationKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        (
                            "tier",
                            models.CharField(
                                choices=[("1", "Street platform"), ("5", "Resident"), ("N", "On call")],
                                default="5",
                                max_length=1,
                            ),
                        ),
                        ("provisional", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=15, unique=True)),
                        ("name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("district", "District"),
                                    ("street", "Street"),
                                    ("community", "Community"),
                                    ("grid", "Grid"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("lon", models.FloatField(help_text="A point inside, WGS-84 degrees", null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("outline", models.TextField(blank=True, help_text="WKT polygon, WGS-84 degrees")),
                        ("provisional", models.BooleanField(default=True)),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField(null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="people.unit",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="grids.area",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="grids.area"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Station",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="stations", to="grids.area"
                            ),
                        ),
                        (
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="station", to="people.unit"
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stations",
                                to="grids.stationkind",
                            ),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="area",
                    index=models.Index(fields=["code"], name="areas_by_code_prefix", opclasses=["varchar_pattern_ops"]),
                ),
                migrations.AddConstraint(
                    model_name="posting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                        name="a_posting_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="station",
                    constraint=models.UniqueConstraint(
                        fields=("street", "kind"), name="one_station_of_a_kind_per_street"
                    ),
                ),
            ]
        ),
    ]
