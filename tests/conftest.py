"""What every test may use."""

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations


@pytest.fixture(autouse=True, scope="session")
def _sealed_tables_may_be_emptied_between_tests():
    """Sealed tables refuse TRUNCATE by trigger; only the tests' own flush goes past the triggers."""
    plain = DatabaseOperations.sql_flush

    def past_the_triggers(self, *args, **named):
        statements = plain(self, *args, **named)
        return ["SET session_replication_role = replica;", *statements, "SET session_replication_role = origin;"]

    DatabaseOperations.sql_flush = past_the_triggers
    yield
    DatabaseOperations.sql_flush = plain
