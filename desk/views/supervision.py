"""The supervision board: what stands on which rung now, which orders are open, and what to do next."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from desk.supervised import grouped, rows_of
from desk.supervision import GROUPS, SIZE, Board, Key, oversees
from desk.views.my_work import Chip
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in

EVERYTHING = _("All")


@require_safe
@staff_required
def supervision(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not oversees(standing):
        raise Http404
    board = Board(standing, at, request.GET.get("unit", ""), request.GET.get("street", ""))
    rung = request.GET.get("rung", "")
    rung = rung if rung in GROUPS else ""
    entries, older = board.page(rung, _read(request.GET.get("after", "")))
    rows = grouped(rows_of(entries, standing, at))
    facts = {
        "at": at,
        "board": board,
        "rung": rung,
        "counts": board.counts,
        "total": sum(board.counts.values()),
        "chips": _chips(board, rung),
        "groups": [(GROUPS[code], board.counts[code], rows[code]) for code in GROUPS if code in rows],
        "older": _address(board, rung, older) if older else "",
        "newest": _address(board, rung) if "after" in request.GET else "",
        "page_size": SIZE,
    }
    return render(request, "desk/supervision.html", facts)


def _chips(board: Board, rung: str) -> list[Chip]:
    """Every group, also an empty one: that nothing stands there is worth knowing."""
    every = Chip(_address(board), EVERYTHING, sum(board.counts.values()), not rung)
    return [every, *(Chip(_address(board, code), GROUPS[code], board.counts[code], code == rung) for code in GROUPS)]


def _address(board: Board, rung: str = "", key: Key | None = None) -> str:
    after = f"{key[0]},{key[1].isoformat()},{key[2]}" if key else ""
    given = {"rung": rung, "unit": board.unit, "street": board.street, "after": after}
    said = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('desk:supervision')}{'?' if said else ''}{said}"


def _read(after: str) -> Key | None:
    """The entry behind which a page begins; what is none begins at the beginning."""
    group, _comma, rest = after.partition(",")
    moment, _comma, number = rest.partition(",")
    pk = number_in(number)
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (group, when, pk) if group in GROUPS and pk is not None and when.tzinfo else None
