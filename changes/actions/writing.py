"""The row that is held, what it may say by now, and the step that is written with every change of its state."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from changes.kinds import ChangeRefused, Holder, Kind, kind_of
from changes.models import Change, ChangeStep, Verb
from changes.workflow import MOVES, first_day
from outbox.actions import put


def locked(change: Change, seen: int) -> Change:
    """The row as it stands, held until the end; refuses whoever read an older one."""
    found = Change.objects.select_for_update(of=("self",)).select_related("drafted_by").get(pk=change.pk)
    if found.version != seen:
        raise ChangeRefused(
            _("Somebody was faster: the change is now “%(state)s”. Read it again before you go on."),
            "stale",
            {"state": found.get_state_display()},
        )
    return found


def moved(
    change: Change, verb: Verb, by: Holder | None, at: datetime, note: str = "", facts: dict[str, Any] | None = None
) -> Change:
    """The locked row in its new state, with the step that led there."""
    source, change.state = change.state, MOVES[verb].target
    change.version += 1
    change.save()
    step(change, verb, source, by, at, note, facts)
    return change


def step(
    change: Change,
    verb: Verb,
    source: str,
    by: Holder | None,
    at: datetime,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    """Write the step, and put down that whoever it concerns is to be told."""
    made = ChangeStep.objects.create(
        change=change,
        number=change.version,
        verb=verb,
        actor=by.user if by else None,
        source=source,
        target=change.state,
        note=note.strip(),
        facts=facts or {},
        at=at,
    )
    put(
        "change.step",
        dedupe_key=f"change.step:{made.pk}",
        partition_key=f"change:{change.pk}",
        payload={"step": made.pk},
    )


def check_day(kind: Kind, day: date, at: datetime) -> None:
    first = first_day(kind, at)
    if day < first:
        told = {"day": first.isoformat()}
        raise ChangeRefused(_("A change is never in force in the past. The earliest day is %(day)s."), "in_past", told)


def check_still_fits(change: Change, at: datetime) -> None:
    """Days pass while a change waits, and so do other changes."""
    kind = kind_of(change.kind)
    check_day(kind, change.in_force_from, at)
    check_unchanged(change, at)
    kind.check(change.subject, change.before, change.after, change.in_force_from, at)


def check_unchanged(change: Change, at: datetime) -> None:
    if kind_of(change.kind).read(change.subject, at) != change.before:
        raise ChangeRefused(
            _("What this change starts from was changed meanwhile. Its author opens the draft and saves it anew."),
            "base_changed",
        )
