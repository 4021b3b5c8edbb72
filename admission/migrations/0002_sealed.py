"""Steps and blocked attempts are only ever added."""

from django.db import migrations

from audit.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("admission", "0001_tables"), ("audit", "0002_sealed")]

    operations = [seal("admission_step"), seal("admission_attempt")]
