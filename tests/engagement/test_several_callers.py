"""Whoever reported a merged case is answered as if it were theirs: asked back, told how it goes, counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from assessment.days import _row
from assessment.measures import marks_of
from audit import clock
from cases import actions
from cases.hearing import against_their_word
from cases.models import Case, Step, Verb
from engagement.actions import call_back, rate, receive
from engagement.waiting import callers_of
from tests import stories
from tests.stories import HOUR
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def report(w, words, phone):
    return receive(
        words=words, channel="02", by=w.of(w.clerk), at=w.at, form_key=uuid4(), area=w.grid, phone=phone, place="北门",
        category=w.category,
    )  # fmt: skip


def two_callers(w):
    """The report of a case that waits to be called back, and that of another one, merged into it."""
    first, second = report(w, "北门烧烤占道", "13800000001"), report(w, "门口的油烟呛得关不了窗", "13800000002")
    main = actions.accept(
        first.case, by=w.of(w.dispatcher), at=w.at + HOUR, summary="烧烤占道", category=w.category, urgency="normal",
        item=w.item,
    )  # fmt: skip
    actions.merge(second.case, main=main, by=w.of(w.dispatcher), at=w.at + HOUR, note="同一摊位")
    main = actions.blow_whistle(
        Case.objects.get(pk=main.pk), by=w.of(w.dispatcher), at=w.at + HOUR, kind="enforcement", first_action="已劝阻",
        calls=stories.calls(w),
    )  # fmt: skip
    for call in main.summonses.all():
        stories.replies(w, call)
    main = Case.objects.get(pk=main.pk)
    actions.advance(main, Verb.PASS, by=w.of(w.worker), at=w.at + 3 * HOUR, note="已清净")
    second.refresh_from_db()
    return Case.objects.get(pk=main.pk), first, second


def asked(w, who, at=None, **said):
    said = {"outcome": "reached", "solved": True, "grade": "satisfied", **said}
    return call_back(who, by=w.of(w.clerk), at=at or w.at + 4 * HOUR, **said)


def test_the_case_goes_on_when_everybody_was_asked_and_not_before(w):
    main, first, second = two_callers(w)
    asked(w, first)
    main.refresh_from_db()
    assert main.state == "calling_back"
    asked(w, second, at=w.at + 5 * HOUR)
    main.refresh_from_db()
    assert main.state == "closing"
    said = main.steps.filter(verb__in=(Verb.HEAR, Verb.CALL_BACK)).order_by("seq")
    assert [(step.verb, step.facts["report"]) for step in said] == [("hear", first.pk), ("call_back", second.pk)]


def test_one_who_is_never_reached_is_given_up_alone(w):
    main, first, second = two_callers(w)
    for minute in range(3):
        asked(w, first, at=w.at + 4 * HOUR + timedelta(minutes=minute), outcome="no_answer")
    main.refresh_from_db()
    assert main.state == "calling_back"
    assert [one.done for one in callers_of(main, w.at + 5 * HOUR)] == [True, False]
    asked(w, second, at=w.at + 5 * HOUR)
    main.refresh_from_db()
    assert main.state == "closing"


def test_a_rating_by_one_receipt_does_not_answer_for_the_other(w):
    main, _first, second = two_callers(w)
    rate(second, solved=False, grade="dissatisfied", cause="unsolved", at=w.at + 4 * HOUR)
    main.refresh_from_db()
    assert main.state == "calling_back"
    assert main.steps.order_by("seq").last().verb == Verb.HEAR


def test_one_unhappy_among_several_is_not_closed_over_in_silence(w):
    main, first, second = two_callers(w)
    asked(w, first, solved=False, grade="dissatisfied", cause="unsolved")
    asked(w, second, at=w.at + 5 * HOUR)
    main.refresh_from_db()
    assert against_their_word(main)


def test_the_event_is_marked_once_and_each_who_reported_it_counts(w):
    main, first, second = two_callers(w)
    asked(w, first)
    asked(w, second, at=w.at + 5 * HOUR, solved=False, grade="dissatisfied", cause="unsolved")
    actions.advance(
        Case.objects.get(pk=main.pk), Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 6 * HOUR, note="已约复查"
    )
    step = Step.objects.select_related("case__office", "case__profile").get(verb=Verb.CLOSE)
    (lead,) = (mark for mark in marks_of([step]) if mark.part == "lead")
    assert (lead.solved, lead.satisfied) == (False, False)
    assert lead.evidence["satisfied"]["params"] == {"asked": 2, "content": 1}
    row = _row(lead)
    assert (row.satisfied_yes, row.satisfied_no, row.solved_no, row.number) == (1, 1, 1, 1)


def test_the_receipt_of_a_merged_report_tells_how_the_main_case_goes_and_nothing_of_the_other_person(client, w):
    main, first, second = two_callers(w)
    asked(w, first, words="我对答复很满意")
    client.cookies["django_language"] = "en"
    page = client.get(reverse("engagement:receipt", args=[second.receipt])).content.decode()
    assert "Others have reported the same." in page
    assert "came to the place" in page
    assert "We asked you what you think of it." not in page
    for of_another in ("北门烧烤占道", "13800000001", "我对答复很满意", first.receipt_shown, main.number):
        assert of_another not in page
    mine = client.get(reverse("engagement:receipt", args=[first.receipt])).content.decode()
    assert "We asked you what you think of it." in mine
    assert "门口的油烟呛得关不了窗" not in mine


def test_the_page_of_the_call_lists_everybody_and_asks_the_one_chosen(client, w):
    main, first, second = two_callers(w)
    client.force_login(w.clerk)
    where = reverse("engagement:call_back", args=[main.number])
    page = client.get(f"{where}?report={second.pk}")
    assert [(one.report.pk, here) for one, _row, here in page.context["callers"]] == [
        (first.pk, False), (second.pk, True),
    ]  # fmt: skip
    typed = {"outcome": "reached", "solved": "yes", "grade": "satisfied", "seen": main.version}
    assert client.post(f"{where}?report={second.pk}", typed).status_code == 302
    assert second.callbacks.get().at <= clock.now()
    assert not first.callbacks.exists()
