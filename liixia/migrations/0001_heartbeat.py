from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ("beat_at", models.DateTimeField()),
                    ],
                ),
            ]
        ),
    ]
