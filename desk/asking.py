"""What the address of a list of cases asks for: read with care, applied to cases, written again as an address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise

from cases.filters import EVERY, OPEN, CaseFilter
from cases.models import State
from cases.models.case import ENDED
from cases.querysets import CaseQuerySet
from desk.search import LONGEST, Asked, Known, known_of, narrowed
from grids.standing import Standing
from people.drawn import page

WORDS = "q"
KNOWN = (*CaseFilter.base_filters, WORDS)
LONGEST_QUERY = 1200
PAGING = ("before", "after", "ticked")
OPEN_STATES = [state for state in State if state not in ENDED]


@dataclass(frozen=True)
class Fault:
    """Something in the address that asks for nothing there is."""

    label: str | Promise
    value: str


class Question:
    """The filters of one address. One that is not understood is a fault, and then nothing is shown at all."""

    def __init__(self, given: Mapping[str, str], *, at: datetime, by: Standing) -> None:
        self.at, self.by = at, by
        self.said = {name: str(given[name]).strip() for name in KNOWN if str(given.get(name) or "").strip()}
        self.filters = CaseFilter({**self.said, "state": self.state}, at=at, by=by)
        if WORDS in self.said:
            self.said[WORDS] = self.said[WORDS][:LONGEST]
        wrong = [Fault(self.filters.filters[name].label, self.said.get(name, "")) for name in self.filters.errors]
        strange = [Fault(name, str(given[name])) for name in sorted(set(given) - {*KNOWN, *PAGING})]
        self.faults = [*wrong, *strange]

    @property
    def state(self) -> str:
        """Open cases, unless the address says otherwise or asks for a day of closing."""
        closing = any(name in self.said for name in ("closed_from", "closed_to"))
        return self.said.get("state") or (State.CLOSED if closing else OPEN)

    @property
    def due(self) -> str:
        return self.said.get("due", "")

    @property
    def by_time_left(self) -> bool:
        """Open cases are read by the time they have left; where ended ones are among them, the newest come first."""
        return bool(self.due) or self.state not in (EVERY, *ENDED)

    @property
    def query(self) -> str:
        """The same question in the one way to write it."""
        return urlencode({"state": self.state, **self.said})

    def narrow(self, cases: CaseQuerySet, without: Collection[str] = ()) -> CaseQuerySet:
        """What of these cases is asked for, as far as the other filters say."""
        if self.faults:
            return cases.none()
        for name, value in self.filters.form.cleaned_data.items():
            if name not in without:
                cases = self.filters.filters[name].filter(cases, value)
        return self._having_words(cases) if WORDS in self.said else cases

    def _having_words(self, cases: CaseQuerySet) -> CaseQuerySet:
        asked, known = self._words
        return narrowed(cases, asked, known) if asked.words else cases.none()

    @cached_property
    def _words(self) -> tuple[Asked, Known]:
        """Looked up once for all that is counted and shown."""
        asked = Asked.read(self.said[WORDS])
        return asked, known_of(asked)

    def address(self, **other: str) -> str:
        """This list with other values; an empty one takes a filter out."""
        wanted = {"state": self.state, **self.said, **other}
        return address({name: value for name, value in wanted.items() if value})


def read(query: str) -> dict[str, str]:
    """The filters of an address that was kept."""
    return QueryDict(query[:LONGEST_QUERY]).dict()


def address(said: Mapping[str, str], **more: str) -> str:
    query = urlencode({**said, **more})
    return f"{page('desk:cases', settings.ROOT_URLCONF)}{'?' if query else ''}{query}"
