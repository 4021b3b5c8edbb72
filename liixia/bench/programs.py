"""The same work as asked for by programs, each with a token of its own."""

import json
import random
import uuid
from collections.abc import Iterator

from audit import clock
from cases.models import Answer, Summons, Verb
from grids.models import Area, AreaKind
from liixia.bench import floors
from liixia.bench.driving import Ask, bare, get, post, served
from liixia.bench.measuring import line
from liixia.bench.pages import numbers, of_role, responders, told_before
from liixia.bench.serving import Served
from people.actions import make_token, revoke_token
from people.models import Role, Token, User

JSON = "application/json"


def token_of(user: User) -> dict[str, str]:
    """A new one; those of earlier runs are given back, or there would be too many."""
    for earlier in Token.objects.of(user).filter(name="bench"):
        revoke_token(earlier, by=user)
    _token, secret = make_token(user, name="bench", days=1, by=None, at=clock.now())
    return {"Authorization": f"Token {secret}"}


def api_intake(server: Served) -> dict[str, object]:
    communities = list(Area.objects.filter(kind=AreaKind.COMMUNITY).values_list("code", flat=True))
    headers, told = {**token_of(of_role(Role.CLERK)), "Content_Type": JSON}, told_before()

    def reports() -> Iterator[Ask]:
        while True:
            said = {"channel": "hotline", "words": random.choice(told), "area": random.choice(communities)}
            key = str(uuid.uuid4())
            yield post("/api/v1/reports/", json.dumps(said).encode(), 201, Idempotency_Key=key, **headers)

    ours, floor = served(server, reports(), again=False), bare(floors.intake())
    floors.clear()
    return line("api_intake", "reports/s", ours, floor)


def api_transition(server: Served) -> dict[str, object]:
    waiting = Summons.objects.filter(state=Answer.SENT, level="called").select_related("case")
    calls = list(waiting.order_by("?")[:8000])
    headers = {unit: token_of(user) for unit, user in responders({call.unit_id for call in calls}).items()}
    asks = [
        post(f"/api/v1/summonses/{call.pk}/moves/{Verb.SIGN.value}/", b"{}", 200, Content_Type=JSON,
             If_Match=f'"{call.case.version}"', **headers[call.unit_id])
        for call in _each_case_once(calls)
        if call.unit_id in headers
    ]  # fmt: skip
    return line("api_transition", "moves/s", served(server, asks, again=False), bare(floors.transition()))


def _each_case_once(calls: list[Summons]) -> list[Summons]:
    """A second move of a case would have to name the version that the first one made."""
    return list({call.case_id: call for call in calls}.values())


def api_detail(server: Served) -> dict[str, object]:
    headers = token_of(of_role(Role.DISTRICT_DESK))
    asks = [get(f"/api/v1/cases/{number}/", **headers) for number in numbers()]
    return line("api_detail", "answers/s", served(server, asks), bare(floors.detail()))


def api_list(server: Served) -> dict[str, object]:
    headers = token_of(of_role(Role.DISTRICT_DESK))
    asks = [get("/api/v1/cases/?state=all", **headers)]
    return line("api_list", "answers/s", served(server, asks), bare(floors.page()))


PROGRAMS = {
    "api_intake": api_intake, "api_transition": api_transition, "api_detail": api_detail, "api_list": api_list,
}  # fmt: skip
