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

from accountability.coverage import notice
from desk.handed import handed_to
from desk.kinds import KINDS
from desk.rows import Row, rows_of
from desk.work import GROUPS, HANDS, Turn, Work, work_of
from grids.reading import reader
from people.models import Role

SIZE = 50
ASIDE = 5
WAITING = "waiting"
HAND_WORDS = {"mine": _("In my hands"), "nobody": _("In nobody's hands"), "colleague": _("In a colleague's hands")}
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
    work = work_of(standing, at)
    kind, hand = request.GET.get("kind", ""), request.GET.get("hand", "")
    turns = chosen(work, kind, hand)
    page, older = paged(turns, request.GET.get("after", ""))
    rows = rows_of([*page, *work.waiting[:ASIDE]], work, at)
    facts = {
        "at": at,
        "notice": notice(at) if Role.SYSTEM_ADMIN in standing.roles else "",
        "total": len(work.turns),
        "handed": handed_to(standing),
        "chips": chips(work, kind, hand),
        "hands": hand_chips(work, kind, hand),
        "kind": KINDS.get(kind),
        "hand": HAND_WORDS.get(hand),
        "waits": kind == WAITING,
        "count": len(turns),
        "groups": groups(turns, rows[: len(page)], at),
        "waiting": rows[len(page) :],
        "waiting_count": len(work.waiting),
        "older": _address(kind, hand, older) if older else "",
        "newest": _address(kind, hand) if "after" in request.GET else "",
        "page_size": SIZE,
    }
    return render(request, "desk/my_work.html", facts)


def chosen(work: Work, kind: str = "", hand: str = "") -> list[Turn]:
    """The list that a chip opens."""
    if kind == WAITING:
        return work.waiting
    turns = [turn for turn in work.turns if turn.kind is KINDS[kind]] if kind in KINDS else work.turns
    return [turn for turn in turns if turn.hand == hand] if hand in HANDS else turns


def chips(work: Work, current: str, hand: str = "") -> list[Chip]:
    """Every kind there is something of in these hands, each with as many as its list holds."""
    hand = "" if current == WAITING else hand
    counts = {code: len(chosen(work, code, hand)) for code in KINDS}
    found = [
        Chip(_address(code, hand), kind.waits, counts[code], current == code)
        for code, kind in KINDS.items()
        if counts[code] or current == code
    ]
    every = len(chosen(work, "", hand))
    return [Chip(_address("", hand), _("All"), every, current not in (*KINDS, WAITING)), *found]


def hand_chips(work: Work, kind: str, current: str) -> list[Chip]:
    """In whose hands the summonses of one's unit are; nothing where none waits, or all are one's own."""
    if kind == WAITING or not {turn.hand for turn in work.turns} - {"", "mine"}:
        return []
    anybody = Chip(_address(kind), _("In anybody's hands"), len(chosen(work, kind)), current not in HANDS)
    found = [(hand, len(chosen(work, kind, hand))) for hand in HANDS]
    return [anybody, *(Chip(_address(kind, hand), HAND_WORDS[hand], n, hand == current) for hand, n in found)]


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


def _address(kind: str = "", hand: str = "", after: str = "") -> str:
    hand = hand if hand in HANDS else ""
    given = {name: value for name, value in (("kind", kind), ("hand", hand), ("after", after)) if value}
    return f"{reverse('desk:my_work')}{'?' if given else ''}{urlencode(given)}"
