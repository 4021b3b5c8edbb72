import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from engagement.terms import terms_of

MANY = 5_000


def index_what_is_there(apps, schema_editor):
    """Details must be decrypted to be left out; the index is built after the rows, which is ten times as quick."""
    report_terms = apps.get_model("engagement", "ReportTerms")
    rows = apps.get_model("engagement", "Report").objects.order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:MANY]):
        report_terms.objects.bulk_create(
            [report_terms(report_id=row.pk, case_id=row.case_id, terms=terms_of(row)) for row in batch],
            batch_size=1_000,
        )
        last = batch[-1].pk


class Migration(migrations.Migration):
    """Cases are found by the words of those who reported them."""

    dependencies = [("engagement", "0001_tables"), ("cases", "0005_terms")]

    operations = [
        migrations.CreateModel(
            name="ReportTerms",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="engagement.report",
                    ),
                ),
                ("terms", django.contrib.postgres.search.SearchVectorField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={"verbose_name_plural": "report terms"},
        ),
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="reportterms",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["terms"], gin_pending_list_limit=256, name="reports_by_terms"
            ),
        ),
        migrations.RunSQL("ANALYZE engagement_reportterms", migrations.RunSQL.noop),
    ]
