from django.db import migrations, models

# A database that was made with these indexes loses them; the tables of a new one are made without.
DROP = """
DROP INDEX IF EXISTS cases_case_area_id_040d4987;
DROP INDEX IF EXISTS cases_case_category_id_c6dc5a5a;
DROP INDEX IF EXISTS cases_case_item_id_896f667f;
DROP INDEX IF EXISTS cases_case_list_version_id_856560bb;
DROP INDEX IF EXISTS cases_case_profile_id_be82b144;
DROP INDEX IF EXISTS cases_case_retention_id_4305422e;
DROP INDEX IF EXISTS cases_case_situation_id_c7363e27;
DROP INDEX IF EXISTS cases_case_number_980c9551_like;
DROP INDEX IF EXISTS cases_step_actor_id_2f0c630e;
DROP INDEX IF EXISTS cases_step_case_id_95522377;
DROP INDEX IF EXISTS cases_step_list_version_id_1f0ca931;
DROP INDEX IF EXISTS cases_step_unit_id_a8268588;
DROP INDEX IF EXISTS cases_summons_duty_id_6c66fbfa;
DROP INDEX IF EXISTS cases_summons_unit_id_61cd4a6a;
ALTER TABLE cases_case DROP CONSTRAINT IF EXISTS cases_case_number_key;
"""


class Migration(migrations.Migration):
    dependencies = [("accountability", "0012_fewer_indexes"), ("cases", "0034_transfers")]

    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("number",), name="a_case_number_is_given_once"),
        ),
    ]
