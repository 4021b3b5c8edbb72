"""Parts of a reply that are due by themselves: fence it off, repair it, restore the road. Each has its own clock."""

from datetime import datetime

from django.utils.translation import gettext as _

from accountability import clocks
from accountability.models import Clock, Phase
from cases.models import Summons
from cases.moves import Deed, Facts, MoveRefused


def some_are_left(call: Summons) -> None:
    if not call.parts_left:
        raise MoveRefused(_("No milestone is open. Reply when all is done."), code="no_milestones")


def left(call: Summons) -> list[Clock]:
    """Those not reached yet, the soonest due first."""
    rows = Clock.objects.of("summons", [call.pk]).running().filter(phase=Phase.RESULT).exclude(milestone="")
    return list(rows.order_by("due_at", "pk"))


def is_one_of_them(call: Summons, facts: Facts, at: datetime) -> None:
    if facts["milestone"] not in {clock.milestone for clock in left(call)}:
        raise MoveRefused(_("Choose one of the milestones that are open."), code="no_milestone")


def reach(call: Summons, deed: Deed) -> None:
    """Stop this milestone's clock alone; the reply's own clock and the other milestones run on."""
    which = str(deed.facts["milestone"])
    deed.lapsed.extend(clocks.stop("summons", [call.pk], phases=[Phase.RESULT], milestone=which, at=deed.at))
    call.parts_left -= 1
