"""Pages as people ask for them: taking in a report, a move, a case, lists, search, map and dashboard."""

import random
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cases.models import Answer, Case, Summons, Verb
from engagement.models import Report
from grids.models import Area, AreaKind, Posting
from liixia.bench import floors
from liixia.bench.driving import Ask, bare, get, post, served
from liixia.bench.house import SECRET, nobody, signed_in
from liixia.bench.measuring import line
from liixia.bench.serving import Served
from people.models import Role, UnitRole, User

FORM = "application/x-www-form-urlencoded"
MANY = 400
DEEP_PAGE = 1_000
PAGE = 50


def of_role(role: str) -> User:
    """A demo person who holds a role over an area."""
    return Posting.objects.filter(role=role, user__demo=True).select_related("user").order_by("pk")[0].user


def desk_officer() -> dict[str, str]:
    return signed_in(of_role(Role.DISTRICT_DESK))


def numbers(count: int = MANY) -> list[str]:
    """Cases from all over the table."""
    dice = random.Random(370102)
    last = Case.objects.latest("pk").pk
    found: list[str] = []
    while len(found) < count:
        wanted = [dice.randrange(1, last) for _ in range(count)]
        found += Case.objects.filter(pk__in=wanted).values_list("number", flat=True)
    return found[:count]


def intake(server: Served) -> dict[str, object]:
    communities = list(Area.objects.filter(kind=AreaKind.COMMUNITY).values_list("code", flat=True))
    headers, told = {**nobody(), "Content_Type": FORM}, told_before()

    def reports() -> Iterator[Ask]:
        while True:
            said = {
                "csrfmiddlewaretoken": SECRET, "form_key": str(uuid.uuid4()), "words": random.choice(told),
                "place": "小区南门", "area": random.choice(communities),
            }  # fmt: skip
            yield post("/report/", urlencode(said).encode(), 302, **headers)

    ours, floor = served(server, reports(), again=False), bare(floors.intake())
    floors.clear()
    return line("intake", "reports/s", ours, floor)


def told_before() -> list[str]:
    """What people reported so far: new reports say the like, or the newest cases would all be of one word."""
    return list(Report.objects.filter(case__number__in=numbers()).values_list("words", flat=True))


def transition(server: Served) -> dict[str, object]:
    waiting = Summons.objects.filter(state=Answer.SENT, level="called").select_related("case", "unit")
    calls = list(waiting.order_by("?")[:8000])
    headers = {unit: signed_in(user) for unit, user in responders({call.unit_id for call in calls}).items()}
    body = urlencode({"csrfmiddlewaretoken": SECRET}).encode()
    asks = [
        post(signing(call), body, 302, Content_Type=FORM, **headers[call.unit_id])
        for call in calls
        if call.unit_id in headers
    ]
    return line("transition", "moves/s", served(server, asks, again=False), bare(floors.transition()))


def signing(call: Summons) -> str:
    return reverse("cases:summons_move", args=[call.case.number, call.pk, Verb.SIGN.value])


def responders(units: set[int]) -> dict[int, User]:
    seats = UnitRole.objects.filter(unit__in=units, role=Role.RESPONDER, user__demo=True).select_related("user")
    return {seat.unit_id: seat.user for seat in seats}


def detail(server: Served) -> dict[str, object]:
    headers = desk_officer()
    asks = [get(f"/cases/{number}/", **headers) for number in numbers()]
    return line("detail", "pages/s", served(server, asks), bare(floors.detail()))


def first_list(server: Served) -> dict[str, object]:
    return line("list", "pages/s", served(server, [get("/cases/?state=all", **desk_officer())]), bare(floors.page()))


def deep_list(server: Served) -> dict[str, object]:
    key = deep_key()
    asks = [get(f"/cases/?state=all&before={key}", **desk_officer())]
    return line("list_1000th", "pages/s", served(server, asks), bare(floors.page(before=key)))


def deep_key() -> int:
    """The key of the thousandth page, newest first."""
    return Case.objects.order_by("-pk").values_list("pk", flat=True)[DEEP_PAGE * PAGE - 1]


def dashboard(server: Served) -> dict[str, object]:
    return line("dashboard", "pages/s", served(server, [get("/dashboard/", **desk_officer())]), bare(floors.dashboard))


def map_counts(server: Served) -> dict[str, object]:
    asks = [get("/map/counts.json", **desk_officer())]
    return line("map", "answers/s", served(server, asks), bare(floors.areas))


def search(server: Served) -> dict[str, object]:
    headers = desk_officer()
    asks = [get("/search/?" + urlencode({"q": words}), **headers) for words in two_characters()]
    return line("search", "pages/s", served(server, asks), bare(floors.search()))


def two_characters() -> list[str]:
    """Pairs of characters that stand in summaries: frequent ones, rare ones, and one that stands nowhere."""
    dice = random.Random(81)
    found = []
    for summary in Case.objects.filter(number__in=numbers(100)).order_by("pk").values_list("summary", flat=True):
        start = dice.randrange(max(1, len(summary) - 1))
        found.append(summary[start : start + 2])
    return [*sorted({pair for pair in found if len(pair) == 2 and pair.isalpha()}), "龘靐"]


PAGES: dict[str, Any] = {
    "intake": intake, "transition": transition, "detail": detail, "list": first_list, "list_1000th": deep_list,
    "dashboard": dashboard, "map": map_counts, "search": search,
}  # fmt: skip
