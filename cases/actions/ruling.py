"""A unit declines a call; the benches hand the dispute up or decide it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import segments
from accountability.models import Clock, Duty
from cases.actions import disputes
from cases.actions.calling import duties_of
from cases.actions.moving import finish, lock, move_summons
from cases.actions.summoning import summon
from cases.calling import Call
from cases.citing import cited
from cases.conferring import agreed
from cases.disputing import MOST, instead, open_dispute, sits_on
from cases.ledger import Ledger
from cases.models import Bench, Dispute, Level, Origin, Ruling, Summons, Verb
from grids.standing import Standing
from people.models import Unit

BY_WHICH = {Bench.CONFERRAL: Verb.CONFER, Bench.LEADER: Verb.REFER}


@transaction.atomic
def decline(
    call: Summons, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Summons:  # fmt: skip
    """The unit says that it is not its matter, and whose; it stays the temporary owner until somebody decides."""
    ledger, mine = _begin(call, by, at, origin, seen)
    move_summons(ledger, mine, Verb.DECLINE, note=note, facts=facts)
    told = facts or {}
    duty = cited(ledger.case, told.get("duty"))
    dispute = disputes.raise_dispute(ledger, mine, ground=note, duty=duty, believed=instead(mine, told))
    if ledger.case.disputes.count() > MOST:
        _put_before(ledger, mine, dispute, Bench.LEADER, _("Declined for the third time in this case."))
    finish(ledger)
    return mine


@transaction.atomic
def uphold(
    call: Summons, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Summons:  # fmt: skip
    """The unit is released, and another one called in its place, to lead or to support as it did."""
    ledger, mine = _begin(call, by, at, origin, seen)
    dispute, told = _judged(ledger, mine, Verb.UPHOLD, note, facts)
    other = instead(mine, told)
    disputes.decide(ledger, mine, dispute, Ruling.UPHELD, words=note, called=other)
    disputes.keep_precedent(ledger, dispute, other)
    _charge(mine, other, at)
    system = Ledger(ledger.case, None, at, origin, ledger.steps)
    move_summons(system, mine, Verb.RELEASE, note=_("Its declining was upheld."))
    instead_of_it = Call(other, mine.leads, _duty_of(ledger, other), note)
    summon(ledger, instead_of_it, level=Level.CALLED, whistle=mine.whistle)
    finish(ledger)
    return mine


@transaction.atomic
def deny(
    call: Summons, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Summons:  # fmt: skip
    """The unit goes on, on the clocks that never stopped."""
    ledger, mine = _begin(call, by, at, origin, seen)
    dispute, _told = _judged(ledger, mine, Verb.DENY, note, facts)
    disputes.decide(ledger, mine, dispute, Ruling.DENIED, words=note)
    disputes.keep_precedent(ledger, dispute, mine.unit)
    finish(ledger)
    return mine


@transaction.atomic
def put_to(
    call: Summons, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Summons:  # fmt: skip
    """One office of the conferral says how it would rule; nothing is decided until the other one has agreed."""
    ledger, mine = _begin(call, by, at, origin, seen)
    move_summons(ledger, mine, Verb.PUT_TO, note=note, facts=facts)
    finish(ledger)
    return mine


@transaction.atomic
def put_before(
    call: Summons, verb: Verb, *, by: Standing, at: datetime, note: str = "",
    facts: Mapping[str, Any] | None = None, origin: str = Origin.LIVE, seen: int | None = None,
) -> Summons:  # fmt: skip
    """A bench that cannot or need not decide puts it before the next."""
    ledger, mine = _begin(call, by, at, origin, seen)
    move_summons(ledger, mine, verb, note=note, facts=facts)
    dispute = open_dispute(mine)
    assert dispute is not None
    disputes.put_before([(ledger, mine, dispute)], next(bench for bench, one in BY_WHICH.items() if one == verb))
    finish(ledger)
    return mine


def _begin(call: Summons, by: Standing | None, at: datetime, origin: str, seen: int | None) -> tuple[Ledger, Summons]:
    """The summons of the locked case."""
    case = lock(call.case, seen)
    mine = case.summonses.select_related("unit", "whistle").get(pk=call.pk)
    mine.case = case
    return Ledger(case, by, at, origin), mine


def _charge(call: Summons, other: Unit, at: datetime) -> None:
    """What runs is the other unit's from now on; what stood still goes on first, for that unit may have allowed it."""
    running = list(Clock.objects.of("summons", [call.pk]).running())
    segments.resume(running, at=at)
    segments.hand_over(running, holder_id=other.pk, at=at)


def _judged(
    ledger: Ledger, call: Summons, verb: Verb, note: str, facts: Mapping[str, Any] | None
) -> tuple[Dispute, dict[str, Any]]:
    """Checked and written down; in a conferral with whose ruling this one agrees."""
    told = dict(facts or {})
    dispute = open_dispute(call)
    if dispute and ledger.by and sits_on(dispute.bench, ledger.case.place_code, ledger.by):
        told |= agreed(call, dispute, verb, ledger.by, told)
    move_summons(ledger, call, verb, note=note, facts=told)
    assert dispute is not None
    return dispute, told


def _put_before(ledger: Ledger, call: Summons, dispute: Dispute, bench: Bench, note: str) -> None:
    """By the system: nobody asked for it, the rule did."""
    system = Ledger(ledger.case, None, ledger.at, ledger.origin, ledger.steps)
    move_summons(system, call, BY_WHICH[bench], note=note)
    disputes.put_before([(system, call, dispute)], bench)


def _duty_of(ledger: Ledger, unit: Unit) -> Duty | None:
    return next((duty for duty in duties_of(ledger.case) if duty.unit_id == unit.pk), None)
