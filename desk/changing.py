"""Changes as their pages show them: what waits for whom, the one next step, difference, impact, and what was done."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from accountability import catalogue
from accountability.models import ListVersion
from accountability.worktime import LOCAL
from cases.models import Case, Dispute, Summons
from changes import difference as rows_of
from changes.difference import Line
from changes.kinds import ChangeRefused, Impact, Kind, Moved, Touched, kind_of, kinds
from changes.models import Change, State, Verb
from changes.querysets import kinds_seen
from changes.workflow import open_to
from desk.itemlist import difference
from grids.standing import Standing

LISTED = "list"  # its drafts have pages of their own
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
class Weight:
    """What a change would do to the work of a unit, with the first cases of it that this person may see."""

    touched: Touched
    numbers: list[str]


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


def functions_number(at: datetime) -> int | None:
    """Of the functions in force, which go out as a workbook."""
    found = catalogue.in_force(localdate(at, LOCAL))
    return found.number if found else None


def offers(by: Standing, at: datetime) -> list[Offer]:
    """What this person may draft."""
    seen = kinds_seen(by)
    found = [
        Offer(name, kind, kind.subjects(by, at))
        for name, kind in kinds().items()
        if name in seen and name != LISTED and drafts(name, by)
    ]
    return [offer for offer in found if offer.subjects]


def drafts(name: str, by: Standing) -> bool:
    """Whether this person drafts changes of this kind."""
    return bool(by.roles.intersection(kind_of(name).DRAFTS.roles))


def lines(change: Change) -> list[Line]:
    return rows_of.difference(kind_of(change.kind).tables(change.subject), change.before, change.after)


def two_lists(change: Change, behind: str) -> dict[str, Any]:
    """Of a change of the list: the two versions that it names, and the items that differ, those behind a code; nothing
    of other changes."""
    if change.kind != LISTED:
        return {}
    ids = [next((row["version"] for row in rows.get("versions", [])), 0) for rows in (change.before, change.after)]
    rows = ListVersion.objects.select_related("kind").in_bulk(ids)
    before, after = (rows.get(pk) for pk in ids)
    if after is None:
        return {}
    return {"after": after, "before": before, "differing": difference(before, after, behind)}


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


def numbers(impact: Impact, by: Standing) -> dict[tuple[str, int], str]:
    """The case behind each subject that an impact names, where this person may see it. A query a kind of subject."""
    named = {(one.kind, one.id) for one in impact.moved} | {one for row in impact.touched for one in row.behind}
    told: dict[str, set[int]] = defaultdict(set)
    for kind, pk in named:
        told[kind].add(pk)
    calls = Summons.objects.visible_to(by)
    rows = {
        "case": Case.objects.visible_to(by).annotate(number_of=F("number")),
        "summons": calls.annotate(number_of=F("case__number")),
        "dispute": Dispute.objects.filter(summons__in=calls).annotate(number_of=F("summons__case__number")),
    }
    found = (
        ((kind, pk), number)
        for kind, ids in told.items()
        if kind in rows
        for pk, number in rows[kind].filter(pk__in=ids).values_list("pk", "number_of")
    )
    return dict(found)


def deadlines(impact: Impact, seen: dict[tuple[str, int], str]) -> list[Deadline]:
    """Each with the number of its case; "" where this person does not see the case."""
    return [Deadline(one, seen.get((one.kind, one.id), "")) for one in impact.moved]


def weights(impact: Impact, seen: dict[tuple[str, int], str]) -> list[tuple[str, list[Weight]]]:
    """What it would do, and for each unit to how many, with those of the cases behind it that this person sees."""
    found: dict[str, list[Weight]] = {}
    for row in impact.touched:
        numbers = list(dict.fromkeys(seen[one] for one in row.behind if one in seen))
        found.setdefault(str(row.what), []).append(Weight(row, numbers))
    return list(found.items())


def steps(change: Change) -> list[Any]:
    return list(change.steps.select_related("actor").order_by("-number"))
