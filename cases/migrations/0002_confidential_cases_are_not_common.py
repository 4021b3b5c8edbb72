from django.db import migrations

# What the counts of what is common hold of confidential cases, as rows with the opposite sign; and that again.
TAKEN_OUT = """
INSERT INTO cases_situationweek (place_code, week, situation_id, number, folded)
SELECT place_code, week, situation_id, {sign} * count(*), false
  FROM (SELECT DISTINCT ON (c.id, p.place_code) p.place_code, c.situation_id,
               date_trunc('week', c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS week
          FROM cases_case c,
               LATERAL unnest(ARRAY[left(c.place_code, 9), left(c.place_code, 12), c.place_code]) p(place_code)
         WHERE c.confidential AND c.situation_id IS NOT NULL AND c.state <> 'withheld') e
 GROUP BY place_code, week, situation_id"""


class Migration(migrations.Migration):
    """Nobody reads a confidential case out of what is common at its place."""

    dependencies = [("cases", "0001_squashed_0039")]

    operations = [migrations.RunSQL(TAKEN_OUT.format(sign=-1), TAKEN_OUT.format(sign=1))]
