from django.db import migrations

# What is archived is read and never written: the one way in is the step that archives it.
LOCK = """
CREATE FUNCTION cases_refuse_archived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case bigint;
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        of_case := OLD.id;
    ELSIF TG_TABLE_NAME = 'files_photo' THEN
        IF TG_OP = 'INSERT' THEN
            of_case := NEW.subject_id;
        ELSIF OLD.subject_kind = 'case' THEN
            of_case := OLD.subject_id;
        ELSE
            of_case := NEW.subject_id;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        of_case := OLD.case_id;
    ELSE
        of_case := NEW.case_id;
    END IF;
    IF EXISTS (SELECT 1 FROM cases_case WHERE id = of_case AND state = 'archived') THEN
        RAISE EXCEPTION 'archived: % of % is refused; case % is locked', TG_OP, TG_TABLE_NAME, of_case
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_case_is_locked BEFORE UPDATE OR DELETE ON cases_case
    FOR EACH ROW WHEN (OLD.state = 'archived') EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER cases_summons_is_locked BEFORE INSERT OR UPDATE OR DELETE ON cases_summons
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER cases_step_is_locked BEFORE INSERT ON cases_step
    FOR EACH ROW WHEN (NEW.verb <> 'archive') EXECUTE FUNCTION cases_refuse_archived();
CREATE UNIQUE INDEX a_case_is_archived_once ON cases_step (case_id) WHERE verb = 'archive';
CREATE TRIGGER files_photo_comes_too_late BEFORE INSERT ON files_photo
    FOR EACH ROW WHEN (NEW.subject_kind = 'case') EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER files_photo_is_locked BEFORE UPDATE ON files_photo
    FOR EACH ROW WHEN (OLD.subject_kind = 'case' OR NEW.subject_kind = 'case')
    EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER files_photo_stays BEFORE DELETE ON files_photo
    FOR EACH ROW WHEN (OLD.subject_kind = 'case') EXECUTE FUNCTION cases_refuse_archived();
"""
UNLOCK = """
DROP TRIGGER files_photo_stays ON files_photo;
DROP TRIGGER files_photo_is_locked ON files_photo;
DROP TRIGGER files_photo_comes_too_late ON files_photo;
DROP INDEX a_case_is_archived_once;
DROP TRIGGER cases_step_is_locked ON cases_step;
DROP TRIGGER cases_summons_is_locked ON cases_summons;
DROP TRIGGER cases_case_is_locked ON cases_case;
DROP FUNCTION cases_refuse_archived();
"""


class Migration(migrations.Migration):
    """Archived cases are locked in the database: the case, its summonses, steps and photos."""

    dependencies = [("cases", "0030_archiving"), ("files", "0001_tables")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
