"""谁来管: who answers for what somebody describes, word for word as the list in force says it.

Words are asked of the suggester (`accountability.suggester.answering`): the items of the list first, then what
departments do beyond it; where neither is sure enough, nobody is named and a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch
from django.utils.timezone import localdate

from accountability.duties import version_on
from accountability.models import Boundary, Duty, DutyKind, ItemVersion, ListVersion, Situation
from accountability.situations import of_list, search
from accountability.suggester.answering import SURE, Suggested, Suggestion, suggested
from accountability.suggester.beside import NOWHERE, Reason, Scene
from accountability.worktime import LOCAL

DUTIES = Prefetch("duties", Duty.objects.select_related("unit").order_by("kind", "order", "pk"))


@dataclass(frozen=True)
class Responsible:
    """An item as the version says it, how sure it is, and the situation of it that lies nearest to the words."""

    said: ItemVersion
    situation: Situation | None = None
    suggestion: Suggestion | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """That spoke for it."""
        return self.suggestion.words if self.suggestion else ()

    @property
    def beside(self) -> tuple[Reason, ...]:
        """What else spoke for it."""
        return self.suggestion.beside if self.suggestion else ()

    @property
    def leads(self) -> list[Duty]:
        return [duty for duty in self.said.duties.all() if duty.kind == DutyKind.LEAD]

    @property
    def supports(self) -> list[Duty]:
        return [duty for duty in self.said.duties.all() if duty.kind != DutyKind.LEAD]


@dataclass(frozen=True)
class Answer:
    """What the version knows of it, the best first, then what departments do beyond the list, and mere guesses.

    Nothing is an answer: nobody is named because nobody else was found.
    """

    version: ListVersion | None
    rows: tuple[Responsible, ...] = ()
    suggested: Suggested = field(default_factory=Suggested)

    @property
    def beyond(self) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.suggested.found if one.function and one.confidence >= SURE)

    @property
    def guesses(self) -> tuple[Suggestion, ...]:
        """What was near, but not near enough to be named as an answer."""
        return tuple(one for one in self.suggested.found if one.confidence < SURE)

    @property
    def notes(self) -> tuple[Boundary, ...]:
        return self.suggested.notes

    @property
    def none_fits(self) -> bool:
        """No item of the list: not where a link named the situation of one."""
        return not self.rows if not self.suggested.found else self.suggested.none_fits

    @property
    def silent(self) -> bool:
        return not self.rows and not self.beyond


def responsible(*, words: str = "", situation: str = "", at: datetime, scene: Scene = NOWHERE) -> Answer:
    """For a situation by its code, else for words. A fixed number of statements, whatever is found."""
    day = localdate(at, LOCAL)
    version = version_on(day)
    if situation:
        named = of_list(version).filter(code=situation).select_related("item").first()
        return Answer(version, _said(version, [], {named.item.code: named}) if named else ())
    found = suggested([words], version, day, scene)
    sure = [one for one in found.found if one.function is None and one.confidence >= SURE]
    return Answer(version, _said(version, sure, _nearest(words, version, sure)), found)


def _nearest(words: str, version: ListVersion | None, found: list[Suggestion]) -> dict[str, Situation]:
    """Of each item by its code the situation that the words come nearest to; it says how urgent the matter is."""
    among = of_list(version).filter(item__code__in=[one.code for one in found])
    nearest: dict[str, Situation] = {}
    for one in search(words, among).rows if found else ():
        nearest.setdefault(one.situation.item.code, one.situation)
    return nearest


def _said(
    version: ListVersion | None, found: Iterable[Suggestion], situations: dict[str, Situation]
) -> tuple[Responsible, ...]:
    """Each item once, the best first."""
    suggestions = {one.code: one for one in found}
    codes = list(suggestions) or list(situations)
    rows = ItemVersion.objects.filter(version=version, item__code__in=codes)
    said = {row.item.code: row for row in rows.select_related("item__category", "version").prefetch_related(DUTIES)}
    return tuple(Responsible(said[code], situations.get(code), suggestions.get(code)) for code in codes if code in said)
