"""Drafts of a list as their pages show them: which are open, what stands beside them, what is to come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from accountability.listing import version_named
from accountability.models import ItemVersion, ListKind, ListVersion, Stand
from changes.models import Change, State

SENT = (State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class Line:
    """A version or a draft as a list of them shows it."""

    version: ListVersion
    stand: Stand
    items: int


def drafts_open(kind: int) -> list[ListVersion]:
    """The drafts that may be written at, the newest first."""
    rows = ListVersion.objects.filter(kind=kind, number=None).exclude(change__state__in=SENT)
    return list(rows.order_by("-pk"))


def approved(kind: int) -> tuple[date, ListVersion] | None:
    """The version of this list that a second person has approved, with its day; None where nothing is to come."""
    rows = Change.objects.filter(kind="list", subject__in=ListKind.objects.filter(pk=kind).values("code"))
    change = rows.filter(state=State.APPROVED).first()
    return (change.in_force_from, version_named(change.after)) if change else None


def lines(versions: QuerySet[ListVersion], day: date) -> list[Line]:
    """Each with how far it has come and how many items it holds, drafts first; two queries."""
    rows = versions.select_related("kind", "change", "made_by")
    found = list(rows.order_by("kind__order", F("number").desc(nulls_first=True), "-pk"))
    held = ItemVersion.objects.filter(version__in=found).order_by().values_list("version").annotate(Count("pk"))
    counts = dict(held)
    return [Line(row, row.stand(day), counts.get(row.pk, 0)) for row in found]
