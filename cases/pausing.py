"""Clocks that stand still with another unit's word: a pause of one unit's, or a whole case that is shelved.

Asking halts nothing. What is overdue when it is allowed stays overdue and is not halted; it ends by itself on its day.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accountability import calendars, segments
from accountability.models import Clock, Phase
from cases.asked_days import check_within, days_after, most
from cases.models import Case, Pause, Rest, Summons
from cases.moves import Deed, Facts, MoveRefused
from cases.posts import OVERSEEING
from cases.timed import of_case
from grids.models import Posting
from grids.standing import Standing
from people.models import Role, UnitRole, User

LEADERS = (Role.DISTRICT_LEADER, Role.DEPT_LEADER, Role.STREET_LEADER)


def asked_of(standing: Standing) -> list[Pause]:
    """What this person may allow or not, with what it is about: at places they oversee, and of no unit of theirs."""
    if standing.user.unit_id is None or not standing.roles & {*OVERSEEING}:
        return []
    inside = Q(pk__in=[])
    for role, code in standing.posts:
        if role in OVERSEEING:
            inside |= Q(case__place_code__startswith=code)
    own = Q(unit__in={*standing.acting_units(), standing.user.unit_id}) | Q(worker=standing.user_id)
    handled = Summons.objects.open().filter(own, case=OuterRef("case"))
    rows = Pause.objects.visible_to(standing).filter(inside, over_at=None, allowed_at=None).exclude(Exists(handled))
    rows = rows.exclude(summons=None, case__office=standing.user.unit_id).select_related("summons", "case")
    return list(rows.only("case__state", "summons__case", "summons__leads", "summons__state", "summons__worker"))


def nothing_rests(thing: Case | Summons) -> None:
    if thing.rest == Rest.ASKED:
        raise MoveRefused(_("It is asked for already. Another unit decides."), code="asked_already")
    if thing.rest == Rest.ON:
        raise MoveRefused(_("It rests already. It can be asked for again when it goes on."), code="rests_already")


def it_was_asked_for(thing: Case | Summons) -> None:
    if thing.rest != Rest.ASKED:
        raise MoveRefused(_("Nobody has asked for a pause, so there is nothing to decide."), code="nothing_asked")


def it_rests(thing: Case | Summons) -> None:
    if thing.rest != Rest.ON:
        raise MoveRefused(_("It does not rest, so there is nothing to take up again."), code="does_not_rest")


def pause_fits(call: Summons, facts: Facts, at: datetime) -> None:
    _ends, days = days_after(at, str(facts["until"]), calendars.current())
    check_within(days, call.paused_days, most(call.case, Phase.PAUSE, at))
    _some_in_time(_clocks(call), at)


def shelving_fits(case: Case, facts: Facts, at: datetime) -> None:
    _ends, days = days_after(at, str(facts["until"]), calendars.current())
    check_within(days, 0, most(case, Phase.SHELVE, at))
    _leader(facts, at)


def ask(thing: Case | Summons, deed: Deed) -> None:
    """Write down what is asked for; every clock runs on."""
    by = _somebody_of_a_unit(deed)
    ends, days = days_after(deed.at, str(deed.facts["until"]), calendars.current())
    leader = _leader(deed.facts, deed.at) if isinstance(thing, Case) else None
    case, call = (thing, None) if isinstance(thing, Case) else (thing.case, thing)
    made = Pause.objects.create(
        case=case, summons=call, reason=deed.note[:1000], plan=str(deed.facts.get("plan", ""))[:1000], leader=leader,
        until=ends, days=days, asked_by=by, asked_unit_id=by.unit_id, asked_at=deed.at,
    )  # fmt: skip
    deed.facts.update(pause=made.pk, until=ends.isoformat(), days=days)
    thing.rest = Rest.ASKED


def allow(thing: Case | Summons, deed: Deed) -> None:
    """Halt what runs in time; the unit that allows it is another one than asked, and holds none of the clocks."""
    by, pause, clocks = _somebody_of_a_unit(deed), waiting(thing), _clocks(thing)
    _check_outside(by.unit_id, pause, clocks, deed.at)
    halted = segments.pause(clocks, approver_id=by.unit_id, at=deed.at)
    pause.allowed_by, pause.allowed_unit_id, pause.allowed_at = by, by.unit_id, deed.at
    pause.save(update_fields=["allowed_by", "allowed_unit", "allowed_at"])
    deed.facts.update(pause=pause.pk, until=pause.until.isoformat(), reason=pause.reason, clocks=len(halted))
    thing.rest = Rest.ON
    if isinstance(thing, Summons):
        thing.paused_days += pause.days


def _check_outside(unit_id: int, pause: Pause, clocks: list[Clock], at: datetime) -> None:
    if unit_id in {pause.asked_unit_id, *(clock.holder_id for clock in clocks)}:
        raise MoveRefused(_("Your own unit's time would stand still. Another unit has to allow that."), code="own_unit")
    if pause.until <= at:
        raise MoveRefused(_("The day that was asked for is over. It has to be asked for anew."), code="day_over")
    _some_in_time(clocks, at)


def _somebody_of_a_unit(deed: Deed) -> Any:
    """The table lets nobody ask or allow who belongs to no unit."""
    assert deed.by is not None
    assert deed.by.user.unit_id is not None
    return deed.by.user


def disallow(thing: Case | Summons, deed: Deed) -> None:
    deed.facts["pause"] = end(thing, deed.at)


def go_on(thing: Case | Summons, deed: Deed) -> None:
    """Every clock that was halted goes on with what was left."""
    go_on_together([(thing, deed)])


def go_on_together(pairs: Sequence[tuple[Case | Summons, Deed]]) -> None:
    """The same of many, of each case one."""
    at = pairs[0][1].at
    segments.resume(_halted_by([thing for thing, _deed in pairs]), at=at)
    over = _waiting([thing for thing, _deed in pairs])
    for (thing, deed), pause in zip(pairs, over, strict=True):
        pause.over_at, thing.rest, deed.facts["pause"] = at, Rest.NONE, pause.pk
    Pause.objects.bulk_update(over, ["over_at"])


def end_with_the_work(thing: Case | Summons, deed: Deed) -> None:
    """Whoever goes on with the matter needs no pause any more: what still stands still, as the promise, goes on."""
    if thing.rest:
        go_on(thing, deed)


def _halted_by(things: Sequence[Case | Summons]) -> list[Clock]:
    """A unit's own pause outlasts the shelving of its case, and the shelving outlasts a unit's pause."""
    calls = [one.pk for one in things if isinstance(one, Summons) and one.case.rest != Rest.ON]
    cases = [one.pk for one in things if isinstance(one, Case)]
    calls += Summons.objects.filter(case__in=cases).exclude(rest=Rest.ON).values_list("pk", flat=True) if cases else []
    of_units = Q(subject_kind="summons", subject_id__in=calls)
    return list(Clock.objects.running().filter(of_units | Q(subject_kind="case", subject_id__in=cases)))


def end(thing: Case | Summons, at: datetime) -> int:
    """The pause that was asked for or on is over; its key."""
    pause = waiting(thing)
    pause.over_at = at
    pause.save(update_fields=["over_at"])
    thing.rest = Rest.NONE
    return int(pause.pk)


def waiting(thing: Case | Summons) -> Pause:
    """The one that is asked for or on."""
    return _waiting([thing])[0]


def _waiting(things: Sequence[Case | Summons]) -> list[Pause]:
    """The same of many, in their order."""
    of_cases = Q(summons=None, case__in=[one.pk for one in things if isinstance(one, Case)])
    of_units = Q(summons__in=[one.pk for one in things if isinstance(one, Summons)])
    rows = Pause.objects.filter(of_cases | of_units, over_at=None).select_related("asked_unit", "leader")
    found = {(row.case_id, row.summons_id): row for row in rows}
    return [found[(one.pk, None) if isinstance(one, Case) else (one.case_id, one.pk)] for one in things]


def leaders(at: datetime) -> list[User]:
    """Who may answer for what is shelved: people who lead a unit now, or the district."""
    seats = UnitRole.objects.current(at).filter(role__in=LEADERS).values("user")
    posted = Posting.objects.current(at).filter(role__in=LEADERS).values("user")
    return list(User.objects.filter(Q(pk__in=seats) | Q(pk__in=posted), is_active=True).order_by("name", "pk"))


def _leader(facts: Facts, at: datetime) -> User:
    chosen = next((one for one in leaders(at) if str(one.pk) == str(facts.get("leader", ""))), None)
    if chosen is None:
        raise MoveRefused(_("Choose the leader who answers for it."), code="no_leader")
    return chosen


def _clocks(thing: Case | Summons) -> list[Clock]:
    """What runs for the unit; of a case for everybody, the promise too."""
    rows = of_case(thing.pk) if isinstance(thing, Case) else Clock.objects.of("summons", [thing.pk])
    return list(rows.running())


def _some_in_time(clocks: Iterable[Clock], at: datetime) -> None:
    if not any(clock.due_at is None or clock.due_at >= at for clock in clocks if clock.lapsed_at is None):
        raise MoveRefused(_("Everything that runs is overdue already, and what is late stays late."), code="overdue")
