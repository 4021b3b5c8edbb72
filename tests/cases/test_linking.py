"""Cases that belong together: merged and taken out again, answered as the same again, split into parts."""

from datetime import timedelta

import pytest

from accountability.models import Clock
from cases import actions
from cases import invariants as of_cases
from cases.models import Case, Link, State, Verb
from cases.moves import MoveRefused
from grids.standing import standing_of
from tests import stories
from tests.stories import HOUR
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def merged(w, case, main, by=None, at=None, note="同一摊位"):
    at = at or w.at + 2 * HOUR
    return actions.merge(case, main=main, by=w.of(by or w.dispatcher, at), at=at, note=note)


def unmerged(w, case, by=None, at=None, note="并非同一事项"):
    at = at or w.at + 6 * HOUR
    return actions.unmerge(case, by=w.of(by or w.dispatcher, at), at=at, note=note)


def refusal(act, *args, **given) -> str:
    with pytest.raises(MoveRefused) as refused:
        act(*args, **given)
    assert refused.value.sentence.strip()
    return refused.value.code


def faults(at) -> list[str]:
    """All but that the steps of a test are recorded later than they are said to be."""
    return [one for one in of_cases.faults(at) if "记录时间" not in one]


def running(case) -> dict[str, tuple]:
    rows = Clock.objects.of("case", [case.pk]).running()
    return {clock.phase: (clock.started_at, clock.due_at) for clock in rows}


def test_a_merged_case_stands_still_and_both_say_so(w):
    main, case = stories.accepted(w), stories.reported(w)
    case = merged(w, case, main)
    assert case.state == State.MERGED
    assert running(case) == {}
    main = Case.objects.get(pk=main.pk)
    assert main.state == "accepted"
    assert main.steps.get(verb=Verb.TAKE_IN).facts == {"case": case.number}
    assert case.steps.get(verb=Verb.MERGE).facts == {"main": main.number}
    assert faults(w.at + 2 * HOUR) == []


def test_the_main_keeps_the_earlier_promise_and_never_a_later_one(w):
    first, second = stories.accepted(w), stories.accepted(w)
    early = Clock.objects.get(subject_kind="case", subject_id=first.pk, phase="promise", stopped_at=None)
    Clock.objects.filter(subject_kind="case", subject_id=second.pk, phase="promise").update(
        started_at=early.started_at + timedelta(minutes=1), due_at=early.due_at + timedelta(days=2)
    )
    merged(w, first, second)
    assert running(second)["promise"] == (early.started_at, early.due_at)


def deciding(w, after) -> Case:
    """Accepted by the street so much later."""
    at = w.at + after
    fresh = actions.open_case(
        area=w.grid, category=w.category, summary="占道烧烤", channel="01", profile=w.profile, by=None, at=at
    )
    said = {"summary": "烧烤占道", "category": w.category, "urgency": "normal", "item": w.item}
    return actions.accept(fresh, by=w.of(w.dispatcher, at), at=at, **said)


def test_a_younger_case_gives_no_new_time_to_decide(w):
    older = stories.accepted(w)
    day = running(older)["dispatch"]
    younger = deciding(w, 4 * HOUR)
    assert running(younger)["dispatch"][1] > day[1]
    merged(w, older, younger, at=w.at + 5 * HOUR)
    assert running(younger)["dispatch"] == day
    assert Case.objects.get(pk=younger.pk).due_at == day[1]
    assert faults(w.at + 5 * HOUR) == []


def test_what_was_overdue_when_it_was_merged_is_charged_once(w):
    older = stories.accepted(w)
    younger = deciding(w, 40 * HOUR)
    day = running(younger)["dispatch"]
    older = merged(w, older, younger, at=w.at + 41 * HOUR)
    assert running(younger)["dispatch"] == day
    assert older.steps.filter(verb=Verb.LAPSE, facts__phase="dispatch").count() == 1


def test_merging_into_the_one_promised_earlier_moves_nothing(w):
    main, case = stories.accepted(w), stories.accepted(w)
    Clock.objects.filter(subject_kind="case", subject_id=case.pk, phase="promise").update(
        due_at=running(main)["promise"][1] + timedelta(days=2)
    )
    before = running(main)
    merged(w, case, main)
    assert running(main) == before


def test_a_main_that_nobody_waited_for_is_answered_from_now_on(w):
    main, case = stories.accepted(w, has_citizen=False), stories.reported(w)
    assert "promise" not in running(main)
    merged(w, case, main)
    main.refresh_from_db()
    assert main.has_citizen
    assert "promise" in running(main)
    assert faults(w.at + 2 * HOUR) == []
    unmerged(w, case)
    main.refresh_from_db()
    assert not main.has_citizen
    assert "promise" not in running(main)
    assert faults(w.at + 6 * HOUR) == []


@pytest.mark.parametrize("story", [stories.reported, stories.accepted])
def test_taken_out_again_it_stands_where_it_stood_and_its_time_has_run_on(w, story):
    main, case = stories.accepted(w), story(w)
    before, stood = running(case), case.state
    merged(w, case, main)
    case = unmerged(w, case)
    assert case.state == stood
    assert running(case) == before
    link = Link.objects.get()
    assert (link.undone_by, link.undone_reason) == (w.dispatcher, "并非同一事项")
    assert faults(w.at + 6 * HOUR) == []
    assert merged(w, case, main, at=w.at + 7 * HOUR).state == State.MERGED


def test_a_shelved_time_goes_along_when_it_is_taken_out_again(w):
    main, case = stories.accepted(w), stories.accepted(w)
    facts = {"until": "2026-03-20", "plan": "夏季施工", "leader": w.street_leader.pk}
    actions.advance(case, Verb.SHELVE, by=w.of(w.dispatcher), at=w.at + HOUR, note="列入改造", facts=facts)
    actions.advance(case, Verb.ALLOW, by=w.of(w.desk_officer), at=w.at + HOUR)
    assert refusal(merged, w, case, main) == "rests_already"
    case = actions.advance(case, Verb.RESUME, by=w.of(w.dispatcher), at=w.at + 4 * HOUR)
    before = running(case)
    merged(w, case, main, at=w.at + 5 * HOUR)
    case = unmerged(w, case)
    assert running(case) == before
    assert faults(w.at + 6 * HOUR) == []


def test_no_chains(w):
    one, two, three = stories.accepted(w), stories.accepted(w), stories.accepted(w)
    merged(w, two, one)
    assert refusal(merged, w, three, two) == "no_main"
    assert refusal(merged, w, one, three) == "others_hang_on_it"
    assert refusal(merged, w, three, three) == "no_main"


@pytest.mark.parametrize("story", [stories.reported, stories.closing, stories.closed])
def test_what_is_not_under_way_takes_nothing_in(w, story):
    case, main = stories.reported(w), story(w)
    assert refusal(merged, w, case, main, at=w.at + 9 * HOUR) == "no_main"


def test_a_dispatcher_merges_within_the_street_and_the_desk_across_streets(w):
    main, case = stories.accepted(w), stories.reported(w, area=w.other_street)
    assert refusal(merged, w, case, main) == "wrong_person"
    assert refusal(merged, w, stories.reported(w), case) == "other_street"
    assert merged(w, case, main, by=w.desk_officer).state == State.MERGED


def test_it_is_taken_out_only_until_somebody_is_asked(w):
    main, case = stories.calling_back(w), stories.reported(w)
    merged(w, case, main, at=w.at + 4 * HOUR)
    actions.advance(main, Verb.HEAR, by=w.of(w.clerk), at=w.at + 5 * HOUR, facts={"solved": True})
    assert refusal(unmerged, w, case) == "asked_already"
    actions.advance(main, Verb.CALL_BACK, by=w.of(w.clerk), at=w.at + 5 * HOUR, facts={"solved": True})
    actions.advance(main, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 6 * HOUR, note="办结")
    assert refusal(unmerged, w, case, at=w.at + 7 * HOUR) == "main_ended"
    assert faults(w.at + 7 * HOUR) == []


def repeated(w, case, earlier, by=None, note="三月九日已答复"):
    at = w.at + 20 * HOUR
    return actions.answer_as_repeat(case, earlier=earlier, by=w.of(by or w.street_leader, at), at=at, note=note)


def later(w, **more):
    at = w.at + 10 * HOUR
    return actions.open_case(
        area=w.grid, category=w.category, summary="又占道", channel="01", profile=w.profile, by=None, at=at,
        has_citizen=True, **more,
    )  # fmt: skip


def test_the_leader_answers_the_same_again_with_the_earlier_answer(w):
    earlier = stories.closed(w)
    case = repeated(w, later(w), earlier)
    assert case.state == State.MERGED
    assert running(case) == {}
    assert Link.objects.get().kind == "repeat"
    assert refusal(unmerged, w, case, at=w.at + 21 * HOUR) == "not_merged"
    assert faults(w.at + 20 * HOUR) == []


def test_only_a_leader_and_only_of_what_was_closed_before_it_came_in(w):
    earlier, first = stories.closed(w), stories.reported(w)
    assert refusal(repeated, w, later(w), earlier, by=w.dispatcher) == "wrong_person"
    assert refusal(repeated, w, first, earlier) == "no_earlier"
    assert refusal(repeated, w, later(w), stories.accepted(w)) == "no_earlier"
    assert refusal(repeated, w, later(w), earlier, note="") == "note_missing"


def split(w, case, by=None, at=None, **more):
    at = at or w.at + 3 * HOUR
    return actions.split(
        case, by=w.of(by or w.dispatcher, at), at=at, summary="井盖破损", category=w.category, note="井盖属水务", **more
    )


def test_a_part_has_its_own_number_and_clocks_and_no_resident(w):
    whole = stories.accepted(w)
    split(w, whole)
    part = Link.objects.get(kind="child").child
    assert part.number != whole.number
    assert (part.state, part.has_citizen, part.place_code) == ("reported", False, whole.place_code)
    assert list(running(part)) == ["accept"]
    assert faults(w.at + 3 * HOUR) == []


def test_the_whole_is_not_closed_over_an_open_part_and_the_refusal_names_it(w):
    whole = stories.whistled(w)
    split(w, whole, at=w.at + HOUR)
    part = Link.objects.get(kind="child").child
    for call in whole.summonses.all():
        stories.replies(w, call)
    whole = actions.advance(whole, Verb.PASS, by=w.of(w.worker), at=w.at + 3 * HOUR, note="已清净")
    asked = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    whole = actions.advance(whole, Verb.CALL_BACK, by=w.of(w.clerk), at=w.at + 4 * HOUR, facts=asked)
    with pytest.raises(MoveRefused) as refused:
        actions.advance(whole, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="办结")
    assert refused.value.code == "part_open"
    assert part.number in refused.value.sentence
    actions.advance(part, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at + 6 * HOUR, note="已修")
    closed = actions.advance(whole, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 7 * HOUR, note="办结")
    assert closed.state == "closed"
    assert faults(w.at + 7 * HOUR) == []


def test_a_part_is_neither_split_nor_merged(w):
    whole, main = stories.accepted(w), stories.accepted(w)
    split(w, whole)
    part = Link.objects.get(kind="child").child
    part = actions.accept(
        part, by=w.of(w.dispatcher), at=w.at + 4 * HOUR, summary="井盖", category=w.category, urgency="normal"
    )
    assert refusal(split, w, part, at=w.at + 5 * HOUR) == "is_a_part"
    assert refusal(merged, w, part, main, at=w.at + 5 * HOUR) == "hangs_already"
    assert refusal(split, w, whole, by=w.works_officer, at=w.at + 5 * HOUR) == "wrong_person"


def test_nobody_sees_a_link_of_which_they_see_one_end(w):
    main, case = stories.accepted(w), stories.reported(w, area=w.other_street)
    merged(w, case, main, by=w.desk_officer)
    seen = [Link.objects.visible_to(standing_of(who, w.at)).count() for who in (w.dispatcher, w.desk_officer)]
    assert seen == [0, 1]
