"""Which clocks a case and its summonses run, who holds them, and what happens when they lapse."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Clock, Phase
from audit.statements import Statement
from cases.ledger import READ, Ledger, write_steps
from cases.models import Case, State, Summons
from cases.workflow import AWAITS
from people.models import Seat, Unit


def holder_of(case: Case, phase: str) -> int | None:
    """Who is charged with a phase of a case: its office, or the unit with the district's seat for it."""
    if phase == Phase.PROMISE:
        return None
    if phase == Phase.CALLBACK:
        return seat_of(Seat.HOTLINE) or case.office_id
    if phase == Phase.CLOSE or (phase == Phase.DISPATCH and case.state == State.AT_DESK):
        return seat_of(Seat.DESK) or case.office_id
    return case.office_id


def seat_of(seat: str) -> int | None:
    return Unit.objects.filter(seat=seat).values_list("pk", flat=True).first()


def phases_left(source: str, target: str, stops: Iterable[Phase]) -> list[Phase]:
    """The phases that a move ends: what the state just left waited for, and what the move names."""
    moved = source != target and source in AWAITS
    return [*stops, *([AWAITS[State(source)]] if moved else [])]


def phases_entered(source: str, target: str, starts: Iterable[Phase]) -> list[Phase]:
    """The phases that a move begins: what the state just entered waits for, and what the move names."""
    moved = source != target and target in AWAITS
    return [*starts, *([AWAITS[State(target)]] if moved else [])]


def start_for_case(case: Case, phases: Iterable[str], at: datetime) -> list[Clock]:
    """Start these phases of the case."""
    starts = _starts(case, phases)
    return clocks.start("case", case.pk, starts=starts, urgency=case.urgency, at=at) if starts else []


def prepared_for_case(case: Case, phases: Iterable[str], at: datetime) -> list[Clock]:
    """The same clocks before the case has a key, so that it can be written with its due moment."""
    return clocks.prepared("case", starts=_starts(case, phases), urgency=case.urgency, at=at)


def _starts(case: Case, phases: Iterable[str]) -> list[Start]:
    """Nothing is promised where nobody waits for an answer."""
    wanted = [phase for phase in phases if case.has_citizen or phase != Phase.PROMISE]
    return [Start(phase, holder_of(case, phase), case.round) for phase in wanted]


def start_for_summons(call: Summons, phases: Iterable[str], at: datetime, *, whole: bool = False) -> None:
    """Start these phases of the unit; its milestones, too, where the `whole` work begins: called, or called again."""
    starts = [Start(phase, call.unit_id, call.case.round) for phase in phases]
    parts = call.case.situation_id if call.leads and whole else None
    made = clocks.start("summons", call.pk, starts=starts, urgency=call.case.urgency, at=at, situation_id=parts)
    call.parts_left = sum(bool(clock.milestone) for clock in made)


# What was promised to the resident follows from the others, so it decides no order of work.
SOONEST = """
(SELECT min(k.due_at) FROM accountability_clock k
  WHERE k.stopped_at IS NULL AND k.phase <> 'promise'
    AND (k.subject_kind = 'case' AND k.subject_id = c.id OR k.subject_kind = 'summons' AND k.subject_id = ANY(
         ARRAY(SELECT m.id FROM cases_summons m WHERE m.case_id = c.id AND m.state <> 'released'))))"""
OF_ONE = Statement(f"SELECT {SOONEST} FROM (SELECT %s::bigint AS id) c", [None])
KEEP = f"UPDATE cases_case c SET due_at = {SOONEST} WHERE c.id = ANY(%s)"


def soonest(case: Case) -> datetime | None:
    """The soonest due moment of what runs for the locked case and its units; nothing where nothing does."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ONE.on(connection), [case.pk])
        due: datetime | None = cursor.fetchone()[0]
        return due


def keep_due(case_ids: Iterable[int]) -> None:
    """Write the soonest due moment to these cases, which the caller has locked."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [list(case_ids)])


def keep_due_of_summonses(ids: Iterable[int]) -> None:
    keep_due(Summons.objects.filter(pk__in=list(ids)).values_list("case", flat=True))


def free_cases(ids: Iterable[int]) -> list[int]:
    """Lock those of these cases that nobody else holds."""
    return sorted(_free(set(ids)))


def free_summonses(ids: Iterable[int]) -> list[int]:
    """Those of these summonses whose cases nobody else holds; the cases are locked."""
    cases = dict(Summons.objects.filter(pk__in=list(ids)).values_list("pk", "case"))
    free = _free(set(cases.values()))
    return sorted(pk for pk, case in cases.items() if case in free)


def lapse_cases(due: list[Clock], at: datetime) -> list[int]:
    """Write the lapse step of each clock whose case is free; busy cases wait for the next tick."""
    return lapse_of_cases([(clock, clock.subject_id) for clock in due], at)


def lapse_of_cases(due: list[tuple[Clock, int | None]], at: datetime) -> list[int]:
    """The same for what belongs to a case, told with the key of its case."""
    free = _free({pk for _clock, pk in due if pk})
    return _write([(clock, free.get(pk) if pk else None, None) for clock, pk in due], at)


def lapse_summonses(due: list[Clock], at: datetime) -> list[int]:
    """The same for summonses, which are read only once their cases are locked: until then, units move on."""
    ids = {clock.subject_id for clock in due}
    free = _free(set(Summons.objects.filter(pk__in=ids).values_list("case", flat=True)))
    calls = Summons.objects.filter(case__in=free).in_bulk(ids)
    found = [(clock, calls.get(clock.subject_id)) for clock in due]
    return _write([(clock, free[call.case_id] if call else None, call) for clock, call in found], at)


def free_for_rising(ids: Iterable[int]) -> dict[int, Summons]:
    """Those of these summonses, by key, whose cases nobody else holds; the cases are locked, and stand on them."""
    wanted = set(ids)
    free = _free(set(Summons.objects.filter(pk__in=wanted).values_list("case", flat=True)))
    calls = Summons.objects.filter(case__in=free).in_bulk(wanted)
    for call in calls.values():
        call.case = free[call.case_id]
    return calls


def write_lapses(found: Iterable[tuple[Clock, Summons | None]], at: datetime) -> list[int]:
    """The lapse steps of these clocks, told of these summonses of locked cases; none: wait for the next tick."""
    return _write([(clock, call.case if call else None, call) for clock, call in found], at)


def _free(case_ids: set[int]) -> dict[int, Case]:
    rows = Case.objects.filter(pk__in=case_ids).select_for_update(skip_locked=True).order_by("pk")
    return {case.pk: case for case in rows.only(*READ)}


def _write(found: list[tuple[Clock, Case | None, Summons | None]], at: datetime) -> list[int]:
    steps, handled = [], []
    for clock, case, call in found:
        if case is None:
            continue
        ledger = Ledger(case, None, at)
        ledger.add_lapses([clock], call)
        steps += ledger.steps
        handled.append(clock.pk)
    write_steps(steps)
    return handled
