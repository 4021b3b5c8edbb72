from django.db import migrations, models
from django.db.models import Q

from engagement.callers import mark_of


def mark_all(apps, schema_editor):
    """Those who called before are known again, too."""
    reports = apps.get_model("engagement", "Report").objects
    for report in reports.exclude(phone="").only("pk", "phone").iterator(chunk_size=2000):
        reports.filter(pk=report.pk).update(caller=mark_of(report.phone))


class Migration(migrations.Migration):
    dependencies = [("engagement", "0004_reopening")]

    operations = [
        migrations.AddField(
            "report",
            "caller",
            models.CharField(
                blank=True, default="", help_text="A keyed mark of the phone, the same for the same", max_length=32
            ),
            preserve_default=False,
        ),
        migrations.RunPython(mark_all, migrations.RunPython.noop),
        migrations.AddIndex(
            "report", models.Index(condition=~Q(caller=""), fields=["caller"], name="reports_by_caller")
        ),
    ]
