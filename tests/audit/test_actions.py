"""The security log: one writer, and nobody rewrites it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from audit.actions import note
from audit.models import Event, SecurityLog
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    user = User.objects.create_user("a", "Somebody")
    return note(Event.REVEALED, by=user, subject=("report", 7), reason="asks for a call", address="10.0.0.1")


def test_a_line_says_who_what_why_and_from_where(line):
    line.refresh_from_db()
    assert (line.actor.username, line.event, line.reason) == ("a", "revealed", "asks for a call")
    assert (line.subject_kind, line.subject_id, line.address) == ("report", "7", "10.0.0.1")
    assert line.recorded_at


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_somebody_unknown_leaves_a_line_too(nobody):
    assert note(Event.SIGN_IN_REFUSED, by=nobody).actor is None


def test_a_long_reason_is_cut_not_lost():
    assert len(note(Event.REVEALED, by=None, reason="因" * 500).reason) == 300


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_securitylog SET reason = ''", "DELETE FROM audit_securitylog", "TRUNCATE audit_securitylog"],
)
def test_nobody_rewrites_the_log_not_even_with_raw_sql(line, statement):
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    assert SecurityLog.objects.get().reason == "asks for a call"
