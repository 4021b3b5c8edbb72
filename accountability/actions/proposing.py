"""A draft of the list becomes a change that a second person decides."""

from datetime import date, datetime

from django.db import transaction

from accountability.actions.writing import held
from accountability.listing import KIND, named
from accountability.models import ListVersion
from changes.actions import Wanted, draft, edit
from changes.models import Change, State
from grids.standing import Standing


@transaction.atomic
def propose(
    version: ListVersion, *, title: str, basis: str, day: date, by: Standing, at: datetime, reason: str = "",
    demo: bool = False,
) -> Change:  # fmt: skip
    """Write down from which day and on which ground a draft shall hold; sending it is the next step.

    Raises ListRefused or ChangeRefused with a sentence and a code. What the draft says is named by its digest, so
    that what is approved is what was read.
    """
    version = held(version, by)
    wanted = Wanted(title, basis, named(version), day, reason)
    if version.change and version.change.state == State.DRAFT:
        return edit(version.change, wanted=wanted, seen=version.change.version, by=by, at=at)
    version.change = draft(KIND, version.kind.code, wanted=wanted, by=by, at=at, demo=demo)
    version.save(update_fields=["change"])
    return version.change
