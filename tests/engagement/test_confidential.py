"""A confidential case: every place from which somebody who handles it could learn whom it came from."""

import json

import pytest
from django.urls import reverse

from audit.models import Event, SecurityLog
from cases import actions, confided
from cases.confiding import facts_for, keeps
from cases.models import Case, Verb
from cases.moves import MoveRefused
from desk.search import matching
from engagement.actions import RevealRefused, reveal
from engagement.public import reporters_of, words_of
from tests import stories
from tests.engagement.ground import received

NAME, PHONE = "董小满", "13812340427"
MATTER = "餐饮经营扰民"


def hidden(w):
    """A report whose case the desk has made confidential, and what its reporter said of it."""
    report = received(w)
    actions.advance(
        report.case, Verb.CONCEAL, by=w.of(w.desk_officer), at=w.at, note="怕被找上门",
        facts={"summary": MATTER, "place": "甲一路"},
    )  # fmt: skip
    report.refresh_from_db()
    return report


def secrets(report) -> list[str]:
    return [report.words[:6], report.words[-6:], report.name, report.phone, f"****{report.phone[-4:]}", "元501"]


def page(client, user, where) -> str:
    client.force_login(user)
    return client.get(where).content.decode()


@pytest.mark.parametrize("who", ["dispatcher", "street_leader", "worker", "community_worker", "assessor"])
def test_who_handles_it_reads_the_matter_and_nothing_of_the_person(client, w, who):
    report = hidden(w)
    shown = page(client, getattr(w, who), reverse("desk:case", args=[report.case.number]))
    assert MATTER in shown
    assert not [one for one in secrets(report) if one in shown]


@pytest.mark.parametrize("who", ["clerk", "desk_officer", "inspector"])
def test_the_hotline_the_desk_and_the_inspector_read_the_words(client, w, who):
    report = hidden(w)
    assert report.words[:6] in page(client, getattr(w, who), reverse("desk:case", args=[report.case.number]))


@pytest.mark.parametrize("where", ["desk:cases", "desk:search", "desk:my_work"])
def test_no_list_tells_it(client, w, where):
    report = hidden(w)
    shown = page(client, w.dispatcher, reverse(where) + f"?q={MATTER}")
    assert not [one for one in secrets(report) if one in shown]


def test_nobody_finds_it_by_the_words_of_the_person(w):
    report = hidden(w)
    every = Case.objects.all()
    assert not matching(every, report.words[:4]).exists()
    assert matching(every, MATTER).exists()
    assert words_of([report.case_id]) == {}


def test_the_form_of_accepting_keeps_the_words_back(client, w):
    report = hidden(w)
    shown = page(client, w.dispatcher, reverse("cases:move", args=[report.case.number, "accept"]))
    assert MATTER in shown
    assert not [one for one in secrets(report) if one in shown]


def test_a_try_to_see_who_it_was_is_refused_and_on_record(client, w):
    report = hidden(w)
    client.force_login(w.dispatcher)
    where = reverse("engagement:reveal", args=[report.case.number, report.pk])
    answer = client.post(where, {"reason": "想知道"})
    assert answer.status_code == 403
    assert not [one for one in secrets(report) if one in answer.content.decode()]
    line = SecurityLog.objects.get()
    assert (line.event, line.actor, line.subject_id) == (Event.REVEAL_REFUSED, w.dispatcher, str(report.pk))
    with pytest.raises(RevealRefused) as refused:
        reveal(report, by=w.of(w.dispatcher), at=w.at, reason="想知道")
    assert refused.value.code == "confidential"


def test_the_hotline_may_still_see_it_with_a_reason(w):
    assert reveal(hidden(w), by=w.of(w.clerk), at=w.at, reason="转达").phone == PHONE


def test_at_intake_the_clerks_sentence_stands_in_place_of_the_words(w):
    report = received(w, confidential=True, matter=f"{MATTER}，{NAME}")
    assert report.case.confidential
    assert MATTER in report.case.summary
    assert NAME not in report.case.summary
    assert report.words[:6] not in report.case.summary
    assert not keeps(report.case, w.of(w.dispatcher))
    assert [row.kept_back for row in reporters_of(report.case, w.of(w.dispatcher))] == [True]


def test_at_accepting_the_reporters_own_sentence_is_no_summary(w):
    case = stories.reported(w)
    given = {"by": w.of(w.dispatcher), "at": w.at, "category": w.category, "urgency": "normal", "confidential": True}
    with pytest.raises(MoveRefused) as refused:
        actions.accept(case, summary=case.summary, **given)
    assert refused.value.code == "summary_verbatim"
    assert actions.accept(case, summary=MATTER, **given).confidential


def test_accepting_never_opens_what_is_hidden(w):
    report = hidden(w)
    case = actions.accept(
        report.case, by=w.of(w.dispatcher), at=w.at, summary=MATTER, category=w.category, urgency="normal"
    )
    assert case.confidential


def test_only_the_inspector_lifts_it_and_says_why(w):
    report = hidden(w)
    for who, note, code in (("desk_officer", "可公开", "wrong_person"), ("inspector", " ", "note_missing")):
        with pytest.raises(MoveRefused) as refused:
            actions.advance(report.case, Verb.UNVEIL, by=w.of(getattr(w, who)), at=w.at, note=note)
        assert refused.value.code == code
    case = actions.advance(report.case, Verb.UNVEIL, by=w.of(w.inspector), at=w.at, note="本人同意")
    assert keeps(case, w.of(w.dispatcher))
    assert matching(Case.objects.all(), report.words[:4]).exists()
    assert not list(confided.faults())


def test_rows_and_steps_say_the_same_or_it_is_found(w):
    report = hidden(w)
    assert not list(confided.faults())
    Case.objects.filter(pk=report.case_id).update(confidential=False)
    assert list(confided.faults())


def test_what_came_in_beside_the_words_stays_with_the_keepers(w):
    report = hidden(w)
    step = report.case.steps.get(verb=Verb.OPEN)
    step.facts, step.case = {"told": ["来电人住501"]}, Case.objects.get(pk=report.case_id)
    assert "501" not in json.dumps(facts_for(step, w.of(w.dispatcher)), ensure_ascii=False)
    assert facts_for(step, w.of(w.clerk)) == step.facts
