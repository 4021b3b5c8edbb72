"""The queue of what came in and waits to be accepted: the most urgent first, one open with all it takes to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext

from accountability.suggester.answering import Suggested
from cases import duplicates
from cases.errand import Errand, of_case
from cases.forms import MoveForm
from cases.models import Case, State, Verb
from cases.placing import said_to_lie
from cases.posts import has_street
from cases.querysets import CaseQuerySet
from cases.workflow import MOVES
from desk.alike import beside
from desk.case_page.place import Place, chain_of, place
from desk.lines import Line, lines_of
from desk.suggesting import suggested_for
from engagement.public import Reporter, reporters_of, words_of
from files.showing import Shown, by_step
from grids.naming import chain_names
from grids.standing import Standing
from people.models import Role

SIZE = 30
Key = tuple[datetime | None, int]


def waiting(standing: Standing) -> CaseQuerySet:
    """What came in at the places that this person accepts for."""
    where = Q(pk__in=[])
    for role, code in standing.posts:
        if role == Role.DISPATCHER:
            where |= Q(place_code__startswith=code)
        if role == Role.DISTRICT_DESK:  # where no street is known
            where |= Q(place_code=code)
    return Case.objects.visible_to(standing).filter(where, state=State.REPORTED)


@dataclass(frozen=True)
class Page:
    """Some lines of the queue, how many wait in all, and the key of the next page."""

    lines: list[Line]
    count: int
    after: str


def page_of(standing: Standing, at: datetime, after: str) -> Page:
    """By the due moment; what awaits a calendar stands at the end."""
    everything = waiting(standing)
    rows = everything.order_by(F("due_at").asc(nulls_last=True), "pk")
    key = read_key(after)
    found = list((rows.filter(_beyond(*key)) if key else rows).values_list("pk", "due_at")[: SIZE + 1])
    shown = found[:SIZE]
    onward = written(shown[-1][1], shown[-1][0]) if len(found) > SIZE else ""
    return Page(_placed(lines_of([pk for pk, _due in shown], at)), everything.count(), onward)


def _placed(lines: list[Line]) -> list[Line]:
    """What no street has yet stands with the place that was said."""
    known = said_to_lie([line.case.pk for line in lines if not has_street(line.case)])
    return [
        replace(line, where=chain_names(chain_of(known[line.case.pk]))) if line.case.pk in known else line
        for line in lines
    ]


def _beyond(due: datetime | None, pk: int) -> Q:
    if due is None:
        return Q(due_at=None, pk__gt=pk)
    return Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk) | Q(due_at=None)


def written(due: datetime | None, pk: int) -> str:
    return f"{due.isoformat() if due else ''},{pk}"


def read_key(after: str) -> Key | None:
    """What an address says; nothing where it makes no sense."""
    due, _comma, pk = after.partition(",")
    try:
        moment = datetime.fromisoformat(due) if due else None
        number = int(pk)
    except ValueError:
        return None
    return None if (moment and not moment.tzinfo) or not 0 <= number < 2**63 else (moment, number)


@dataclass(frozen=True)
class Alike:
    """A case that may be the same matter: how it stands, in whose words, and why it may be."""

    line: Line
    words: list[str]
    reasons: list[str]
    takes_in: bool

    @property
    def case(self) -> Case:
        return self.line.case


@dataclass(frozen=True)
class Opened:
    """One case of the queue, with everything needed to decide."""

    accepting: Errand
    standing: Standing
    at: datetime
    asked_item: str

    @property
    def case(self) -> Case:
        return self.accepting.setting.case

    @cached_property
    def streetless(self) -> bool:
        return not has_street(self.case)

    @cached_property
    def place(self) -> Place:
        return place(self.case)

    @cached_property
    def reporters(self) -> list[Reporter]:
        return reporters_of(self.case, self.standing)

    @cached_property
    def photos(self) -> list[Shown]:
        groups = by_step("case", self.case.pk, self.case.lon, self.case.lat)
        return [one for group in groups.values() for one in group]

    @cached_property
    def suggested(self) -> Suggested:
        return suggested_for(self.case, self.reporters, self.at)

    @cached_property
    def alike(self) -> list[Alike]:
        """Those that can take it in first, the newest of each first."""
        found = beside(self.case, self.standing, self.at)
        keys = [one.pk for one, _same in found]
        words = words_of(keys)
        caller = [gettext("the same caller")]
        reasons = {one.pk: duplicates.reasons(self.case, one) + caller * same for one, same in found}
        rows = [
            Alike(line, words.get(line.case.pk, []), reasons[line.case.pk], duplicates.takes_in(line.case))
            for line in lines_of(keys, self.at)
        ]
        return sorted(rows, key=lambda one: not one.takes_in)

    @cached_property
    def accept(self) -> MoveForm:
        """Filled from the report, and the item as the address asks for it."""
        return self._form(self.accepting, {"item": self.asked_item} if self.asked_item else {})

    @cached_property
    def turn_down(self) -> MoveForm:
        return self._form(self._errand(Verb.TURN_DOWN))

    @cached_property
    def hand_on(self) -> MoveForm:
        return self._form(self._errand(Verb.PLACE))

    def _errand(self, verb: Verb) -> Errand:
        return Errand(MOVES[verb], self.accepting.setting)

    def _form(self, errand: Errand, more: Mapping[str, Any] | None = None) -> MoveForm:
        begun = {**self.seen, **(more or {})}
        return errand.form(initial=begun, setting=errand.setting, auto_id=f"{errand.move.verb}_%s")

    @cached_property
    def seen(self) -> dict[str, int]:
        """How far the case had come when the page was drawn."""
        return {"seen": self.case.version, "seen_step": self.accepting.last_step()}


def opened(number: str, standing: Standing, at: datetime, item: str = "") -> Opened | None:
    """None where it waits here no more, or never did."""
    if not number or not waiting(standing).filter(number=number).exists():
        return None
    return Opened(of_case(number, Verb.ACCEPT, standing, at), standing, at, item)


def address(number: str = "", after: str = "") -> str:
    given = {name: value for name, value in (("case", number), ("after", after)) if value}
    return f"{reverse('desk:queue')}{'?' if given else ''}{urlencode(given)}"
