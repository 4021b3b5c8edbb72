import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models

from cases.terms import terms_of

MANY = 5_000


def index_what_is_there(apps, schema_editor):
    """The index is built after the rows, which is ten times as quick."""
    case_terms = apps.get_model("cases", "CaseTerms")
    rows = apps.get_model("cases", "Case").objects.order_by("pk").values_list("pk", "summary", "place")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:MANY]):
        case_terms.objects.bulk_create(
            [case_terms(case_id=pk, terms=terms_of(summary, place)) for pk, summary, place in batch], batch_size=1_000
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    """Cases are found by the words of their summary and place, and by the last figures of their number."""

    dependencies = [("cases", "0004_count_what_is_there")]

    operations = [
        migrations.CreateModel(
            name="CaseTerms",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("terms", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={"verbose_name_plural": "case terms"},
        ),
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="caseterms",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["terms"], gin_pending_list_limit=256, name="cases_by_terms"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                django.db.models.functions.comparison.Collate(django.db.models.functions.text.Reverse("number"), "C"),
                name="cases_by_end_of_number",
            ),
        ),
        migrations.RunSQL("ANALYZE cases_caseterms", migrations.RunSQL.noop),
    ]
