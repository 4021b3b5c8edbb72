"""Drafts: what shall be said in place of what is said. A roll-back is a draft of the inverse."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from changes.actions.writing import check_day, locked, moved, step
from changes.kinds import ChangeRefused, Holder, Kind, Rows, kind_of
from changes.models import Change, State, Verb
from changes.workflow import check, check_drafter


@dataclass(frozen=True)
class Wanted:
    """What a draft says: rows, from which day on, on what ground."""

    title: str
    basis: str
    after: Rows
    day: date
    reason: str = ""


@transaction.atomic
def draft(kind: str, subject: str, *, wanted: Wanted, by: Holder, at: datetime, demo: bool = False) -> Change:
    """Write down a change that nobody but its author has seen. Raises ChangeRefused with a sentence and a code."""
    return _draft(kind, subject, wanted, by, at, demo=demo)


def _draft(kind: str, subject: str, wanted: Wanted, by: Holder, at: datetime, **more: Any) -> Change:
    owner = kind_of(kind)
    owner.label(subject)
    check_drafter(owner, subject, by)
    before = owner.read(subject, at)
    _check_wanted(owner, subject, before, wanted, at)
    change = Change(kind=kind, subject=subject, before=before, drafted_by=by.user, drafted_at=at, **more)
    _say(change, wanted)
    change.save()
    step(change, Verb.DRAFT, "", by, at)
    return change


@transaction.atomic
def edit(change: Change, *, wanted: Wanted, seen: int, by: Holder, at: datetime) -> Change:
    """Say it otherwise. One that was sent already comes back to its author by this."""
    change = locked(change, seen)
    check(change, Verb.EDIT, by)
    owner = kind_of(change.kind)
    change.before = owner.read(change.subject, at)
    _check_wanted(owner, change.subject, change.before, wanted, at)
    _say(change, wanted)
    return moved(change, Verb.EDIT, by, at)


@transaction.atomic
def roll_back(
    change: Change, *, basis: str, day: date, seen: int, by: Holder, at: datetime, reason: str = ""
) -> Change:
    """Draft the inverse of the last change of a subject. It needs a second person like any other.

    Returns the draft. The rules never go back in time: what ran under the change has run under it.
    """
    change = locked(change, seen)
    check(change, Verb.ROLL_BACK, by)
    later = Change.objects.of(change.kind, change.subject).filter(state=State.APPLIED, applied_at__gt=change.applied_at)
    if later.exists():
        raise ChangeRefused(_("A later change stands on this one. Roll that one back first."), "not_latest")
    title = (_("Roll back: %(title)s") % {"title": change.title})[:80]
    wanted = Wanted(title, basis, change.before, day, reason)
    made = _draft(change.kind, change.subject, wanted, by, at, undoes=change, demo=change.demo)
    moved(change, Verb.ROLL_BACK, by, at, facts={"by": made.pk})
    return made


def _check_wanted(kind: Kind, subject: str, before: Rows, wanted: Wanted, at: datetime) -> None:
    if not wanted.title.strip():
        raise ChangeRefused(_("Give the change a title, for example: first contact within two hours."), "title_missing")
    if not wanted.basis.strip():
        raise ChangeRefused(_("Name the basis: the document, its number and its day."), "basis_missing")
    check_day(kind, wanted.day, at)
    if wanted.after == before:
        raise ChangeRefused(_("Nothing is changed yet. Change a row, then save."), "nothing_changed")
    kind.check(subject, before, wanted.after, wanted.day, at)


def _say(change: Change, wanted: Wanted) -> None:
    change.title, change.basis, change.reason = wanted.title.strip(), wanted.basis.strip(), wanted.reason.strip()
    change.after, change.in_force_from = wanted.after, wanted.day
