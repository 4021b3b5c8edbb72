from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.TimeField()),
                ("ends", models.TimeField(help_text="Not after the beginning: on the next day")),
                (
                    "loud",
                    models.CharField(blank=True, help_text="Urgencies that are told all the same", max_length=80),
                ),
                ("basis", models.CharField(max_length=300)),
                ("since", models.DateField(unique=True)),
            ],
            options={
                "ordering": ["-since"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(basis=""), name="quiet_hours_have_a_basis"),
                    models.CheckConstraint(condition=~Q(begins=F("ends")), name="quiet_hours_end"),
                ],
            },
        ),
        migrations.AddField("alert", "shown_at", models.DateTimeField(null=True)),
        migrations.RunSQL("UPDATE alerts_alert SET shown_at = told_at", migrations.RunSQL.noop),
        migrations.AlterField("alert", "shown_at", models.DateTimeField()),
        migrations.AddConstraint(
            "alert",
            models.CheckConstraint(condition=Q(shown_at__gte=F("told_at")), name="nothing_is_shown_before_it_is_told"),
        ),
        migrations.RemoveIndex("alert", "alerts_unread"),
        migrations.AddIndex(
            "alert",
            models.Index(condition=Q(read_at=None), fields=["recipient", "shown_at"], name="alerts_unread"),
        ),
    ]
