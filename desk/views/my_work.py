"""The start: for staff what waits for them, for everybody else the doors in."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from desk.kinds import KINDS
from desk.reader import reader
from desk.rows import Row, rows_of
from desk.work import GROUPS, Turn, Work, work_of

SIZE = 50
ASIDE = 5
WAITING = "waiting"
TITLES = {
    "over": _("Overdue"),
    "today": _("Due today"),
    "tomorrow": _("Due tomorrow"),
    "later": _("Due later, or without a due moment"),
}


@dataclass(frozen=True)
class Chip:
    href: str
    label: str | Promise
    count: int
    current: bool


@dataclass(frozen=True)
class Group:
    title: Promise
    count: int
    rows: list[Row]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return render(request, "desk/front.html")
    at, standing = reader(request)
    work = work_of(standing)
    kind = request.GET.get("kind", "")
    turns = chosen(work, kind)
    page, older = paged(turns, request.GET.get("after", ""))
    rows = rows_of([*page, *work.waiting[:ASIDE]], work, at)
    facts = {
        "at": at,
        "total": len(work.turns),
        "chips": chips(work, kind),
        "kind": KINDS.get(kind),
        "waits": kind == WAITING,
        "count": len(turns),
        "groups": groups(turns, rows[: len(page)], at),
        "waiting": rows[len(page) :],
        "waiting_count": len(work.waiting),
        "older": _address(kind, older) if older else "",
        "newest": _address(kind) if "after" in request.GET else "",
        "page_size": SIZE,
    }
    return render(request, "desk/my_work.html", facts)


def chosen(work: Work, kind: str) -> list[Turn]:
    """The list that a chip opens."""
    if kind == WAITING:
        return work.waiting
    return [turn for turn in work.turns if turn.kind is KINDS[kind]] if kind in KINDS else work.turns


def chips(work: Work, current: str) -> list[Chip]:
    """Every kind there is something of, each with as many as its list holds."""
    counts = {code: len(chosen(work, code)) for code in KINDS}
    found = [
        Chip(_address(code), kind.waits, counts[code], current == code)
        for code, kind in KINDS.items()
        if counts[code] or current == code
    ]
    return [Chip(_address(), _("All"), len(work.turns), current not in (*KINDS, WAITING)), *found]


def groups(turns: list[Turn], rows: list[Row], at: datetime) -> list[Group]:
    """The page's rows under their headings; the counts are those of the whole list."""
    everything = [turn.group(at) for turn in turns]
    found = [Group(TITLES[code], everything.count(code), [row for row in rows if row.group == code]) for code in GROUPS]
    return [group for group in found if group.rows]


def paged(turns: list[Turn], after: str) -> tuple[list[Turn], str]:
    """One page from a key on, and the key of the next."""
    key = _key(after)
    rest = [turn for turn in turns if turn.key > key] if key else turns
    page = rest[:SIZE]
    if len(rest) <= SIZE:
        return page, ""
    due, case, call = page[-1].key
    return page, f"{due.isoformat()},{case},{call}"


def _key(after: str) -> tuple[datetime, int, int] | None:
    try:
        due, case, call = after.split(",")
        moment = datetime.fromisoformat(due)
        return (moment, int(case), int(call)) if moment.tzinfo else None
    except ValueError:
        return None


def _address(kind: str = "", after: str = "") -> str:
    given = {name: value for name, value in (("kind", kind), ("after", after)) if value}
    return f"{reverse('desk:my_work')}{'?' if given else ''}{urlencode(given)}"
