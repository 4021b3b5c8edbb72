"""Suggests where a text belongs: an item of the list first, else a function of a department, else a person decides."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest
from math import exp
from operator import itemgetter

from accountability.models import Boundary, Function, Limit, ListVersion
from accountability.spans import amount_of
from accountability.suggester.beside import NOWHERE, Reason, Scene, lift_of, reasons
from accountability.suggester.kept import Known, known
from accountability.suggester.nearest import Near
from accountability.suggester.signs import Signs, pairs_of, signs_of

SHOWN = 3
BROUGHT_UP = 6  # so many the words bring up, of which what stands beside them may lift one
LEAST = 2  # pairs of signs that two must have in common: 占道经营 has three
FEW = 12  # of a text as short as a question one is enough: 路灯 is one
SPEAKING = 4  # words shown for each
FITS = 0.5  # the share of all confidence from which on the list is believed to hold it
SURE = 0.1  # below it even the nearest is a guess
MOST_SAID = 95  # percent: of what it was surest of, so many of 100 were right (docs/suggester.md)


@dataclass(frozen=True)
class Suggestion:
    """An item or a function, in which words it and the matter agree, and how sure that is (0 to 1).

    `beside` is what else spoke for it: its place, the time, a ruling.
    """

    code: str
    title: str
    words: tuple[str, ...]
    confidence: float
    function: Function | None = None
    beside: tuple[Reason, ...] = ()

    @property
    def percent(self) -> int:
        return min(round(self.confidence * 100), MOST_SAID)

    @property
    def within(self) -> str:
        """How long the unit has, in words; "" where it is answered at once, or the item's own limits hold."""
        if self.function is None or not self.function.amount:
            return ""
        return amount_of(Limit(amount=self.function.amount, unit=self.function.time_unit))


@dataclass(frozen=True)
class Suggested:
    """At most three, the best first; how sure it is that some item of the list fits; which of two applies when.

    Whether an item fits is said by the words alone: a place must draw no matter to its street.
    """

    found: tuple[Suggestion, ...] = ()
    fits: float = 0.0
    notes: tuple[Boundary, ...] = ()

    @property
    def none_fits(self) -> bool:
        """No item of the list: that is an answer, too."""
        return self.fits < FITS

    @property
    def percent(self) -> int:
        return min(round((1 - self.fits if self.none_fits else self.fits) * 100), MOST_SAID)

    @property
    def beyond(self) -> bool:
        return any(one.function for one in self.found)

    @property
    def route(self) -> Suggestion | None:
        """The 81 first, then what departments do anyway; None where a person has to decide."""
        of_its_kind = (one for one in self.found if (one.function is not None) == self.none_fits)
        best = next(of_its_kind, None)
        return best if best and best.confidence >= SURE else None


def suggested(
    matter: Sequence[str], version: ListVersion | None, day: date, scene: Scene = NOWHERE
) -> Suggested:  # fmt: skip
    """For a summary and what else was said, by the version of the list and the functions of that day.

    One statement, and 5 ms at most, once the rows are known. Without a list nothing is suggested.
    """
    signs = signs_of(matter)
    if version is None or not signs:
        return Suggested()
    rows = known(version, day)
    near, fits = rows.prototypes.nearest(signs, SHOWN if scene is NOWHERE else BROUGHT_UP)
    pairs = [pair for text in matter for pair in pairs_of(text)]
    least = LEAST if len(signs) > FEW else 1
    spoke = [(one, _beside(one, least, scene, rows)) for one in near]
    found = tuple(_suggestion(one, beside, pairs, rows) for one, beside in _lifted(spoke) if len(one.spoke) >= least)
    return Suggested(found, fits, notes_between({one.code for one in found}, rows)) if found else Suggested()


def _beside(one: Near, least: int, scene: Scene, rows: Known) -> tuple[Reason, ...]:
    """Nothing for what too few words have brought up."""
    learnt, enough = rows.prototypes, len(one.spoke) >= least
    return reasons(one.code, scene, learnt.seasons, learnt.place) if enough else ()


def _lifted(spoke: list[tuple[Near, tuple[Reason, ...]]]) -> list[tuple[Near, tuple[Reason, ...]]]:
    """The first three, once what stands beside the words has spoken; how sure they are adds up with all others."""
    if not any(beside for _one, beside in spoke):
        return spoke[:SHOWN]
    odds = [one.confidence * exp(lift_of(beside)) for one, beside in spoke]
    whole = 1 + sum(odds) - sum(one.confidence for one, _beside in spoke)
    lifted = [(replace(one, confidence=own / whole), beside) for own, (one, beside) in zip(odds, spoke, strict=True)]
    return sorted(lifted, key=lambda row: -row[0].confidence)[:SHOWN]


def notes_between(codes: Set[str], rows: Known) -> tuple[Boundary, ...]:
    """Which of two applies when, for every two of these that lie close together."""
    return tuple(note for note in rows.notes if note.one in codes and note.other in codes)


def _suggestion(near: Near, beside: tuple[Reason, ...], pairs: list[str], rows: Known) -> Suggestion:
    function = rows.functions.get(near.code)
    title = function.title if function else rows.titles[near.code]
    return Suggestion(near.code, title, words_of(near.spoke, pairs), near.confidence, function, beside)


def words_of(spoke: Signs, pairs: list[str]) -> tuple[str, ...]:
    """The words that spoke loudest, of the pairs in the order of the text; 占道, 道经, 经营 are one word: 占道经营."""
    return tuple(word for word, _part in nlargest(SPEAKING, _joined(pairs, spoke), key=itemgetter(1)))


def _joined(pairs: list[str], spoke: Signs) -> list[tuple[str, float]]:
    """Neighbouring pairs that spoke, as words with what they said together; a word counts once."""
    words: dict[str, float] = {}
    word, part, last = "", 0.0, ""
    for pair in [*pairs, ""]:
        if pair in spoke and last and pair[0] == last[-1]:
            word, part = word + pair[1:], part + spoke[pair]
        else:
            if word:
                words[word] = max(part, words.get(word, 0.0))
            word, part = (pair, spoke[pair]) if pair in spoke else ("", 0.0)
        last = pair if pair in spoke else ""
    return list(words.items())
