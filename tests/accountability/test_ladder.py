"""A clock climbs the ladder: each rung once, at its own moment, and never early."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from accountability import calendars, clocks, rungs
from accountability.clocks import Start
from accountability.invariants import faults
from accountability.ladder import climb
from accountability.ladder_loading import load_ladder, read_ladder
from accountability.loading import DATA
from accountability.models import Clock, Limit, Phase, Rise, Rung
from accountability.sweep import run_once
from accountability.timewords import look
from cases import actions
from cases.actions import rising
from cases.models import Summons, Verb
from changes.actions import apply_due
from people.rows import RefusedRows
from tests import stories
from tests.changes.drafting import approved, day_off
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)
CLIMBED = (Verb.REMIND, Verb.YELLOW, Verb.RED, Verb.ORDER, Verb.ESCALATE)


@pytest.fixture
def w():
    w = with_ladder(world())
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def reply(w) -> Clock:
    return Clock.objects.get(subject_kind="summons", subject_id=w.call.pk, phase=Phase.RESULT)


def told(w) -> list[str]:
    return list(w.call.steps.filter(verb__in=CLIMBED).order_by("seq").values_list("verb", flat=True))


def moments(clock: Clock) -> dict[str, str]:
    ahead = climb(clock, rungs.current(), calendars.current(), clock.segments.all())
    return {one.rung.code: f"{localtime(one.at):%m-%d %H:%M}" for one in ahead}


def test_the_rungs_of_five_working_days_lie_where_the_rule_says(w):
    """Begun on Monday at eleven, due on Monday the sixteenth at half past five."""
    clock = reply(w)
    assert f"{localtime(clock.due_at):%m-%d %H:%M}" == "03-16 17:30"
    assert moments(clock) == {
        "remind": "03-13 14:22", "yellow": "03-13 17:30", "red": "03-17 08:30", "order": "03-18 17:30",
        "leader": "03-23 17:30",
    }  # fmt: skip


def test_starting_a_clock_asks_the_database_no_more_than_before(w, django_assert_num_queries):
    start = {"starts": [Start(Phase.RESULT)], "urgency": "normal", "at": w.at}
    clocks.prepared("summons", **start)
    with django_assert_num_queries(1):
        (made,) = clocks.prepared("summons", **start)
    assert made.rung_at is not None


def test_the_reminder_and_the_yellow_card_come_when_the_light_changes(w):
    clock, calendar = reply(w), calendars.current()
    lights = {"remind": "near", "yellow": "yellow"}
    ahead = climb(clock, rungs.current(), calendar)
    for one in (one for one in ahead if one.rung.code in lights):
        assert look(clock, one.at + DAY / 1440, calendar).light == lights[one.rung.code]
        assert look(clock, one.at - DAY / 1440, calendar).light != lights[one.rung.code]


def test_each_rung_is_told_once_at_its_moment_and_no_deadline_moves(w):
    due = reply(w).due_at
    at, seen = reply(w).rung_at, []
    while at is not None:
        run_once(at)
        assert told(w) == seen, "exactly at its moment it is not reached yet"
        run_once(at + A_MOMENT)
        seen = told(w)
        run_once(at + A_MOMENT)
        assert told(w) == seen
        at = reply(w).rung_at
    assert seen == list(CLIMBED)
    assert reply(w).due_at == due
    assert reply(w).rung == 5


def test_a_late_sweep_tells_of_every_rung_with_the_moment_it_was_due(w):
    expected = moments(reply(w))
    run_once(w.at + 30 * DAY)
    assert told(w) == list(CLIMBED)
    rises = Rise.objects.filter(clock=reply(w)).select_related("rung")
    assert {one.rung.code: f"{localtime(one.due_at):%m-%d %H:%M}" for one in rises} == expected
    assert list(faults(w.at + 30 * DAY)) == []


def test_only_the_whole_reply_climbs(w):
    run_once(w.at + 30 * DAY)
    assert set(Rise.objects.values_list("clock__phase", flat=True)) == {Phase.RESULT}


def test_another_phase_climbs_where_a_row_says_so(w):
    Rung.objects.create(
        code="sign", order=1, trigger="used", threshold=50, phase="sign", action="remind", basis="试验", since=w.at
    )
    call = stories.whistled(w, area=w.next_grid).summonses.get(unit=w.works)
    run_once(w.at + 3 * stories.HOUR)
    assert not call.steps.filter(verb=Verb.REMIND).exists()
    run_once(w.at + 6 * stories.HOUR)
    assert call.steps.get(verb=Verb.REMIND).facts["phase"] == Phase.SIGN


def test_a_short_limit_has_no_last_day_of_warning(w):
    call = stories.whistled(w, area=w.next_grid).summonses.get(unit=w.works)
    clock = Clock.objects.get(subject_kind="summons", subject_id=call.pk, phase=Phase.RESULT)
    clock.limit = Limit(urgency="extreme", phase="result", amount=24, unit="clock_hour")
    clock.due_at = clock.started_at + DAY
    assert list(moments(clock)) == ["remind", "red", "order", "leader"]
    assert moments(clock)["red"] == f"{localtime(clock.due_at):%m-%d %H:%M}"


def test_what_stopped_climbs_no_further(w):
    stories.replies(w, w.call)
    run_once(w.at + 30 * DAY)
    assert told(w) == []


def test_an_extension_moves_the_rungs_that_are_ahead_and_repeats_none_behind(w):
    run_once(w.at + 5 * DAY)  # Saturday: reminder and yellow card are out
    assert told(w) == [Verb.REMIND, Verb.YELLOW]
    at = w.at + 5 * DAY
    actions.answer(w.call, Verb.EXTEND, by=w.of(w.works_officer, at), at=at, note="等件", facts={"until": "2026-03-20"})
    assert reply(w).rung == 0
    run_once(w.at + 11 * DAY)
    assert told(w) == [Verb.REMIND, Verb.YELLOW], "nobody is told of a rung twice"
    assert reply(w).rung == 2
    run_once(w.at + 14 * DAY + A_MOMENT)
    assert told(w) == [Verb.REMIND, Verb.YELLOW, Verb.RED]
    assert list(faults(w.at + 14 * DAY + A_MOMENT)) == []


def test_what_rests_climbs_nothing_and_goes_on_where_it_was(w):
    at = w.at + 2 * DAY
    facts = {"until": "2026-03-20"}
    actions.answer(w.call, Verb.PAUSE, by=w.of(w.works_officer, at), at=at, note="低温", facts=facts)
    actions.answer(Summons.objects.get(pk=w.call.pk), Verb.ALLOW, by=w.of(w.dispatcher, at), at=at)
    assert reply(w).rung_at is None
    run_once(w.at + 9 * DAY)
    assert told(w) == []
    run_once(w.at + 12 * DAY)  # its day has come
    assert moments(reply(w))["remind"] > "03-20"
    run_once(reply(w).rung_at + A_MOMENT)
    assert told(w) == [Verb.REMIND]


def test_a_busy_case_waits_for_the_next_round(w, monkeypatch):
    monkeypatch.setattr("cases.clocks._free", lambda ids: {})
    run_once(w.at + 30 * DAY)
    assert (told(w), reply(w).rung) == ([], 0)
    monkeypatch.undo()
    run_once(w.at + 30 * DAY)
    assert told(w) == list(CLIMBED)


def test_one_that_cannot_climb_stands_in_nobodys_way(w, monkeypatch):
    other = stories.whistled(w, area=w.next_grid).summonses.get(unit=w.works)
    whole = rising._step

    def fails(case, call, *given):
        if call.pk == w.call.pk:
            raise RuntimeError("kaputt")
        return whole(case, call, *given)

    monkeypatch.setattr(rising, "_step", fails)
    run_once(w.at + 30 * DAY)
    assert told(w) == []
    assert other.steps.filter(verb=Verb.RED).count() == 1
    assert reply(w).next_try_at > w.at + 30 * DAY


def test_the_database_lets_no_rung_be_reached_twice_or_early(w):
    def write(code: str, noticed_at) -> None:
        Rise.objects.create(clock=reply(w), rung=Rung.objects.get(code=code), due_at=w.at, noticed_at=noticed_at)

    write("red", w.at + A_MOMENT)
    for code, noticed_at in (("red", w.at + A_MOMENT), ("yellow", w.at)):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(code, noticed_at)


def test_a_newer_row_of_the_same_code_counts_for_what_starts_after_it(w):
    row = Rung.objects.get(code="remind")
    newer = {"threshold": 50, "since": (w.at + DAY).date(), "basis": "改定"}
    for name, value in newer.items():
        setattr(row, name, value)
    row.pk, row._state.adding = None, True
    row.save()
    before = moments(reply(w))["remind"]
    assert before == "03-13 14:22"
    clock = reply(w)
    clock.started_at = w.at + 2 * DAY
    assert moments(clock)["remind"] != before


def test_a_ladder_that_comes_later_takes_what_runs_with_it():
    w = world()
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    assert reply(w).rung_at is None
    with_ladder(w)
    run_once(w.at + 30 * DAY)
    assert told(w) == list(CLIMBED)


@pytest.mark.parametrize(
    ("column", "value"),
    [("phase", ""), ("phase", "promise"), ("within", "30"), ("order", "0"), ("threshold", "101"), ("basis", "")],
)
def test_a_row_that_contradicts_itself_is_refused(tmp_path, column, value):
    row = {
        "code": "x", "order": "1", "trigger": "used", "threshold": "75", "within": "", "phase": "result",
        "urgency": "", "action": "remind", "basis": "试验", "since": "2020-01-01", column: value,
    }  # fmt: skip
    file = tmp_path / "ladder.csv"
    file.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    with pytest.raises(RefusedRows):
        read_ladder(file)


def test_a_second_load_changes_nothing(w):
    again = load_ladder(read_ladder(DATA / "ladder.csv"))
    assert (again.added, again.kept, again.differing) == (0, 8, 0)


def test_another_calendar_takes_the_rungs_along_with_the_deadline(w):
    """Friday is a holiday by it: all that lay behind moves by a working day, the reminder of Friday too."""
    approved(w, day_off(w.at, "2026-03-13"), kind="calendar", subject="2026", chosen={"recompute": True})
    apply_due(w.at + DAY)
    run_once(w.at + DAY + A_MOMENT)
    assert moments(reply(w)) == {
        "remind": "03-16 14:22", "yellow": "03-16 17:30", "red": "03-18 08:30", "order": "03-19 17:30",
        "leader": "03-24 17:30",
    }  # fmt: skip
    assert f"{localtime(reply(w).rung_at):%m-%d %H:%M}" == "03-16 14:22"
