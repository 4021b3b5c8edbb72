"""Marks as their pages show them: three figures in words, counted, and traced to the rows behind each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Clock
from assessment.models import Mark, MarkDay
from assessment.sentences import sentence
from cases.models import Step

PERIOD = 30
VALUES: dict[str, bool | None] = {"yes": True, "no": False, "none": None}
LIGHTS = {True: "done", False: "late", None: "wait"}


@dataclass(frozen=True)
class FigureWords:
    """How one figure of a mark is called, and what each outcome is called."""

    code: str
    name: Promise
    outcomes: dict[bool | None, Promise]

    @property
    def best(self) -> Promise:
        return self.outcomes[True]


FIGURES = (
    FigureWords(
        "responded",
        _("Response"),
        {True: _("In time"), False: _("Not in time"), None: _("Not counted")},
    ),
    FigureWords(
        "solved",
        _("Solution"),
        {True: _("Solved"), False: _("Unsolved"), None: _("Not counted")},
    ),
    FigureWords(
        "satisfied",
        _("Satisfaction"),
        {True: _("Satisfied"), False: _("Not satisfied"), None: _("Not counted")},
    ),
)


@dataclass(frozen=True)
class Figure:
    """One figure with its light, its sentence and, on the mark's own page, the rows it was read from."""

    words: FigureWords
    value: bool | None
    sentence: str
    steps: tuple[Step, ...] = ()
    clocks: tuple[Clock, ...] = ()

    @property
    def light(self) -> str:
        return LIGHTS[self.value]

    @property
    def outcome(self) -> Promise:
        return self.words.outcomes[self.value]


@dataclass(frozen=True)
class Tally:
    """How often each outcome of a figure came out, among all marks that the list could show."""

    words: FigureWords
    counts: dict[str, int]

    @property
    def well(self) -> int:
        return self.counts["yes"]

    @property
    def counted(self) -> int:
        return self.counts["yes"] + self.counts["no"]


def tallies(days: QuerySet[MarkDay]) -> list[Tally]:
    """Every outcome of every figure in one query, from the rows that count marks by day."""
    sums = [f"{words.code}_{end}" for words in FIGURES for end in ("yes", "no")]
    found = {name: number or 0 for name, number in days.aggregate(*map(Sum, ("number", *sums))).items()}
    made = []
    for words in FIGURES:
        yes, no = (found[f"{words.code}_{end}__sum"] for end in ("yes", "no"))
        made.append(Tally(words, {"yes": yes, "no": no, "none": found["number__sum"] - yes - no}))
    return made


def figures(mark: Mark) -> list[Figure]:
    """The three figures as a list shows them."""
    return [Figure(words, getattr(mark, words.code), sentence(mark.evidence[words.code])) for words in FIGURES]


def explained(mark: Mark) -> list[Figure]:
    """The three figures with the steps and clocks behind them; two queries."""
    steps = Step.objects.filter(case=mark.case_id).select_related("unit", "actor").in_bulk(_ids(mark, "steps"))
    clocks = Clock.objects.select_related("limit", "holder").in_bulk(_ids(mark, "clocks"))
    found = []
    for words in FIGURES:
        said = mark.evidence[words.code]
        rows = _of(steps, said["steps"]), _of(clocks, said["clocks"])
        found.append(Figure(words, getattr(mark, words.code), sentence(said), *rows))
    return found


def _ids(mark: Mark, what: str) -> list[int]:
    return [pk for words in FIGURES for pk in mark.evidence[words.code][what]]


def _of(rows: dict[int, Any], ids: Iterable[int]) -> tuple[Any, ...]:
    return tuple(rows[pk] for pk in ids if pk in rows)
