"""`manage.py verify` is silent on sound rows and names what was broken behind the back of the actions."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from accountability import sweep
from audit import clock
from cases import actions
from cases.models import Verb
from engagement.actions import call_back
from engagement.models import Report, ReportTerms
from engagement.terms import terms_of
from files.models import Photo
from outbox.actions import drain_all
from tests import stories
from tests.present import present
from tests.world import seat

pytestmark = pytest.mark.django_db

CASE = "(SELECT max(id) FROM cases_case WHERE state = 'in_hand')"
CLOSED = "(SELECT max(id) FROM cases_case WHERE state = 'closed')"
CLOCK = f"(SELECT max(id) FROM accountability_clock WHERE subject_kind = 'case' AND subject_id = {CLOSED})"
SIGN = f"(SELECT min(k.id) FROM accountability_clock k JOIN cases_summons m ON m.id = k.subject_id \
WHERE k.subject_kind = 'summons' AND m.case_id = {CASE} AND k.phase = 'sign')"
STEP = f"(SELECT id FROM cases_step WHERE case_id = {CASE} AND seq = 2)"
MARK = f"(SELECT min(id) FROM assessment_mark WHERE case_id = {CLOSED})"

BREAKS = {
    "a state that no step led to": (
        f"UPDATE cases_case SET state = 'closing' WHERE id = {CASE}", "stands at “closing”, but its last step led to"),
    "a summons that no step moved": (
        f"UPDATE cases_summons SET state = 'responded' WHERE case_id = {CASE} AND leads", "stands at “responded”"),
    "a step that starts elsewhere": (
        f"UPDATE cases_step SET source = 'closing' WHERE id = {STEP}", "starts from “closing”"),
    "a changed note": (f"UPDATE cases_step SET note = 'never' WHERE id = {STEP}", "Step 2 of case"),
    "a removed step": (f"DELETE FROM cases_step WHERE id = {STEP}", "breaks the chain"),
    "the end of a history cut off": (
        f"DELETE FROM cases_step WHERE id = (SELECT max(id) FROM cases_step WHERE case_id = {CASE})", "that is gone"),
    "a step set back in time": (
        f"UPDATE cases_step SET at = at - interval '11 seconds' WHERE id = {STEP}", "is said to be of"),
    "a step without message": (
        f"DELETE FROM outbox_message WHERE dedupe_key = 'step:' || {STEP}", "has no message in the outbox"),
    "a clock that the state does not await": (
        f"UPDATE accountability_clock SET stopped_at = NULL WHERE id = {CLOCK}", "while the case stands at “closed”"),
    "a promise after the end": (
        f"UPDATE accountability_clock SET stopped_at = NULL WHERE subject_kind = 'case' AND subject_id = {CLOSED}"
        " AND phase = 'promise'", "(promise) of case"),
    "no clock for what it awaits": (
        "DELETE FROM accountability_clock WHERE subject_kind = 'case' AND phase = 'accept' AND stopped_at IS NULL",
        "No clock runs for the phase “accept”"),
    "no clock for what was promised": (
        f"DELETE FROM accountability_clock WHERE subject_kind = 'case' AND subject_id = {CASE} AND phase = 'promise'",
        "No clock runs for what was promised"),
    "no clock for what a unit owes": (
        f"DELETE FROM accountability_clock WHERE id = {SIGN}", "No clock runs for the phase “sign” of summons"),
    "a stop set back into time": (
        f"UPDATE accountability_clock SET stopped_at = stopped_at - interval '1 millisecond' WHERE id = {CLOCK}",
        "when no step was made"),
    "a clock that a summons is past": (
        f"UPDATE cases_summons SET state = 'signed' WHERE case_id = {CASE} AND leads", "(sign) of summons"),
    "a clock of nobody": (
        f"UPDATE accountability_clock SET subject_id = 999999 WHERE id = {SIGN}", "Summons 999999, which is not there"),
    "a late stop without lapse": (
        f"UPDATE accountability_clock SET due_at = stopped_at - interval '1 second' WHERE id = {CLOCK}",
        "but has not lapsed"),
    "a stop in time that lapsed": (
        f"UPDATE accountability_clock SET lapsed_at = due_at WHERE id = {CLOCK}", "in time, but has lapsed"),
    "a running clock that lapsed early": (
        f"UPDATE accountability_clock SET lapsed_at = due_at WHERE id = {SIGN}", "but has lapsed already"),
    "an overdue clock that nobody noticed": (
        f"UPDATE accountability_clock SET due_at = now() - interval '2 minutes' WHERE id = {SIGN}", "nobody noticed"),
    "a clock that awaits a year which is there": (
        f"UPDATE accountability_clock SET due_at = NULL WHERE id = {SIGN}", "awaits a calendar that is there"),
    "another due moment": (
        f"UPDATE accountability_clock SET due_at = due_at + interval '1 day' WHERE id = {SIGN}",
        "but its limit and calendar say"),
    "a message given up": (
        f"UPDATE outbox_message SET fate = 'dead', sent_at = NULL, last_error = 'no way' "
        f"WHERE dedupe_key = 'step:' || {STEP}", "was given up after 0 tries: no way"),
    "a message astray": (
        f"UPDATE outbox_message SET fate = 'lost', sent_at = NULL WHERE dedupe_key = 'step:' || {STEP}", "but “lost”"),
    "a message sent at no time": (
        f"UPDATE outbox_message SET sent_at = NULL WHERE dedupe_key = 'step:' || {STEP}", "the moment of sending"),
    "a better mark": (
        f"UPDATE assessment_mark SET responded = NOT responded WHERE id = {MARK}", "says something else than its rows"),
    "a mark taken away": (f"DELETE FROM assessment_mark WHERE id = {MARK}", "has no mark"),
    "a mark for nothing": (
        f"UPDATE assessment_mark SET part = 'support' WHERE id = {MARK}", "that does not follow from its rows"),
    "a mark on another step": (
        f"UPDATE assessment_mark SET step_id = {STEP} WHERE id = {MARK}", "which did not close it"),
    "a case that cannot be found": (f"DELETE FROM cases_caseterms WHERE case_id = {CASE}", "it has no terms."),
    "a case found by other words": (
        f"UPDATE cases_caseterms SET terms = terms || '油烟:99' WHERE case_id = {CASE}", "by other words than its"),
    "a report that cannot be found": ("DELETE FROM engagement_reportterms", "cannot be searched: it has no terms with"),
    "a report found by what is hidden": (
        "UPDATE engagement_reportterms SET terms = terms || '董小:99'", "by other words than whoever sees"),
    "a callback without step": (
        "UPDATE engagement_callback SET at = at - interval '1 second'", "Callback "),
    "a second asking that nobody wanted": (
        "UPDATE engagement_callback SET asking = 2", "asks a second time, and nobody"),
    "a link used up by nobody": (
        "INSERT INTO engagement_answerlink (report_id, round, digest, by_id, made_at, expires_at, used_at)"
        " SELECT c.report_id, 1, 'x', c.by_id, c.at, c.at + interval '1 day', c.at FROM engagement_callback c",
        "is used up, and no answer"),
    "a street without office": ("UPDATE grids_area SET office_id = NULL WHERE kind = 'street'", "has no office"),
    "an area astray": (
        "UPDATE grids_area SET parent_id = (SELECT id FROM grids_area WHERE kind = 'district') WHERE kind = 'grid'",
        "does not lie in the area"),
    "a role of one who is switched off": (
        "UPDATE people_user SET is_active = false WHERE username = 'works'", "works is switched off"),
}  # fmt: skip


def verify() -> str:
    """What it printed, faults and all."""
    told = io.StringIO()
    with override("en"):
        try:
            call_command("verify", stdout=told, stderr=told)
        except CommandError as failed:
            told.write(str(failed))
    return told.getvalue()


def behind_the_back(sql: str) -> None:
    """Without triggers, and without foreign keys between the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        assert cursor.rowcount > 0
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def w(monkeypatch):
    """A closed case with its callback and marks, one in hand and one just reported, all of this very moment."""
    w = present(monkeypatch)
    _closed(w)
    stories.whistled(w)
    stories.reported(w)
    drain_all(clock.now())
    return w


def _closed(w) -> None:
    report = Report.objects.create(case=stories.calling_back(w), receipt="R" * 12, words="占道", received_at=w.at)
    ReportTerms.objects.create(report=report, case=report.case, terms=terms_of(report))
    call_back(report, outcome="reached", solved=True, grade="satisfied", by=w.of(w.clerk), at=clock.now())
    actions.advance(report.case, Verb.CLOSE, by=w.of(w.desk_officer), at=clock.now(), note="办结")


def test_sound_rows_are_no_fault(w):
    assert "Everything holds" in verify()


def test_a_unit_sent_back_owes_a_new_result_and_no_second_contact(w):
    case = stories.inspecting(w)
    actions.advance(case, Verb.REWORK, by=w.of(w.worker), at=clock.now(), note="仍脏")
    drain_all(clock.now())
    assert "Everything holds" in verify()
    behind_the_back("DELETE FROM accountability_clock WHERE round = 2 AND phase = 'result'")
    assert "No clock runs for the phase “result” of summons" in verify()


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_broken_is_named_and_the_command_fails(w, broken):
    sql, words = BREAKS[broken]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accountability_clock DROP CONSTRAINT a_clock_lapses_at_its_due_moment")
    behind_the_back(sql)
    told = verify()
    assert words in told
    assert "faults (" in told.splitlines()[-1]


def test_a_lapse_at_another_moment_is_named(w):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accountability_clock DROP CONSTRAINT a_clock_lapses_at_its_due_moment")
    behind_the_back(f"UPDATE accountability_clock SET lapsed_at = due_at + interval '1 day' WHERE id = {SIGN}")
    assert "but lapsed at" in verify()


def test_a_closing_that_still_waits_in_the_outbox_has_no_marks_yet(w):
    stories.closed(w, solved=False, grade="dissatisfied")
    assert "Everything holds" in verify()
    drain_all(clock.now())
    assert "Everything holds" in verify()


def test_a_clock_put_off_after_failed_tries_is_no_fault_until_its_next_try_is_missed(w):
    behind_the_back(
        "UPDATE accountability_clock SET due_at = started_at, attempts = 3, next_try_at = now() + interval '5 minutes',"
        " limit_id = limit_id WHERE phase = 'sign' AND stopped_at IS NULL"
    )
    assert "nobody noticed" not in verify()
    behind_the_back("UPDATE accountability_clock SET due_at = now() - interval '3 minutes', started_at = now() - "
                    "interval '1 day', next_try_at = now() - interval '2 minutes' WHERE phase = 'sign' "
                    "AND stopped_at IS NULL")  # fmt: skip
    assert "nobody noticed" in verify()


def test_an_overdue_clock_is_sound_again_after_the_sweep(w):
    later = clock.now() + timedelta(days=30)
    sweep.run_once(later)
    assert "but has lapsed already" in verify()


def test_a_clock_that_awaits_a_year_that_nobody_knows_is_sound(w):
    w.calendar.years.filter(year__gte=clock.now().year).delete()
    behind_the_back("UPDATE accountability_clock SET due_at = NULL WHERE stopped_at IS NULL")
    assert "awaits a calendar" not in verify()


def test_a_photo_whose_file_is_gone_is_named(w):
    Photo.objects.create(
        ticket="t", subject_kind="case", subject_id=1, size=1, received=1, sha256="0" * 64, state="ready"
    )
    assert "of a photo is gone" in verify()


def test_who_may_sign_nothing_more_holds_nothing(w):
    seat(w.worker, "responder", w.police)
    w.worker.is_active = False
    w.worker.save()
    assert "worker is switched off, but is still responder" in verify()
