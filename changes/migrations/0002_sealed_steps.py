"""Steps of a change are only ever added."""

from django.db import migrations

from audit.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_tables"), ("audit", "0002_sealed")]

    operations = [seal("changes_changestep")]
