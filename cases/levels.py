"""The street's own levels: what a grid cannot settle goes up, and the street takes back or gives on what is its own.

Each says why. Every clock runs on as it does: the street office answers for all of its levels, so nothing is gained.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Level, Summons
from cases.moves import Deed, Facts, MoveRefused
from grids.standing import LOOKING, standing_of
from people.models import User

OWN = (Level.GRID, Level.COMMUNITY, Level.STREET)
NAMES_A_PERSON = (Level.GRID, Level.COMMUNITY)


def is_the_offices_own(call: Summons) -> None:
    if call.level not in OWN:
        raise MoveRefused(_("Only what the street itself settles goes up or down its levels."), code="not_own")


def can_go_up(call: Summons) -> None:
    is_the_offices_own(call)
    if call.level == Level.STREET:
        raise MoveRefused(_("The street has it already. What it cannot settle, it whistles for."), code="at_the_top")


def can_come_back(call: Summons) -> None:
    is_the_offices_own(call)
    if call.level == Level.STREET:
        raise MoveRefused(_("The street has it already, so there is nothing to take back."), code="at_the_top")


def goes_up(call: Summons, facts: Facts, at: datetime) -> None:
    """To the community or the street, whichever is chosen, and never sideways or down."""
    _fits(call, facts, at)
    if OWN.index(_level(facts)) <= OWN.index(Level(call.level)):
        raise MoveRefused(_("That is no higher level. Choose the community or the street."), code="no_higher_level")


def goes_on(call: Summons, facts: Facts, at: datetime) -> None:
    """To somebody else than now."""
    _fits(call, facts, at)
    if (_level(facts), facts.get("worker") or None) == (call.level, call.worker_id):
        raise MoveRefused(_("They have it already. Choose somebody else."), code="same_hand")


def give(call: Summons, deed: Deed) -> None:
    """Who settles it is another from now on; the step says who was before."""
    worker = User.objects.filter(pk=deed.facts.get("worker") or 0).first()
    before = {"level_before": call.level, "had": call.worker_id}
    call.level, call.worker = _level(deed.facts), worker
    deed.facts.update(
        before, level=call.level, worker=worker.pk if worker else None, name=worker.name if worker else ""
    )


def take_back(call: Summons, deed: Deed) -> None:
    """The office has it again."""
    deed.facts.update(level=Level.STREET.value, worker=None)
    give(call, deed)


def check_serves(case: Case, worker: User | None, at: datetime) -> None:
    serves = standing_of(worker, at) if worker else None
    if not serves or not any(serves.over(r, case.place_code) or serves.within(r, case.place_code) for r in LOOKING):
        raise MoveRefused(_("Choose a person who serves this place."), code="no_worker")


def _fits(call: Summons, facts: Facts, at: datetime) -> None:
    if _level(facts) in NAMES_A_PERSON:
        check_serves(call.case, User.objects.filter(pk=_key(facts), is_active=True).first(), at)


def _level(facts: Facts) -> Level:
    chosen = str(facts.get("level", ""))
    if chosen not in OWN:
        raise MoveRefused(_("Choose who settles it"), code="no_worker")
    return Level(chosen)


def _key(facts: Facts) -> int:
    value: Any = facts.get("worker")
    return value if isinstance(value, int) else 0
