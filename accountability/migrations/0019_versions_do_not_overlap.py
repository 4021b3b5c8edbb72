import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accountability", "0018_versions_are_sealed")]

    operations = [
        migrations.AlterField(
            model_name="listversion",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="accountability.listkind"
            ),
        ),
        migrations.AddConstraint(
            model_name="listversion",
            constraint=models.UniqueConstraint(fields=("kind", "number"), name="versions_of_a_list_are_numbered"),
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
    ]
