from django.db import migrations

DUE = """
UPDATE cases_case c SET due_at = (SELECT min(k.due_at) FROM accountability_clock k
  WHERE k.stopped_at IS NULL AND k.phase <> 'promise'
    AND (k.subject_kind = 'case' AND k.subject_id = c.id OR k.subject_kind = 'summons' AND k.subject_id = ANY(
         ARRAY(SELECT m.id FROM cases_summons m WHERE m.case_id = c.id AND m.state <> 'released'))))"""
DAYS = """
INSERT INTO cases_caseday (day, what, street_code, category_id, unit_id, number, folded)
SELECT day, what, street_code, category_id, unit_id, count(*), false FROM (
SELECT (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'opened' AS what, left(c.place_code, 9) AS street_code,
       c.category_id, NULL::bigint AS unit_id FROM cases_case c
UNION ALL
SELECT (s.at AT TIME ZONE 'Asia/Shanghai')::date, 'turned_down', left(c.place_code, 9), c.category_id, NULL
  FROM cases_case c JOIN cases_step s ON s.case_id = c.id AND s.verb = 'turn_down'
UNION ALL
SELECT (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, 'closed', left(c.place_code, 9), c.category_id, NULL
  FROM cases_case c WHERE c.closed_at IS NOT NULL
UNION ALL
SELECT (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, 'closed', left(c.place_code, 9), c.category_id, m.unit_id
  FROM cases_case c JOIN cases_summons m ON m.case_id = c.id AND m.state <> 'released'
 WHERE c.closed_at IS NOT NULL
UNION ALL
SELECT (m.called_at AT TIME ZONE 'Asia/Shanghai')::date, 'called', left(c.place_code, 9), c.category_id, m.unit_id
  FROM cases_case c JOIN cases_summons m ON m.case_id = c.id AND m.state <> 'released') e GROUP BY 1, 2, 3, 4, 5"""


class Migration(migrations.Migration):
    """What was there before gets its soonest due moment and its day rows."""

    dependencies = [("cases", "0003_due_moments_and_days"), ("accountability", "0001_tables")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),  # many rows take their time
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
        migrations.RunSQL(DAYS, "DELETE FROM cases_caseday"),
    ]
