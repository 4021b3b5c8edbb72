"""What another version of the list would do: cases that would go to another unit, by unit and street, and which."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accountability.changing.posts import LIST_DECIDING, LISTING
from cases import supporting
from cases.impact import OF, PAST, WAYS, Counted, Effect, behind, effect, moved
from cases.models import Case
from desk.views.listversions import two
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in
from people.models import Unit

SIZE = 50


@dataclass(frozen=True)
class Row:
    """A unit or a street with its counts; `asks` narrows the address to what is behind them."""

    name: str
    count: Counted
    asks: str


@require_safe
@staff_required
def impact(request: HttpRequest) -> HttpResponse:
    """The counts are the district's. Whoever writes or decides the list finds number, place and state of each case
    behind one; what it is about, as anybody, only of those that they may see."""
    at, standing = reader(request)
    before, after = two(request, standing)
    items = moved(before, after)
    told = effect(items, at)
    others = supporting.changed(before, after)
    wanted = _wanted(request)
    pair = {"before": before.pk, "after": after.pk}
    facts: dict[str, Any] = {
        "before": before, "after": after, "told": told, "days": PAST.days, "others": len(others),
        "tables": _tables(told, supporting.counted(others, at), pair),
        "here": f"?{urlencode(pair)}", "wanted": wanted,
    }  # fmt: skip
    if wanted:
        asked = {name: value for name, value in wanted.items() if value is not None}
        found = _found(items, others, at, asked)
        whole = LISTING.allows(standing, "") or LIST_DECIDING.allows(standing, "")
        mine = found & Case.objects.visible_to(standing)
        listed = found.filter(Q(confidential=False) | Q(pk__in=mine.values("pk"))) if whole else mine
        facts |= _behind(request, listed, {**pair, **asked}, standing) | {"where": _where(found), "whole": whole}
    return render(request, "desk/list_impact.html", facts)


def _found(items: Any, others: supporting.Changed, at: datetime, asked: dict[str, Any]) -> Any:
    """The cases behind a count of leads, or of those who support."""
    if asked["way"] in supporting.WAYS:
        return supporting.behind(others, at, of=asked["of"], way=asked["way"], unit=asked.get("unit"))
    return behind(items, at, **asked)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """Which count is to be opened; nothing where none is. Raises Http404 for what no page links to."""
    said = request.GET
    if "of" not in said:
        return {}
    if said["of"] not in OF or said.get("way", "") not in ("", *WAYS, *supporting.WAYS):
        raise Http404
    numbers = {name: number_in(said.get(name)) for name in ("unit", "street")}
    return {"of": said["of"], "way": said.get("way", ""), **numbers}


def _tables(told: Effect, support: supporting.Support, pair: dict[str, int]) -> list[tuple[str, list[Row]]]:
    """Who would get them, who would give them up, and where; who would support as well, or no more; the greatest
    first."""
    names = dict(
        Unit.objects.filter(
            pk__in={*told.to, *told.source, *told.streets, *support.joins, *support.leaves}
        ).values_list("pk", "short_name")
    )  # fmt: skip

    def rows(counts: dict[int, Counted], name: str, way: str) -> list[Row]:
        ranked = sorted(counts.items(), key=lambda one: (-one[1].past, -one[1].open, names[one[0]]))
        told = {"way": way} if way else {}
        return [Row(names[pk], count, f"?{urlencode({**pair, **told, name: pk})}") for pk, count in ranked]

    return [
        ("to", rows(told.to, "unit", "to")),
        ("from", rows(told.source, "unit", "from")),
        ("street", rows(told.streets, "street", "")),
        ("joins", rows(support.joins, "unit", "joins")),
        ("leaves", rows(support.leaves, "unit", "leaves")),
    ]


def _where(found: Any) -> list[tuple[str, str, int]]:
    """Where the cases behind a count lie, by item and street, the most first; of no case more than that it is there."""
    counted = found.order_by().values_list("item__code", "office__short_name").annotate(count=Count("pk"))
    return list(counted.order_by("-count", "item__code", "office__short_name")[:SIZE])


def _behind(request: HttpRequest, listed: Any, asked: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """One page of the cases behind a count, newest first, and which of them the reader may open."""
    last = number_in(request.GET.get("last"))
    page = listed.filter(pk__lt=last) if last else listed
    rows = list(page.select_related("item", "office", "category").order_by("-pk")[: SIZE + 1])
    onward = f"?{urlencode({**asked, 'last': rows[SIZE - 1].pk})}#cases" if len(rows) > SIZE else ""
    return {
        "cases": rows[:SIZE], "listed": listed.count(), "open_to": _open_to(standing, rows), "older": onward,
        "page_size": SIZE,
        "newest": f"?{urlencode(asked)}#cases" if last else "",
    }  # fmt: skip


def _open_to(standing: Standing, rows: list[Case]) -> set[int]:
    mine = Case.objects.visible_to(standing).filter(pk__in=[row.pk for row in rows])
    return set(mine.values_list("pk", flat=True))
