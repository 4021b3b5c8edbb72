"""The moves that a reader may make, each with its address; and the whole of a case with them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from accountability.models import Clock
from audit.kept import Kept
from cases import choices
from cases.api.inspecting import photos_of
from cases.api.shapes import CaseShape, ClockShape, SummonsShape
from cases.beside import hang
from cases.models import Case, Summons, Verb
from cases.timed import of_case as of_case_clocks
from grids.standing import Standing

# A whistle finds its way by the leader or the desk; a missed call is a way to call back; residents rate by receipt.
UNSPOKEN = (Verb.ASK_DESK, Verb.ASK_LEADER, Verb.MISS, Verb.HEAR, Verb.RATE, Verb.COME_BACK)


def of_case(case: Case, by: Standing) -> list[dict[str, Any]]:
    return list(_told(choices.moves_for_case(case, by), f"/api/v1/cases/{case.number}/"))


def of_summons(call: Summons, by: Standing) -> list[dict[str, Any]]:
    return list(_told(choices.moves_for_summons(call, by), f"/api/v1/summonses/{call.pk}/"))


def _told(found: list[choices.Choice], where: str) -> Iterator[dict[str, Any]]:
    language = get_language()
    for choice in found:
        if choice.verb not in UNSPOKEN:
            made_at = "call-back/" if choice.move.facts_from else f"moves/{choice.verb.value}/"
            yield {
                "verb": choice.verb.value, "label": _label(language, choice.verb), "allowed": choice.allowed,
                "code": choice.code, "sentence": choice.refusal, "href": where + made_at,
            }  # fmt: skip


# The dozens of moves of a case are called by the same few names.
@cache
def _label(language: str | None, verb: Verb) -> str:
    return str(verb.label)


def summons_whole(call: Summons, by: Standing) -> dict[str, Any]:
    return {**SummonsShape().to_representation(call), "allowed_moves": of_summons(call, by)}


def case_whole(case: Case, by: Standing) -> dict[str, Any]:
    """A case with its summonses, clocks and open moves; found by `visible_to`, its summonses read beforehand."""
    calls = list(case.summonses.all())
    photographed = hang(case)
    for call in calls:
        call.case = case
    case.called = calls  # type: ignore[attr-defined]
    return {
        **CaseShape().to_representation(case),
        "summonses": [summons_whole(call, by) for call in calls],
        "clocks": clocks_of(case, calls),
        "photos": photos_of(case) if photographed else [],
        "allowed_moves": of_case(case, by),
    }


def clocks_of(case: Case, calls: list[Summons]) -> list[dict[str, Any]]:
    numbers = {("case", case.pk): case.number, **{("summons", call.pk): case.number for call in calls}}
    shape = ClockShape(context={"numbers": numbers})
    return [shape.to_representation(clock) for clock in _clocks(case=case.pk)]


@Kept
def _clocks(case: int) -> QuerySet[Clock]:
    return of_case_clocks(case).select_related("holder", "limit").order_by("pk")
