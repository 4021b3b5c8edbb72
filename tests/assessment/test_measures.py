"""One mark per responsible unit, from rows alone, the same whenever the sweep ran."""

import pytest

from accountability.models import Clock
from accountability.sweep import run_once
from assessment.actions import mark
from assessment.measures import marks_of
from assessment.models import Mark
from assessment.sentences import SENTENCES, sentence
from cases import actions
from cases.models import Case, Step, Verb
from outbox.actions import drain_all
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


def figures(case: Case) -> dict[tuple[str, str], tuple]:
    step = case.steps.get(verb=Verb.CLOSE)
    return {(m.unit.code, m.part): (m.responded, m.solved, m.satisfied) for m in marks_of([step])}


def test_lead_support_and_street_are_marked_each_on_its_own_duty():
    w = world()
    assert figures(stories.closed(w)) == {
        ("CG", "lead"): (True, True, True),
        ("GA", "support"): (True, None, None),
        ("J1", "street"): (True, None, None),
    }


def test_a_dissatisfied_resident_counts_against_the_lead_alone():
    w = world()
    marks = figures(stories.closed(w, solved=False, grade="dissatisfied"))
    assert marks[("CG", "lead")] == (True, False, False)
    assert marks[("GA", "support")] == (True, None, None)


def test_who_was_not_reached_is_neither_satisfied_nor_dissatisfied():
    w = world()
    assert figures(stories.closed(w, solved=None, grade=""))[("CG", "lead")] == (True, None, None)


def late_case(w, swept: str) -> Case:
    """The leading unit makes contact an hour late; the sweep ran early, late or never."""
    case = stories.whistled(w)
    lead, support = case.summonses.order_by("-leads")
    due = Clock.objects.of("summons", [lead.pk]).get(phase="respond").due_at
    if swept == "early":
        run_once(due + stories.HOUR / 60)
    stories.replies(w, lead, at=due + stories.HOUR)
    stories.replies(w, support)
    if swept == "late":
        run_once(due + stories.HOUR * 100)
    later = due + stories.HOUR * 2
    actions.advance(case, Verb.PASS, by=w.of(w.worker), at=later, note="好")
    facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    actions.advance(case, Verb.CALL_BACK, by=w.of(w.clerk), at=later, facts=facts)
    return actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=later, note="结")


@pytest.mark.parametrize("swept", ["early", "late", "never"])
def test_a_mark_is_the_same_whenever_the_sweep_ran(swept):
    w = world()
    case = late_case(w, swept)
    assert figures(case)[("CG", "lead")] == (False, True, True)
    lead = case.summonses.get(leads=True)
    clock = Clock.objects.of("summons", [lead.pk]).get(phase="respond")
    assert clock.lapsed_at == clock.due_at
    assert Step.objects.filter(verb=Verb.LAPSE, facts__clock=clock.pk).count() == 1


def test_closing_is_marked_once_through_the_outbox_with_a_sentence_for_each_figure():
    w = world()
    case = stories.closed(w)
    drain_all(w.at + stories.HOUR * 6)
    mark([case.steps.get(verb=Verb.CLOSE)], at=w.at + stories.HOUR * 7)
    assert Mark.objects.count() == 3
    for made in Mark.objects.all():
        assert all(sentence(made.evidence[name]) for name in ("responded", "solved", "satisfied"))
    lead = Mark.objects.get(part="lead")
    assert Clock.objects.get(pk=lead.evidence["responded"]["clocks"][0]).phase == "respond"


def test_every_sentence_key_has_its_words():
    assert all(str(words) for words in SENTENCES.values())


def test_a_street_that_settles_it_itself_is_marked_as_lead():
    w = world()
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + stories.HOUR, level="street", note="自办"
    )
    call = case.summonses.get()
    by, at = w.of(w.dispatcher), w.at + stories.HOUR * 2
    actions.answer(call, Verb.RESPOND, by=by, at=at, facts=stories.CONTACT)
    actions.answer(call, Verb.REPLY, by=by, at=at, note="清了")
    actions.advance(case, Verb.PASS, by=w.of(w.worker), at=at, note="好")
    facts = {"outcome": "reached", "solved": True, "grade": "fairly"}
    actions.advance(case, Verb.CALL_BACK, by=w.of(w.clerk), at=at, facts=facts)
    case = actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=at, note="办结")
    assert figures(case) == {("J1", "lead"): (True, True, True)}
