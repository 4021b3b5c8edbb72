from django.db import migrations

CLOSED_ON = """
UPDATE assessment_mark m SET closed_on = (s.at AT TIME ZONE 'Asia/Shanghai')::date FROM cases_step s
 WHERE s.id = m.step_id"""
DAYS = """
INSERT INTO assessment_markday (day, street_code, unit_id, number, responded_yes, responded_no, solved_yes, solved_no, satisfied_yes, satisfied_no, folded)
SELECT e.*, false FROM (
SELECT m.closed_on AS day, left(c.place_code, 9) AS street_code, m.unit_id, count(*), count(*) FILTER (WHERE  m.responded), count(*) FILTER (WHERE NOT m.responded), count(*) FILTER (WHERE  m.solved), count(*) FILTER (WHERE NOT m.solved), count(*) FILTER (WHERE  m.satisfied), count(*) FILTER (WHERE NOT m.satisfied)
  FROM assessment_mark m JOIN cases_case c ON c.id = m.case_id GROUP BY 1, 2, 3) e"""


class Migration(migrations.Migration):
    """Marks that were there before get their day and their day rows."""

    dependencies = [("assessment", "0002_closing_days_and_day_rows"), ("cases", "0001_tables")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),  # many rows take their time
        migrations.RunSQL(CLOSED_ON, migrations.RunSQL.noop),
        migrations.RunSQL(DAYS, "DELETE FROM assessment_markday"),
    ]
