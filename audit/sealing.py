"""Seals a table against change: rows may be added, never updated or deleted, by a trigger in the database."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'sealed: % of % is refused; rows are only ever added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def seal(table: str) -> migrations.RunSQL:
    """A migration step that makes `table` append-only (UPDATE, DELETE and TRUNCATE are refused)."""
    return migrations.RunSQL(
        sql=f"""
        {FUNCTION}
        CREATE TRIGGER {table}_is_sealed BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
        CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
        """,
        reverse_sql=f"""
        DROP TRIGGER {table}_is_sealed ON {table};
        DROP TRIGGER {table}_is_never_emptied ON {table};
        """,
    )
