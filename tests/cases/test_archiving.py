"""Closed cases are archived when their day has come: locked by the database, read as before."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from accountability.sweep import run_once
from cases import actions, archived
from cases.actions import archiving
from cases.actions.archiving import archive_due
from cases.archiving import class_of
from cases.models import Case, Order, Retention, State, Step, Verb
from cases.moves import MoveRefused
from files.models import Photo
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w():
    made = world()
    stories.keeping(made)
    return made


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_its_class_is_the_first_that_fits(w):
    case = stories.closed(w)
    assert case.retention.code == "ordinary"
    case.urgency = "extreme"
    assert class_of(case).code == "safety"
    case.confidential = True
    assert class_of(case).code == "confidential"


def test_its_day_is_known_from_the_closing_on(w):
    case = stories.closed(w)
    assert case.archive_at == case.closed_at + 90 * DAY
    assert case.kept_until == date(2036, 3, 9)


def test_the_sweep_locks_it_at_its_day_and_not_before_and_once(w):
    case = stories.closed(w)
    assert archive_due(case.archive_at - DAY / 24) == 0
    run_once(case.archive_at)
    run_once(case.archive_at + DAY)
    case = now(case)
    assert case.state == State.ARCHIVED
    step = case.steps.get(verb=Verb.ARCHIVE)
    assert step.facts == {"retention": "ordinary", "kept_until": "2036-03-09"}
    assert list(archived.faults()) == []


def test_one_with_an_open_order_waits(w):
    case = stories.closed(w)
    call = case.summonses.get(leads=True)
    Order.objects.create(case=case, summons=call, unit=call.unit, cause="by_hand", round=1, demand="请说明",
                         issued_by=w.inspector, issued_at=w.at)  # fmt: skip
    assert archive_due(case.archive_at) == 0


def test_one_that_cannot_be_locked_stands_in_nobodys_way(w, monkeypatch):
    cases = [stories.closed(w) for _ in range(3)]
    whole = archiving.make_move

    def poisoned(ledger, verb):
        if ledger.case.pk == cases[0].pk:
            raise ValueError("poison")
        whole(ledger, verb)

    monkeypatch.setattr(archiving, "make_move", poisoned)
    assert archive_due(cases[0].archive_at) == 2
    assert [now(case).state for case in cases] == [State.CLOSED, State.ARCHIVED, State.ARCHIVED]
    assert [now(case).steps.filter(verb=Verb.ARCHIVE).count() for case in cases] == [0, 1, 1]


def test_what_is_opened_again_is_not_archived(w):
    case = stories.closed(w)
    due = case.archive_at
    case = actions.advance(case, Verb.REOPEN, by=w.of(w.desk_officer), at=case.closed_at + DAY, note="又来了")
    assert (case.archive_at, case.retention) == (None, None)
    assert archive_due(due) == 0


def test_what_was_closed_before_classes_were_loaded_gets_its_day(w):
    case = stories.closed(w)
    Case.objects.filter(pk=case.pk).update(archive_at=None, retention=None, kept_until=None)
    assert archive_due(case.closed_at + 90 * DAY) == 1


@pytest.mark.parametrize("verb", [Verb.REOPEN, Verb.CONCEAL, Verb.CLOSE])
def test_no_move_is_made_and_the_refusal_says_what_to_do(w, verb):
    case = stories.archived(w)
    with override("en"), pytest.raises(MoveRefused) as caught:
        actions.advance(case, verb, by=w.of(w.inspector), at=w.at + 100 * DAY, note="再办")
    assert caught.value.code == "wrong_state"
    assert "reported anew" in caught.value.sentence


WRITES = {
    "the case": "UPDATE cases_case SET summary = 'x' WHERE id = {case}",
    "its state": "UPDATE cases_case SET state = 'closed' WHERE id = {case}",
    "the case itself": "DELETE FROM cases_case WHERE id = {case}",
    "a summons": "UPDATE cases_summons SET state = 'signed' WHERE case_id = {case}",
    "one unit fewer": "DELETE FROM cases_summons WHERE case_id = {case}",
    "a step": "INSERT INTO cases_step (case_id, verb, source, target, note, facts, origin, at, seq, chain)"
              " SELECT case_id, 'close', 'archived', 'archived', '', '{{}}', 'live', at, 0, '' FROM cases_step"
              " WHERE case_id = {case} LIMIT 1",
    "a second archiving": "INSERT INTO cases_step (case_id, verb, source, target, note, facts, origin, at, seq, chain)"
                          " SELECT case_id, 'archive', 'archived', 'archived', '', '{{}}', 'live', at, 0, ''"
                          " FROM cases_step WHERE case_id = {case} LIMIT 1",
    "a photo taken away": "DELETE FROM files_photo WHERE subject_id = {case}",
    "a photo moved": "UPDATE files_photo SET subject_kind = '' WHERE subject_id = {case}",
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_the_database_refuses_every_write(w, write):
    stories.keeping(w)
    case = stories.closed(w)
    Photo.objects.create(subject_kind="case", subject_id=case.pk, size=1, ticket="t")
    archive_due(case.archive_at)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITES[write].format(case=case.pk))


def test_a_photo_cannot_be_added_to_it(w):
    case = stories.archived(w)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.create(subject_kind="case", subject_id=case.pk, size=1, ticket="t")


def test_other_cases_are_written_as_before(w):
    stories.archived(w)
    assert stories.closed(w).state == State.CLOSED


def test_whoever_saw_it_reads_it_and_is_told_until_when_it_is_kept(client, w):
    case = stories.archived(w)
    client.force_login(w.works_officer)
    page = client.get(reverse("desk:case", args=[case.number]))
    assert "2036" in page.context["page"].finding.words
    assert [one.verb for one in page.context["page"].moves.buttons] == []
    client.force_login(w.market_officer)
    assert client.get(reverse("desk:case", args=[case.number])).status_code == 404


def test_the_list_of_cases_finds_the_archive_and_counts_it_as_ended(client, w):
    case = stories.archived(w)
    client.force_login(w.desk_officer)
    assert case.number not in client.get(reverse("desk:cases")).content.decode()
    assert case.number in client.get(reverse("desk:cases"), {"state": "archived"}).content.decode()


def test_closing_needs_the_words_for_the_resident(w):
    case = stories.closing(w)
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * stories.HOUR)
    assert caught.value.code == "note_missing"


def test_a_district_without_classes_archives_nothing(w):
    Retention.objects.all().delete()
    case = stories.closed(w)
    assert (case.archive_at, archive_due(w.at + 4000 * DAY)) == (None, 0)
    assert not Step.objects.filter(verb=Verb.ARCHIVE).exists()
