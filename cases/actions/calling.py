"""Calling somebody to put a case right: the street's own levels, units by whistle, the district desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.models import Duty, Function, Item, Phase
from cases import approving
from cases.actions.again import own_goes_on, unit_goes_on
from cases.actions.moving import finish, lock, make_move, move_summons
from cases.actions.summoning import summon
from cases.belonging import Belongs, check_belongs, facts_of
from cases.calling import Call, check_calls, comes_for, urgency_of, why_wait
from cases.clocks import start_for_case
from cases.ledger import Ledger
from cases.levels import NAMES_A_PERSON, check_serves
from cases.models import Approval, Case, Level, Origin, Verb, Whistle
from cases.moves import MoveRefused, check_person, check_state
from cases.posts import IN_CHARGE
from cases.workflow import MOVES
from grids.models import Station
from grids.standing import Standing
from people.models import Unit, User


@transaction.atomic
def self_handle(
    case: Case,
    *,
    by: Standing,
    at: datetime,
    level: str,
    note: str,
    unit: Unit | None = None,
    worker: User | None = None,
    origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Case:
    """Settle it without a whistle: by a person of the grid or community, by the street office, or by its station."""
    case = lock(case, seen)
    check_may(Verb.SELF_HANDLE, case, by)
    settler = _own_unit(case, level, unit)
    _check_worker(case, by, at, level, worker)
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, Verb.SELF_HANDLE, note=note, facts={"level": level})
    made = summon(ledger, Call(settler, leads=True, reason=note), level=level, worker=worker)
    own_goes_on(made, at)
    return finish(ledger)


def _own_unit(case: Case, level: str, unit: Unit | None) -> Unit:
    """Who answers for a level of the street's own: the office, or the station that was chosen."""
    if level in (Level.GRID, Level.COMMUNITY, Level.STREET):
        return case.office
    station = Station.objects.select_related("street").filter(unit=unit).first()
    if level != Level.STATION or unit is None or station is None:
        raise MoveRefused(_("Choose one of the street's stations."), code="no_station")
    if not case.place_code.startswith(station.street.code):
        raise MoveRefused(_("That station serves another street. Choose one of this street."), code="no_station")
    return unit


def _check_worker(case: Case, by: Standing, at: datetime, level: str, worker: User | None) -> None:
    if level in NAMES_A_PERSON:
        check_serves(case, worker, at)
    if not IN_CHARGE.holds(case, by) and (worker is None or worker.pk != by.user_id):
        raise MoveRefused(
            _("You can take this on yourself; only the dispatcher can give it to others."), "wrong_person"
        )


@transaction.atomic
def blow_whistle(
    case: Case, *, by: Standing, at: datetime, kind: str, first_action: str, calls: Sequence[Call],
    item: Item | EllipsisType | None = ..., function: Function | None = None, origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Call units. It goes out at once when the list names them all; otherwise it waits at the district desk.

    `item`: what the street finds to fit; None: nothing does, but for the function; `...` leaves both as they are.
    """
    case = lock(case, seen)
    check_may(Verb.WHISTLE, case, by)
    if not isinstance(item, EllipsisType):
        _put_under(case, Belongs(item, function), at)
    case.urgency = urgency_of(kind, case.urgency)
    waits = _why_wait(case, calls)
    asked = approving.asked(case, by_desk=bool(waits))
    verb = Verb.ASK_LEADER if asked in approving.BEFORE else Verb.ASK_DESK if waits else Verb.WHISTLE
    check_state(MOVES[verb], case)
    ledger = Ledger(case, by, at, origin)
    if verb != Verb.ASK_LEADER:  # until the leader has decided, the street goes on with what it has in hand
        _release_own(ledger, at)
    wanted = [_told(call) for call in calls]
    facts = {"kind": kind, **facts_of(Belongs(case.item, case.function)), "urgency": case.urgency, "waits": waits}
    make_move(ledger, verb, note=first_action, facts={**facts, **_asks(asked), "wanted": wanted})
    _await_leader(case, asked, at)
    blown = {"kind": kind, "first_action": first_action.strip(), "wanted": wanted, "by": by.user, "blown_at": at}
    blown["sent_at"] = at if verb == Verb.WHISTLE else None
    whistle = Whistle.objects.create(case=case, street=case.office, approval=asked, **blown)
    _summon_all(ledger, calls if whistle.sent_at else [], whistle)
    return finish(ledger)


def _put_under(case: Case, belongs: Belongs, at: datetime) -> None:
    check_belongs(belongs, case.list_version, localdate(at), case)
    case.item, case.function = belongs.item, belongs.function


def _asks(asked: Approval) -> dict[str, Any]:
    return {"approval": asked} if asked else {}


def _told(call: Call) -> dict[str, Any]:
    return {"unit": call.unit.code, "leads": call.leads, "reason": call.reason}


def _await_leader(case: Case, asked: Approval, at: datetime) -> None:
    """What could not wait is still to be approved, within a time of its own; one word then stands for all of it."""
    if asked == Approval.AFTER and case.approval == Approval.NONE:
        start_for_case(case, (Phase.APPROVE,), at)
    case.approval = asked or case.approval


@transaction.atomic
def approve_whistle(
    case: Case, *, by: Standing, at: datetime, note: str = "", origin: str = Origin.LIVE, seen: int | None = None,
    verb: Verb = Verb.APPROVE, facts: Mapping[str, Any] | None = None,
) -> Case:  # fmt: skip
    """The street's leader lets a whistle go: to the units that it names, or to the desk (`verb` PASS_UP)."""
    case = lock(case, seen)
    check_may(verb, case, by)
    ledger = Ledger(case, by, at, origin)
    _release_own(ledger, at)
    waiting = approving.undecided(case)
    make_move(ledger, verb, note=note)
    if verb == Verb.APPROVE:
        for whistle in waiting:
            calls = _calls_of(whistle, case)
            check_calls(calls, case.summonses.all())
            case.whistles.filter(pk=whistle.pk).update(sent_at=at)
            _summon_all(ledger, calls, whistle)
    return finish(ledger)


def _calls_of(whistle: Whistle, case: Case) -> list[Call]:
    """Whom the whistle asked for, by the duties of the case's own version of the list."""
    duties = {duty.unit_id: duty for duty in duties_of(case)}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[one["unit"] for one in whistle.wanted])}
    named = [(units[one["unit"]], one) for one in whistle.wanted]
    by = {
        unit.pk: duties.get(comes_for(unit, {key for key in duties if key}, case.place_code)) for unit in units.values()
    }
    return [Call(unit, one["leads"], by[unit.pk], one["reason"]) for unit, one in named]


def _why_wait(case: Case, calls: Sequence[Call]) -> str:
    """The code of the reason to wait for the desk, if any; who is named is checked unless the desk names them all."""
    before = list(case.summonses.all())
    reason = why_wait(calls, duties_of(case), before, place_code=case.place_code)
    if not reason or calls:
        check_calls(calls, before)
    return reason


@transaction.atomic
def dispatch(
    case: Case,
    *,
    by: Standing,
    at: datetime,
    calls: Sequence[Call],
    note: str = "",
    origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Case:
    """The district desk decides whom to call, and sends the waiting whistle out."""
    case = lock(case, seen)
    check_may(Verb.DISPATCH, case, by)
    check_calls(calls, case.summonses.all())
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, Verb.DISPATCH, note=note, facts={"units": [call.unit.code for call in calls]})
    whistle = case.whistles.get(sent_at=None, sent_back_at=None)
    whistle.sent_at = at
    whistle.save(update_fields=["sent_at"])
    _summon_all(ledger, calls, whistle)
    return finish(ledger)


def check_may(verb: Verb, case: Case, by: Standing) -> None:
    """State and person come first: nobody is asked for more words about what they may not do."""
    check_state(MOVES[verb], case)
    check_person(MOVES[verb], case, by)


def duties_of(case: Case) -> list[Duty]:
    """Every duty of the case's item in the case's own version of the list."""
    if not case.item_id or not case.list_version_id:
        return []
    mine = Duty.objects.filter(item_version__item=case.item_id, item_version__version=case.list_version_id)
    return list(mine.select_related("unit"))


def _release_own(ledger: Ledger, at: datetime) -> None:
    """What the street had taken on itself ends with its whistle."""
    system = Ledger(ledger.case, None, at, ledger.origin, ledger.steps)
    for call in ledger.case.summonses.open().filter(whistle=None):
        move_summons(system, call, Verb.RELEASE, note=_("The street blew the whistle."))


def _summon_all(ledger: Ledger, calls: Sequence[Call], whistle: Whistle) -> None:
    for call in calls:
        unit_goes_on(summon(ledger, call, level=Level.CALLED, whistle=whistle), ledger.at)
