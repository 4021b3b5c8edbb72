"""Somebody doubts an answer: another caller asks once more, both answers stay, the later one counts."""

import pytest
from django.urls import reverse

from assessment.measures import marks_of
from cases import actions as cases
from cases.hearing import against_their_word, said_in_this_round
from cases.models import Case, Step, Verb
from cases.moves import MoveRefused
from engagement.actions import AnswerRefused, doubt, make_link, rate
from engagement.models import Callback, Rating
from engagement.progress import told_to
from engagement.waiting import callers_of
from people.models import Role
from tests.engagement.calling import called, closed_by_the_desk, on, state_of, waiting
from tests.world import person, post

SATISFIED = {"solved": True, "grade": "satisfied"}
UNHAPPY = {"solved": False, "grade": "dissatisfied", "cause": "unsolved"}


@pytest.fixture
def report(w, monkeypatch):
    """Whose person was called by a clerk, and is said to be satisfied."""
    w.other_clerk = post(person("other_clerk", "另一话务员", w.hotline), Role.CLERK, w.district)
    report = waiting(w, monkeypatch)
    called(w, report, "Mon 14:00", "reached", words="都好", **SATISFIED)
    return report


def case_of(report) -> Case:
    return Case.objects.get(pk=report.case_id)


def asks_again(w, report, who="inspector", when="Mon 15:00", note="照片上摊位还在"):
    at = on(when)
    return cases.advance(case_of(report), Verb.ASK_AGAIN, by=w.of(getattr(w, who), at), at=at, note=note)


def by_another(w, report, when="Mon 16:00", outcome="reached", **said):
    return called(w, report, when, outcome, by=w.of(w.other_clerk, on(when)), **said)


def marked(w, report) -> tuple[bool | None, bool | None]:
    closed_by_the_desk(w, report, "Mon 17:00")
    step = Step.objects.select_related("case__office", "case__profile").get(verb=Verb.CLOSE)
    (lead,) = (mark for mark in marks_of([step]) if mark.part == "lead")
    return lead.solved, lead.satisfied


@pytest.mark.parametrize("who", ["inspector", "street_leader"])
def test_a_leader_or_an_inspector_has_them_asked_again_and_says_why(w, report, who):
    case = asks_again(w, report, who)
    step = case.steps.order_by("-seq")[0]
    assert (case.state, step.actor, step.note) == ("calling_back", getattr(w, who), "照片上摊位还在")
    assert [one.done for one in callers_of(case, on("Mon 15:00"))] == [False]


def test_the_later_answer_counts_and_the_first_one_stays(w, report):
    asks_again(w, report)
    by_another(w, report, words="根本没清", **UNHAPPY)
    assert list(Rating.objects.order_by("asking").values_list("asking", "solved")) == [(1, True), (2, False)]
    (word,) = said_in_this_round(case_of(report))
    assert word.facts["solved"] is False
    assert against_their_word(case_of(report))
    assert marked(w, report) == (False, False)


def test_whoever_called_first_does_not_ask_again(w, report):
    asks_again(w, report)
    with pytest.raises(AnswerRefused) as refused:
        called(w, report, "Mon 16:00", "reached", **SATISFIED)
    assert refused.value.code == "same_caller"
    assert Callback.objects.count() == 1
    by_another(w, report, **SATISFIED)
    assert state_of(report) == "closing"


def test_whoever_handled_it_asks_nobody_again(w, report):
    asks_again(w, report)
    w.other_clerk.unit = w.works
    w.other_clerk.save()
    with pytest.raises(MoveRefused) as refused:
        by_another(w, report, **SATISFIED)
    assert refused.value.code == "wrong_person"


def test_a_leader_whose_office_handled_it_does_not_doubt_the_answer(w, report):
    Case.objects.get(pk=report.case_id).summonses.filter(leads=True).update(unit=w.office)
    with pytest.raises(MoveRefused) as refused:
        asks_again(w, report, "street_leader")
    assert refused.value.code == "wrong_person"


@pytest.mark.parametrize("who", ["clerk", "desk_officer", "dispatcher", "works_officer", "worker", "assessor"])
def test_nobody_else_does(w, report, who):
    with pytest.raises(MoveRefused) as refused:
        asks_again(w, report, who)
    assert refused.value.code == "wrong_person"


def test_without_a_reason_nobody_is_asked_again(w, report):
    with pytest.raises(MoveRefused) as refused:
        asks_again(w, report, note=" ")
    assert refused.value.code == "note_missing"


def test_a_second_asking_that_reaches_nobody_takes_nothing_away(w, report):
    asks_again(w, report)
    for when in ("Mon 16:00", "Mon 16:10", "Mon 16:20"):
        by_another(w, report, when, "no_answer")
    assert state_of(report) == "closing"
    assert marked(w, report) == (True, True)


def test_nobody_is_asked_a_third_time(w, report):
    asks_again(w, report)
    by_another(w, report, **SATISFIED)
    with pytest.raises(MoveRefused) as refused:
        asks_again(w, report, when="Mon 16:30")
    assert refused.value.code == "asked_twice"


def test_where_nobody_has_answered_there_is_nothing_to_doubt(w, monkeypatch):
    report = waiting(w, monkeypatch)
    for when in ("Mon 14:00", "Mon 14:10", "Mon 14:20"):
        called(w, report, when)
    with pytest.raises(MoveRefused) as refused:
        asks_again(w, report)
    assert refused.value.code == "no_answer_yet"


def test_after_a_rework_people_may_be_asked_twice_once_more(w, report):
    asks_again(w, report)
    by_another(w, report, **UNHAPPY)
    at = on("Tue 09:00")
    case = cases.advance(case_of(report), Verb.REWORK, by=w.of(w.desk_officer, at), at=at, note="还没解决")
    cases.answer(case.summonses.get(leads=True), Verb.REPLY, by=w.of(w.works_officer, at), at=at, note="再次清理")
    cases.advance(case_of(report), Verb.PASS, by=w.of(w.worker, at), at=at, note="清净了")
    called(w, report, "Tue 10:00", "reached", **SATISFIED)
    assert asks_again(w, report, when="Tue 11:00").state == "calling_back"


# ---- the person says that it is wrong


def test_the_person_says_that_what_was_written_down_is_wrong_without_details_of_themselves(w, report):
    doubt(report, words="董小满没有说满意，电话 13812340427", at=on("Mon 15:00"))
    step = report.case.steps.order_by("-seq")[0]
    assert (step.verb, step.actor, step.facts["report"]) == (Verb.ASK_AGAIN, None, report.pk)
    assert "没有说满意" in step.note
    assert not any(detail in step.note for detail in ("董小满", "13812340427"))
    by_another(w, report, **UNHAPPY)
    assert marked(w, report) == (False, False)


def test_of_a_confidential_case_the_words_stay_with_the_person(w, report):
    Case.objects.filter(pk=report.case_id).update(confidential=True)
    doubt(report, words="我是三楼的，没有说满意", at=on("Mon 15:00"))
    assert "三楼" not in report.case.steps.order_by("-seq")[0].note


def test_the_person_may_answer_themselves_when_asked_again(w, report):
    doubt(report, words="没有说满意", at=on("Mon 15:00"))
    rate(report, at=on("Mon 16:00"), **UNHAPPY)
    assert Rating.objects.get(asking=2).by is None
    assert state_of(report) == "closing"


def test_a_link_is_made_for_the_second_asking_too(w, report):
    asks_again(w, report)
    assert make_link(report, by=w.of(w.other_clerk, on("Mon 16:00")), at=on("Mon 16:00")).token


def test_ones_own_answer_is_not_put_right_by_a_call(w, monkeypatch):
    report = waiting(w, monkeypatch)
    rate(report, at=on("Mon 14:00"), **SATISFIED)
    with pytest.raises(AnswerRefused) as refused:
        doubt(report, words="点错了", at=on("Mon 15:00"))
    assert refused.value.code == "not_written"


def test_the_receipt_offers_it_while_it_can_still_count(w, client, report):
    page = reverse("engagement:receipt", args=[report.receipt_shown])
    wrong = reverse("engagement:doubt", args=[report.receipt_shown])
    assert client.get(page).context["doubt"]
    refused = client.post(wrong, {"doubt": " "})
    assert refused.context["doubt"].errors
    assert state_of(report) == "closing"
    assert client.post(wrong, {"doubt": "没有说满意"}).url == f"{page}?doubted"
    assert state_of(report) == "calling_back"
    again = client.get(page)
    assert again.context["doubt"] is None
    assert again.context["form"]
    assert client.post(wrong, {"doubt": "没有说满意"}).status_code == 200
    assert case_of(report).steps.filter(verb=Verb.ASK_AGAIN).count() == 1


def test_the_page_of_the_call_says_why_they_are_asked_again(w, client, report):
    asks_again(w, report)
    client.force_login(w.other_clerk)
    page = client.get(reverse("engagement:call_back", args=[report.case.number])).content.decode()
    assert "照片上摊位还在" in page
    assert "第一次是您打的" not in page
    client.force_login(w.clerk)
    page = client.get(reverse("engagement:call_back", args=[report.case.number])).content.decode()
    assert "第一次是您打的" in page


def test_only_whom_it_concerns_reads_that_they_are_asked_again(w, report):
    asks_again(w, report)
    (step,) = report.case.steps.filter(verb=Verb.ASK_AGAIN)
    assert step in told_to(report, [step])
    step.facts["report"] = report.pk + 1
    assert told_to(report, [step]) == []
