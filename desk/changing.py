"""Changes as their pages show them: what waits for whom, the one next step, difference, impact, and what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Dispute, Summons
from changes.difference import Line, difference
from changes.kinds import ChangeRefused, Impact, Kind, Moved, kind_of, kinds
from changes.models import Change, State, Verb
from changes.querysets import kinds_seen
from changes.workflow import open_to
from grids.standing import Standing

OPEN = (State.DRAFT, State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class Listed:
    """A change as the list shows it."""

    change: Change
    kind: str
    mine: bool  # its next step is this person's


@dataclass(frozen=True)
class Deadline:
    """A deadline that would move, with its case where this person may see it."""

    moved: Moved
    number: str


@dataclass(frozen=True)
class Offer:
    """A kind of change that this person may draft, with the subjects to choose from."""

    name: str
    kind: Kind
    subjects: list[tuple[str, str]]


def listed(rows: QuerySet[Change], by: Standing) -> list[Listed]:
    """Without their rows of before and after, which no list shows."""
    found = rows.select_related("drafted_by", "decided_by").defer("before", "after")
    return [Listed(change, str(kind_of(change.kind).NAME), waits_for(change, by)) for change in found]


def waits_for(change: Change, by: Standing) -> bool:
    """A draft waits for its author, one that was sent for a second person."""
    moves = open_to(change, by)
    wanted = Verb.SUBMIT if change.state == State.DRAFT else Verb.APPROVE
    return wanted in moves and moves[wanted] is None


def offers(by: Standing, at: datetime) -> list[Offer]:
    """What this person may draft."""
    seen = kinds_seen(by)
    found = [
        Offer(name, kind, kind.subjects(by, at))
        for name, kind in kinds().items()
        if name in seen and by.roles.intersection(kind.DRAFTS.roles)
    ]
    return [offer for offer in found if offer.subjects]


def lines(change: Change) -> list[Line]:
    return difference(kind_of(change.kind).tables(change.subject), change.before, change.after)


def impact(change: Change, at: datetime) -> Impact | None:
    """What it would do, while it is not done yet; nothing where its rows no longer stand up."""
    if change.state not in OPEN:
        return None
    kind = kind_of(change.kind)
    try:
        kind.check(change.subject, change.before, change.after, change.in_force_from, at)
    except ChangeRefused:
        return None
    return kind.impact(change.subject, change.before, change.after, change.in_force_from, at)


def deadlines(moved: list[Moved], by: Standing) -> list[Deadline]:
    """Each with the number of its case; "" where this person does not see the case."""
    cases = {one.id for one in moved if one.kind == "case"}
    calls = {one.id for one in moved if one.kind == "summons"}
    told = {one.id for one in moved if one.kind == "dispute"}
    of_calls = dict(Summons.objects.visible_to(by).filter(pk__in=calls).values_list("pk", "case__number"))
    of_cases = dict(Case.objects.visible_to(by).filter(pk__in=cases).values_list("pk", "number"))
    calls_seen = Summons.objects.visible_to(by)
    disputes = Dispute.objects.filter(pk__in=told, summons__in=calls_seen)
    of_disputes = dict(disputes.values_list("pk", "summons__case__number"))
    named: dict[str, dict[int, str]] = {"case": of_cases, "summons": of_calls, "dispute": of_disputes}
    return [Deadline(one, named.get(one.kind, {}).get(one.id, "")) for one in moved]


def steps(change: Change) -> list[Any]:
    return list(change.steps.select_related("actor").order_by("-number"))
