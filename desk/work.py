"""What waits for a person, and for whom they wait: read set-based, decided by the tables of moves, soonest first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from accountability import calendars
from accountability.models import Clock, Phase
from accountability.worktime import WorkCalendar
from cases.benches import BENCHES
from cases.models import Answer, Case, Dispute, Order, Pause, State, Summons
from cases.models.case import ENDED
from cases.pausing import asked_of
from cases.querysets import CONFERRING, NAMED, named
from desk.hanging import hang
from desk.kinds import KINDS, Kind, clock_for_case, clock_for_summons, kind_for_case, kind_for_summons
from grids.querysets import code_and_above
from grids.standing import LOOKING, Standing
from people.models import Role

LAST = datetime.max.replace(tzinfo=UTC)
HANDS = ("mine", "nobody", "colleague")
GROUPS = ("over", "today", "tomorrow", "later")
Running = dict[tuple[str, int], list[Clock]]


@dataclass(frozen=True)
class Turn:
    """One thing that waits: for this person (with a kind), or for somebody whom they wait for (without)."""

    case_id: int
    kind: Kind | None
    clock: Clock | None
    call: Summons | None = None
    hand: str = ""

    @property
    def due_at(self) -> datetime | None:
        return self.clock.due_at if self.clock else None

    @property
    def key(self) -> tuple[datetime, int, int]:
        """Its place in the list: the earliest due first, those without a due moment last."""
        return self.due_at or LAST, self.case_id, self.call.pk if self.call else 0

    def group(self, at: datetime) -> str:
        if self.due_at is None:
            return "later"
        if self.due_at < at:
            return "over"
        days = localdate(self.due_at) - localdate(at)
        return "today" if not days else "tomorrow" if days == timedelta(days=1) else "later"


@dataclass(frozen=True)
class Work:
    """Everything that waits at a moment, sorted; and the calendar that its time words need."""

    turns: list[Turn]
    waiting: list[Turn]
    calendar: WorkCalendar


def work_of(standing: Standing, at: datetime) -> Work:
    """Three queries, however much there is; one more each for those who look, decide disputes, to whom orders may come,
    or who may allow pauses."""
    cases = list(_candidates(standing).only("state", "place_code", "office", "approval"))
    checked = [case.pk for case in cases if case.state in (State.INSPECTING, State.CALLING_BACK)]
    calls = list(_calls(standing, at, checked))
    hang(cases, calls)
    mine = [call for call in calls if _is_mine(call, standing) and _is_open(call)]
    others = [call for call in calls if _is_other(call, standing) and _is_open(call)]
    disputes = _disputes(standing)
    orders, pauses = _orders(standing), asked_of(standing)
    rest = [("summons", [one.summons for one in pauses if one.summons]), ("case", [one.case for one in pauses])]
    more = [("dispute", disputes), ("order", orders), *rest]
    running, calendar = _running(cases, mine, others, more)
    turns = [*_turns_of_cases(cases, running, standing), *_turns_of_calls(mine, running, standing)]
    turns += _turns_of_disputes(disputes, running) + _turns_of_orders(orders, running)
    turns += _turns_of_pauses(pauses, running, at)
    waiting = [*_waits_for_units(others, running), *_waits_after_reply(mine, running, {turn.case_id for turn in turns})]
    return Work(sorted(turns, key=_key), sorted(waiting, key=_key), calendar)


def _key(turn: Turn) -> tuple[datetime, int, int]:
    return turn.key


def _candidates(standing: Standing):
    """Cases in the states that wait for a role of this person, at the places they hold it for."""
    where = Q(pk__in=[])
    for role, code in standing.posts:
        where |= _waiting_for(role, code)
    return Case.objects.visible_to(standing).filter(where)


def _waiting_for(role: str, code: str) -> Q:
    inside = Q(place_code__startswith=code)
    if role == Role.DISPATCHER:
        return inside & Q(state__in=(State.REPORTED, State.ACCEPTED))
    if role == Role.STREET_LEADER:
        return inside & ~Q(approval="")
    if role == Role.DISTRICT_DESK:
        streetless = Q(place_code=code, state__in=(State.REPORTED, State.ACCEPTED))
        return inside & Q(state__in=(State.AT_DESK, State.CLOSING)) | streetless
    if role == Role.INSPECTOR:  # where no street is known, nobody lives near who could look
        return Q(place_code=code, state=State.INSPECTING)
    if role == Role.CLERK:
        return inside & Q(state=State.CALLING_BACK)
    if role in LOOKING:
        near = Q(place_code__startswith=code[:12]) | Q(place_code__in=code_and_above(code)[1:])
        return near & Q(state=State.INSPECTING)
    return Q(pk__in=[])


def _calls(standing: Standing, at: datetime, looked_at: list[int]):
    """Own summonses, those of others in cases of own street offices, and all of the cases to be looked at."""
    units = standing.acting_units()
    own = Q(unit__in=units) | named(standing) | Q(case__office__in=units)
    wanted = own & ~Q(state=Answer.RELEASED) & ~Q(case__state__in=ENDED) | Q(case__in=looked_at)
    fields = ("unit", "worker__name", "state", "leads", "level", "to_answer", "case__state", "case__office")
    rows = Summons.objects.in_hands(at).filter(wanted).select_related("case", "worker")
    return rows.only(*fields).order_by("pk")


def _disputes(standing: Standing) -> list[Dispute]:
    """What lies before this person; most people decide nothing of the kind and ask nothing."""
    if not standing.roles & {*BENCHES, *CONFERRING}:
        return []
    rows = Dispute.objects.before(standing).select_related("summons")
    return list(rows.only("case", "summons__leads", "summons__state", "summons__worker"))


def _orders(standing: Standing) -> list[Order]:
    """Orders that wait for this person's answer, also those of a case that has ended, and answers that wait for their
    verdict; whoever answers for nobody and inspects nothing asks nothing."""
    units, waits = standing.acting_units(), Q(pk__in=[])
    for role, code in standing.posts:
        if role == Role.INSPECTOR:
            waits |= Q(answered_at__isnull=False, case__place_code__startswith=code)
    if units:
        waits |= Q(answered_at=None, unit__in=units)
    if standing.roles & {*LOOKING}:
        waits |= Q(answered_at=None, summons__worker=standing.user_id, summons__level__in=NAMED)
    if not units and not standing.roles & {*LOOKING, Role.INSPECTOR}:
        return []
    rows = Order.objects.visible_to(standing).open().filter(waits).select_related("summons")
    return list(rows.only("case", "answered_at", "summons__leads", "summons__state", "summons__worker"))


def _is_mine(call: Summons, standing: Standing) -> bool:
    return call.unit_id in standing.acting_units() or (call.is_named and call.worker_id == standing.user_id)


def _is_other(call: Summons, standing: Standing) -> bool:
    """Another unit's, in a case that an own street office answers for."""
    return not _is_mine(call, standing) and call.case.office_id in standing.acting_units()


def _is_open(call: Summons) -> bool:
    return call.state != Answer.RELEASED and call.case.state not in ENDED


def _running(
    cases: list[Case], mine: list[Summons], others: list[Summons], more: list[tuple[str, list[Any]]]
) -> tuple[Running, WorkCalendar]:
    """The running clocks of all these, by subject, and the calendar that stood beside them."""
    of_cases = {case.pk for case in cases} | {call.case_id for call in mine if call.state == Answer.REPLIED}
    of_calls = {call.pk for call in (*mine, *others)}
    where = Q(subject_kind="case", subject_id__in=of_cases) | Q(subject_kind="summons", subject_id__in=of_calls)
    for kind, things in more:
        if things:
            where |= Q(subject_kind=kind, subject_id__in=[one.pk for one in things])
    rows = Clock.objects.running().filter(where).select_related("limit", "holder").order_by("due_at")
    found: Running = defaultdict(list)
    mark = None
    for clock in rows.annotate(mark=RawSQL(calendars.NEWEST, [])):
        found[clock.subject_kind, clock.subject_id].append(clock)
        mark = clock.mark
    return found, calendars.known_by(mark)


def _turns_of_cases(cases: list[Case], running: Running, standing: Standing) -> list[Turn]:
    found = [(case, kind_for_case(case, standing)) for case in cases]
    return [Turn(case.pk, kind, clock_for_case(case, running["case", case.pk], kind)) for case, kind in found if kind]


def _turns_of_disputes(disputes: list[Dispute], running: Running) -> list[Turn]:
    clocks = {one.pk: next(iter(running["dispute", one.pk]), None) for one in disputes}
    return [Turn(one.case_id, KINDS["rule"], clocks[one.pk], one.summons) for one in disputes]


def _turns_of_orders(orders: list[Order], running: Running) -> list[Turn]:
    clocks = {one.pk: next(iter(running["order", one.pk]), None) for one in orders}
    kinds = {one.pk: KINDS["judge" if one.answered_at else "answer"] for one in orders}
    return [Turn(one.case_id, kinds[one.pk], clocks[one.pk], one.summons) for one in orders]


def _turns_of_pauses(pauses: list[Pause], running: Running, at: datetime) -> list[Turn]:
    """With the clock that is due first among those that a pause could still halt: they run on until then."""
    found = []
    for one in pauses:
        clocks = running["summons", one.summons_id] if one.summons_id else running["case", one.case_id]
        in_time = (clock for clock in clocks if clock.due_at is None or clock.due_at >= at)
        soonest = next((clock for clock in in_time if clock.phase != Phase.PROMISE), None)
        found.append(Turn(one.case_id, KINDS["allow"], soonest, one.summons))
    return found


def _turns_of_calls(calls: list[Summons], running: Running, standing: Standing) -> list[Turn]:
    clocks = {call.pk: running["summons", call.pk] for call in calls}
    found = [(call, kind_for_summons(call, clocks[call.pk], standing)) for call in calls]
    return [
        Turn(call.case_id, kind, clock_for_summons(kind, clocks[call.pk]), call, hand_of(call, standing))
        for call, kind in found
        if kind
    ]


def hand_of(call: Summons, standing: Standing) -> str:
    """In whose hands a summons of this person's is, as they see it; "" where the unit is one person."""
    if not call.is_named and getattr(call, "staff", 2) < 2:
        return ""
    if not call.hand:
        return "nobody"
    return "mine" if call.hand == standing.user_id else "colleague"


def _waits_for_units(calls: list[Summons], running: Running) -> list[Turn]:
    owing = [call for call in calls if call.state != Answer.REPLIED]
    return [Turn(call.case_id, None, next(iter(running["summons", call.pk]), None), call) for call in owing]


def _waits_after_reply(calls: list[Summons], running: Running, turns: set[int]) -> list[Turn]:
    """Own replies whose case has still to be inspected, called back or closed by others."""
    replied = {call.case_id: call.case for call in calls if call.state == Answer.REPLIED and call.case_id not in turns}
    waiting = [case for case in replied.values() if case.state in (State.INSPECTING, State.CALLING_BACK, State.CLOSING)]
    return [Turn(case.pk, None, clock_for_case(case, running["case", case.pk])) for case in waiting]
