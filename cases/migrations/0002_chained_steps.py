from django.db import migrations

from audit.sealing import seal

DIGEST = """
CREATE FUNCTION cases_step_digest(before text, s cases_step) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f', before, s.case_id, s.seq,
        coalesce(s.summons_id::text, '-'), coalesce(s.unit_id::text, '-'), coalesce(s.actor_id::text, '-'),
        s.verb, s.source, s.target, s.note, s.facts::text, coalesce(s.list_version_id::text, '-'), s.origin,
        (extract(epoch FROM s.at) * 1000000)::bigint, (extract(epoch FROM s.recorded_at) * 1000000)::bigint
    ), 'UTF8')), 'hex')
$$;
"""
CHAIN = """
CREATE FUNCTION cases_chain_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before record;
BEGIN
    SELECT seq, chain INTO before FROM cases_step WHERE case_id = NEW.case_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(before.seq, 0) + 1;
    NEW.chain := cases_step_digest(coalesce(before.chain, ''), NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER cases_step_is_chained BEFORE INSERT ON cases_step
    FOR EACH ROW EXECUTE FUNCTION cases_chain_step();
"""
STATE = """
CREATE FUNCTION cases_state_needs_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_target text;
BEGIN
    SELECT target INTO last_target FROM cases_step
        WHERE case_id = NEW.id AND summons_id IS NULL ORDER BY seq DESC LIMIT 1;
    IF last_target IS DISTINCT FROM (SELECT state FROM cases_case WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'case % stands in a state that no step led to', NEW.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_state_has_its_step AFTER INSERT OR UPDATE OF state ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_state_needs_its_step();
CREATE SEQUENCE cases_number;
"""
UNDO = """
DROP SEQUENCE cases_number;
DROP TRIGGER cases_state_has_its_step ON cases_case;
DROP FUNCTION cases_state_needs_its_step();
DROP TRIGGER cases_step_is_chained ON cases_step;
DROP FUNCTION cases_chain_step();
DROP FUNCTION cases_step_digest(text, cases_step);
"""


class Migration(migrations.Migration):
    """Steps are numbered, chained and sealed; a case's state needs the step that led to it."""

    dependencies = [("cases", "0001_tables"), ("audit", "0002_sealed")]

    operations = [
        migrations.RunSQL(DIGEST + CHAIN + STATE, UNDO),
        seal("cases_step"),
    ]
