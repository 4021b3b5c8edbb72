"""A called unit declines, another is believed right, somebody decides: who may when, and why it is refused.

A call is declined within a short time after it, once by a unit in a case, with the ground and the unit believed right.
The ground cites a duty of the list, word for word, in the version that the case keeps (`cases.citing`). A case under no
item has no text to cite: its units were called for reasons that the street gave, so a stated ground answers those.
The district desk decides first; what it hands up, or leaves lying, goes to the conferral of the establishment office
and the legal office (`cases.conferring`), and from there to the district leader. A bench whose time is over decides
no more: the dispute goes up, whether the sweep has come by yet or not. Only the leader may be late: to deny for want
of a ruling would favour whoever waits, so the dispute stays open, overdue and in sight until the leader rules.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accountability import calendars
from accountability.clocks import limit_of
from accountability.dues import due_of
from accountability.models import Clock, Phase
from accountability.querysets import ClockQuerySet
from accountability.spans import moment
from cases.citing import cited, quoted
from cases.models import Answer, Bench, Case, Dispute, Ruling, Summons
from cases.moves import Deed, Facts, MoveRefused
from grids.standing import Standing
from people.models import Role, Seat, Unit

KIND = "dispute"
# The third time that somebody declines, the case is the district leader's to place.
MOST = 2
CONFERRING = (Role.ESTABLISHMENT, Role.LEGAL)
PHASES = {Bench.DESK: Phase.DESK, Bench.CONFERRAL: Phase.CONFERRAL, Bench.LEADER: Phase.LEADER}


def last_dispute(call: Summons) -> Dispute | None:
    """The dispute over this summons, open or decided; a unit declines a case but once."""
    return next((one for one in call.case.disputes.all() if one.summons_id == call.pk), None)


def open_dispute(call: Summons) -> Dispute | None:
    found = last_dispute(call)
    return found if found and found.is_open else None


def sits_on(bench: str, place_code: str, by: Standing) -> bool:
    """Whether this person decides what lies before this bench, for a place."""
    if bench == Bench.DESK:
        return by.over(Role.DISTRICT_DESK, place_code)
    if bench == Bench.CONFERRAL:
        return any(role in by.roles for role in CONFERRING)
    return by.over(Role.DISTRICT_LEADER, place_code)


def may_decline(call: Summons) -> None:
    """Once, also when the unit is called again; whoever has replied before has taken it on. Where the street took its
    call back before anybody had decided, nothing was said to what the unit declined: called again, it may."""
    mine = [one for one in call.case.disputes.all() if one.unit_id == call.unit_id]
    if any(one.ruling != Ruling.WITHDRAWN or one.summons.state != Answer.RELEASED for one in mine):
        raise MoveRefused(
            _("Your unit has declined this case before; once is all. Go on, and tell the district desk what is new."),
            code="declined_before",
        )


def is_open(call: Summons) -> None:
    if open_dispute(call) is None:
        raise MoveRefused(
            _("No dispute over this unit's call is open any more. Reload the page to see how it was decided."),
            code="no_dispute",
        )


def lies_lower(call: Summons) -> None:
    """There is nobody above the district leader."""
    is_open(call)
    dispute = open_dispute(call)
    if dispute and dispute.bench == Bench.LEADER:
        raise MoveRefused(_("It lies before the district leader already. Nobody is above."), code="nobody_above")


def until(call: Summons, at: datetime) -> datetime | None:
    """The last moment at which the unit may decline; nothing where no rule or no calendar says."""
    limit = limit_of(call.case.urgency, Phase.DECLINE, at)
    return due_of(limit, call.called_at, calendars.current()) if limit else None


def within_the_window(call: Summons, at: datetime) -> None:
    """Exactly at the end of it is in time."""
    last = until(call, at)
    if last is not None and at > last:
        raise MoveRefused(
            _("It could be declined until %(when)s. Go on with it, and ask the street to call others beside you."),
            code="declined_late",
            params={"when": moment(last, at)},
        )


def has_its_ground(call: Summons, facts: Facts, at: datetime) -> None:
    """A duty of the case's own version, and another unit."""
    cited(call.case, facts.get("duty"))
    instead(call, facts)


def names_another(call: Summons, facts: Facts, at: datetime) -> None:
    instead(call, facts)


def instead(call: Summons, facts: Facts) -> Unit:
    """The unit named to come in place of the one called."""
    unit = Unit.objects.filter(code=str(facts.get("to", ""))).first()
    if unit is None or unit.seat == Seat.DESK:
        raise MoveRefused(_("Choose the unit that it belongs to."), code="no_unit")
    if unit.pk == call.unit_id:
        raise MoveRefused(_("That is the unit itself. Choose the one that it belongs to."), code="same_unit")
    if unit.pk in called_now(call.case):
        raise MoveRefused(
            _("%(unit)s is called to this case already. Choose another unit."),
            code="called_already",
            params={"unit": unit},
        )
    return unit


def called_now(case: Case) -> set[int]:
    return {one.unit_id for one in case.summonses.all() if one.state != Answer.RELEASED}


def in_time(call: Summons, at: datetime) -> None:
    """What went up at its due moment is no longer this bench's."""
    dispute = open_dispute(call)
    clock = running(dispute) if dispute else None
    if dispute and clock and clock.due_at and clock.due_at < at and dispute.bench != Bench.LEADER:
        raise MoveRefused(
            _("The time to decide was over at %(when)s, so it goes up by itself. Leave it to who comes next."),
            code="went_up",
            params={"when": moment(clock.due_at, at)},
        )


def running(dispute: Dispute) -> Clock | None:
    """The clock of the bench before which it lies."""
    return clocks_of(dispute).running().first()


def clocks_of(dispute: Dispute) -> ClockQuerySet:
    """One for each bench before which it lay, in order."""
    found: ClockQuerySet = Clock.objects.of(KIND, [dispute.pk]).select_related("limit", "holder").order_by("pk")
    return found


def says_whom_and_why(call: Summons, deed: Deed) -> None:
    """The unit believed right by name, and the duty word for word."""
    deed.facts["called"] = instead(call, deed.facts).name
    duty = cited(call.case, deed.facts.get("duty"))
    if duty:
        deed.facts["cited"] = quoted(duty)


def charges_the_other(call: Summons, deed: Deed) -> None:
    """Upheld: the time that ran for the unit was another's."""
    other = instead(call, deed.facts)
    deed.facts.update(called=other.name, **_charged(call, other, deed.at))


def charges_itself(call: Summons, deed: Deed) -> None:
    """Denied: the time that ran for the unit was its own."""
    deed.facts.update(_charged(call, call.unit, deed.at))


def _charged(call: Summons, loser: Unit, at: datetime) -> dict[str, Any]:
    """Whose the time from the call to the ruling was, for the step to keep. What was promised moves for nobody."""
    dispute = open_dispute(call)
    stretch = {"since": call.called_at.isoformat(), "until": at.isoformat()}
    bench = dispute.bench if dispute else ""
    return {"bench": bench, "from": call.unit.code, "to": loser.code, "segment": stretch}
