"""A workbook of the functions on its way into the draft of a change: sent in pieces, compared, saved or given up."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import catalogue
from accountability.worktime import LOCAL
from cases.changing.functions import ROWS, WHOLE
from changes.actions import Wanted, draft, edit
from changes.kinds import ChangeRefused, kind_of
from changes.models import Change, State
from changes.workflow import check_drafter
from desk.actions.listimports import locked, make_room, put_down
from desk.models import ListImport, ListImportState
from grids.standing import Standing

KIND = "functions"


def check_may(by: Standing) -> None:
    """Raises ChangeRefused for whoever drafts no functions."""
    check_drafter(kind_of(KIND), WHOLE, by)


@transaction.atomic
def begin(*, size: int, name: str, by: Standing, at: datetime) -> ListImport:
    """Make room for a workbook that is compared with what is in force. Raises ChangeRefused, PieceRefused."""
    check_may(by)
    base = catalogue.in_force(localdate(at, LOCAL))
    if base is None:
        raise ChangeRefused(_("No functions are in force yet, so there is nothing to compare with."), "nothing_there")
    return make_room(size=size, name=name, by=by, at=at, functions=base)


@transaction.atomic
def compare(pk: UUID, *, by: Standing, at: datetime) -> ListImport:
    """Have it read by a worker. Raises ListRefused: unfinished, busy."""
    check_may(by)
    return put_down(locked(pk, by.user), by, at)


@transaction.atomic
def save(pk: UUID, *, title: str, basis: str, reason: str, day: date, by: Standing, at: datetime) -> Change:
    """As the draft of a change of all functions; where this person has such a draft already, in that one.

    Raises ChangeRefused: wrong_state, stale (so that nothing newer is written over unseen), and whatever keeps the
    rows from standing.
    """
    one = locked(pk, by.user)
    if one.state != ListImportState.READY or one.counts["faults"]:
        raise ChangeRefused(_("It cannot be saved now. Reload the page to see how it stands."), "wrong_state")
    if catalogue.in_force(localdate(at, LOCAL)) != one.functions:
        raise ChangeRefused(_("Another version is in force meanwhile. Choose the file again."), "stale")
    wanted = Wanted(title=title, basis=basis, reason=reason, day=day, after={ROWS: one.seen["rows"]})
    mine = Change.objects.of(KIND, WHOLE).filter(state=State.DRAFT, drafted_by=by.user).first()
    if mine:
        made = edit(mine, wanted=wanted, seen=mine.version, by=by, at=at)
    else:
        made = draft(KIND, WHOLE, wanted=wanted, by=by, at=at)
    one.state = ListImportState.SAVED
    one.save(update_fields=["state"])
    return made
