"""谁来管: who answers for what somebody describes, word for word as the list in force says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.timezone import localdate

from accountability import bigrams
from accountability.beyond import Beyond, functions_for
from accountability.duties import version_on
from accountability.models import Boundary, Duty, DutyKind, ItemVersion, ListVersion, Situation
from accountability.situations import Found, of_list, search
from accountability.worktime import LOCAL

SHOWN = 5
DUTIES = Prefetch("duties", Duty.objects.select_related("unit").order_by("kind", "order", "pk"))


@dataclass(frozen=True)
class Responsible:
    """An item as the version says it, and the situation that led to it, with the words that spoke for it."""

    said: ItemVersion
    situation: Situation | None = None
    words: tuple[str, ...] = ()

    @property
    def leads(self) -> list[Duty]:
        return [duty for duty in self.said.duties.all() if duty.kind == DutyKind.LEAD]

    @property
    def supports(self) -> list[Duty]:
        return [duty for duty in self.said.duties.all() if duty.kind != DutyKind.LEAD]


@dataclass(frozen=True)
class Answer:
    """What the version knows of it, the best first, then what departments do beyond the list.

    `near` where nothing has all of the words. Nothing is an answer: nobody is named because nobody else was found.
    """

    version: ListVersion | None
    rows: tuple[Responsible, ...] = ()
    near: bool = False
    beyond: tuple[Beyond, ...] = ()
    notes: tuple[Boundary, ...] = ()

    @property
    def silent(self) -> bool:
        return not self.rows and not self.beyond


def responsible(*, words: str = "", situation: str = "", at: datetime) -> Answer:
    """For a situation by its code, else for words. A fixed number of statements, whatever is found."""
    version = version_on(localdate(at, LOCAL))
    offered = of_list(version)
    if situation:
        named = [Found(one, ()) for one in offered.filter(code=situation).select_related("item")]
        return Answer(version, _said(version, named))
    found, titled, beyond = search(words, offered), _titled(version, words), functions_for(words, at)
    exact = bool(titled) or (bool(found.rows) and not found.near) or any(not one.near for one in beyond)
    rows = () if exact and found.near else found.rows
    said = _said(version, rows, titled)
    kept = tuple(one for one in beyond if not (exact and one.near))
    notes = _between([*(row.said.item.code for row in said), *(one.function.code for one in kept)])
    return Answer(version, said, near=not exact and bool(said or kept), beyond=kept, notes=notes)


def _between(codes: list[str]) -> tuple[Boundary, ...]:
    """Which of two neighbours applies, where both come up."""
    return tuple(Boundary.objects.filter(one__in=codes, other__in=codes)) if len(codes) > 1 else ()


def _titled(version: ListVersion | None, words: str) -> list[int]:
    """Items whose own name has every word: the list is short, and read through."""
    wanted = Q()
    for word in words.split():
        if len(bigrams.fold(word)) >= bigrams.LEAST:
            wanted &= Q(title__icontains=word)
    rows = ItemVersion.objects.filter(wanted, version=version) if wanted else ItemVersion.objects.none()
    return list(rows.order_by("item__code").values_list("item", flat=True)[:SHOWN])


def _said(version: ListVersion | None, found: Iterable[Found], titled: Iterable[int] = ()) -> tuple[Responsible, ...]:
    """Each item once, led to by the best of its situations."""
    by_item: dict[int, Found | None] = {}
    for one in found:
        by_item.setdefault(one.situation.item_id, one)
    for item in titled:
        by_item.setdefault(item, None)
    wanted = list(by_item)[:SHOWN]
    rows = ItemVersion.objects.filter(version=version, item__in=wanted)
    said = {row.item_id: row for row in rows.select_related("item__category", "version").prefetch_related(DUTIES)}
    return tuple(_one(said[item], by_item[item]) for item in wanted if item in said)


def _one(said: ItemVersion, found: Found | None) -> Responsible:
    return Responsible(said, found.situation, found.words) if found else Responsible(said)
