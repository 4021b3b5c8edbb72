from django.db import migrations

from audit.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]

    operations = [seal("audit_securitylog")]
