"""Where a case stands while a step is taken is called as the states of cases are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accountability", "0004_flows_of_versions_alone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="flowstep",
            name="stage",
            field=models.CharField(
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
    ]
