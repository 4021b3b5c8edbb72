"""Proposals for the responsibility list as their pages read them: the most disputed first, then what was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from accountability.duties import version_on
from accountability.models import ItemVersion
from cases.models import Case, Dispute, Precedent, Proposal
from grids.standing import Standing

SIZE, MOST = 30, 100


@dataclass(frozen=True)
class Evidence:
    """A case that a proposal names, with what was disputed about it and what was ruled.

    Precedents are read by everybody at work, also where the case is not seen: then `case` is None.
    """

    case: Case | None
    disputes: list[Dispute]
    precedents: list[Precedent]


def waiting(at: datetime) -> tuple[list[Proposal], int]:
    """What waits for an answer, the most disputed first and of these the oldest; and how many wait in all."""
    rows = _read(Proposal.objects.open()).counted(at).order_by("-disputed", "pk")
    return titled(list(rows[:MOST]), at), Proposal.objects.open().count()


def decided(at: datetime, before: int | None) -> tuple[list[Proposal], str]:
    """What was answered, the newest proposal first; and the key of the next page."""
    rows = _read(Proposal.objects.exclude(upshot="")).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    return titled(found[:SIZE], at), str(found[SIZE - 1].pk) if len(found) > SIZE else ""


def evidence(proposal: Proposal, by: Standing) -> tuple[list[Evidence], int]:
    """The cases that it names and this person sees, and how many more it names."""
    disputes = Prefetch("disputes", Dispute.objects.select_related("unit", "believed").order_by("pk"))
    precedents = Prefetch("precedents", Precedent.objects.select_related("unit").order_by("pk"))
    seen = list(proposal.cases.visible_to(by).prefetch_related(disputes, precedents).order_by("-pk"))
    shown = [Evidence(case, list(case.disputes.all()), list(case.precedents.all())) for case in seen]
    others = Precedent.objects.filter(case__proposals=proposal).exclude(case__in=seen).select_related("unit")
    shown += [Evidence(None, [], [one]) for one in others.order_by("pk")]
    return shown, proposal.cases.count() - len(seen)


def titled(rows: list[Proposal], at: datetime) -> list[Proposal]:
    """Each with what its item is called today."""
    items = {row.item_id for row in rows if row.item_id}
    said = ItemVersion.objects.filter(version=version_on(localdate(at)), item__in=items)
    titles = dict(said.values_list("item", "title"))
    for row in rows:
        row.title = titles.get(row.item_id, "")
    return rows


def _read(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related("item", "by", "unit", "decided_by")
