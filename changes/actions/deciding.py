"""A change on its way: sent by its author, decided by a second person, taken back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from changes.actions.applying import put_in_force
from changes.actions.writing import check_still_fits, locked, moved
from changes.kinds import ChangeRefused, Holder, kind_of
from changes.models import Change, State, Verb
from changes.workflow import check


@transaction.atomic
def submit(change: Change, *, seen: int, by: Holder, at: datetime) -> Change:
    """Send it to a second person. Of one subject only one change is on its way at a time."""
    change = locked(change, seen)
    check(change, Verb.SUBMIT, by)
    check_still_fits(change, at)
    ahead = Change.objects.of(change.kind, change.subject).filter(state__in=(State.SUBMITTED, State.APPROVED)).first()
    if ahead is None:
        try:
            with transaction.atomic():
                return moved(change, Verb.SUBMIT, by, at)
        except IntegrityError:  # another one was sent in this moment
            ahead = Change.objects.of(change.kind, change.subject).get(state=State.SUBMITTED)
    told = {"title": ahead.title, "state": ahead.get_state_display()}
    raise ChangeRefused(
        _("“%(title)s” changes the same and is “%(state)s”. Wait for it, or have it withdrawn."), "overlaps", told
    )


@transaction.atomic
def approve(
    change: Change, *, seen: int, by: Holder, at: datetime, chosen: dict[str, bool] | None = None, note: str = ""
) -> Change:
    """A second person lets it come. What may be in force at once and is due today is put in force with this."""
    change = locked(change, seen)
    check(change, Verb.APPROVE, by)
    check_still_fits(change, at)
    asked = kind_of(change.kind).ASKS
    change.chosen = {name: bool((chosen or {}).get(name)) for name in asked}
    change.decided_by, change.decided_at = by.user, at
    change = moved(change, Verb.APPROVE, by, at, note=note, facts=change.chosen)
    return put_in_force(change, at) if change.in_force_from <= localdate(at) else change


@transaction.atomic
def reject(change: Change, *, note: str, seen: int, by: Holder, at: datetime) -> Change:
    change = locked(change, seen)
    check(change, Verb.REJECT, by, note)
    change.decided_by, change.decided_at = by.user, at
    return moved(change, Verb.REJECT, by, at, note=note)


@transaction.atomic
def withdraw(change: Change, *, seen: int, by: Holder, at: datetime, note: str = "") -> Change:
    """Its author takes it back, at any time before it is in force."""
    change = locked(change, seen)
    check(change, Verb.WITHDRAW, by)
    return moved(change, Verb.WITHDRAW, by, at, note=note)
