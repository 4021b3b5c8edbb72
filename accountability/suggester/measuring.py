"""How often the suggester is right on messages that it never saw: items and “none” apart, calibration, confusion."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from accountability.suggester.answering import FITS, SHOWN
from accountability.suggester.gold import NONE, Gold
from accountability.suggester.learning import Confirmed, Weights
from accountability.suggester.nearest import Near, Prototypes, confidences
from accountability.suggester.signs import signs_of

BANDS = 5
FOLDS = 4
LIFTS = (0.0, 0.1, 0.2, 0.35, 0.5)
SHARPER = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 100.0, 120.0)


@dataclass(frozen=True)
class Answer:
    """One message: what was suggested, how sure, whether an item was believed to fit; and what is right by a reader."""

    gold: Gold
    near: tuple[Near, ...]
    fits: float
    right: frozenset[str]
    of_the_list: bool

    @property
    def first(self) -> bool:
        return bool(self.near) and self.near[0].code in self.right

    @property
    def among(self) -> bool:
        return any(one.code in self.right for one in self.near)


def answers(gold: Iterable[Gold], prototypes: Prototypes) -> list[Answer]:
    """By the first reader."""
    asked = ((one, prototypes.nearest(signs_of(one.matter), SHOWN)) for one in gold)
    return [Answer(one, tuple(near), fits, frozenset({one.code}), one.item != NONE) for one, (near, fits) in asked]


def by_the_second(found: Iterable[Answer], items: Collection[str]) -> list[Answer]:
    """What the second reader read, by the label of that reader alone."""
    read = (one for one in found if one.gold.second)
    return [replace(one, right=frozenset({one.gold.second}), of_the_list=one.gold.second in items) for one in read]


def by_either(found: Iterable[Answer]) -> list[Answer]:
    """The same, and right is what either of them found in it; items and none as the first reader said."""
    return [replace(one, right=one.gold.either) for one in found if one.gold.second]


def agreement(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """How often two readers wrote the same, and Cohen's kappa: how far that is above chance (0) towards always (1)."""
    same = sum(one == other for one, other in pairs) / len(pairs)
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(count * second[code] for code, count in first.items()) / len(pairs) ** 2
    return same, (same - chance) / (1 - chance) if chance < 1 else 1.0


def share(found: Sequence[Answer], right: Callable[[Answer], bool]) -> float:
    return sum(map(right, found)) / len(found) if found else 0.0


def figures(found: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Of messages that belong to an item, and of those that belong to none of them, each by itself."""
    items = [one for one in found if one.of_the_list]
    none = [one for one in found if not one.of_the_list]
    told = {}
    for name, part in (("items", items), ("none", none), ("all", list(found))):
        told[name] = {"n": len(part), "top1": share(part, _first), "top3": share(part, _among)}
    told["items"]["said so"] = share(items, lambda one: one.fits >= FITS)
    told["none"]["said so"] = share(none, lambda one: one.fits < FITS)
    return told


def _first(one: Answer) -> bool:
    return one.first


def _among(one: Answer) -> bool:
    return one.among


def calibration(found: Sequence[Answer]) -> list[tuple[float, float, int]]:
    """In bands of equal size, the least sure first: how sure it was of its first, how often right, how many."""
    rows = sorted(((one.near[0].confidence, one.first) for one in found if one.near), key=lambda row: row[0])
    bands = [rows[len(rows) * nth // BANDS : len(rows) * (nth + 1) // BANDS] for nth in range(BANDS)]
    return [(sum(sure for sure, _ in band) / len(band), sum(right for _, right in band) / len(band), len(band))
            for band in bands if band]  # fmt: skip


def confusions(found: Iterable[Answer]) -> list[tuple[str, str, int]]:
    """What was right, what was said first instead, how often; the most frequent first."""
    wrong = Counter((one.gold.code, one.near[0].code if one.near else NONE) for one in found if not one.first)
    return sorted(((*pair, count) for pair, count in wrong.items()), key=lambda row: (-row[2], row[0], row[1]))


@dataclass(frozen=True)
class KeptOut:
    """The nearness of all codes to a case that nothing was learnt from, the place of the right one, what was common."""

    scores: list[float]
    right: int
    common: list[int]

    def surprise(self, sharpness: float, lift: float) -> float:
        """How unlikely the right one was held."""
        lifted = [lift if place in self.common else 0.0 for place in range(len(self.scores))]
        held = [score + more / sharpness for score, more in zip(self.scores, lifted, strict=True)]
        return -log(max(confidences(held, sharpness)[self.right], 1e-9))


def kept_out(
    confirmed: Sequence[Confirmed], learnt_from: Callable[[list[Confirmed]], Prototypes]
) -> list[KeptOut]:  # fmt: skip
    """Each case once, by what the others teach, fold by fold; none where they are too few to say anything."""
    if len(confirmed) < FOLDS * 10:
        return []
    return [row for fold in range(FOLDS) for row in _fold(confirmed, learnt_from, fold)]


def _fold(
    confirmed: Sequence[Confirmed], learnt_from: Callable[[list[Confirmed]], Prototypes], fold: int
) -> list[KeptOut]:
    prototypes = learnt_from([one for nth, one in enumerate(confirmed) if nth % FOLDS != fold])
    places = {code: place for place, code in enumerate(prototypes.codes)}
    asked = [one for nth, one in enumerate(confirmed) if nth % FOLDS == fold and one.code in places]
    scored = ((prototypes.scored(signs_of(one.matter))[1], one) for one in asked)
    return [KeptOut(scores, places[one.code], [places[code] for code in one.common if code in places])
            for scores, one in scored]  # fmt: skip


def sharpest(rows: Sequence[KeptOut], base: Weights) -> float:
    """How fast confidence has to fall so that it says how often it is right, by cases kept out."""
    return min(SHARPER, key=lambda one: sum(row.surprise(one, 0.0) for row in rows)) if rows else base.sharpness


def of_places(rows: Sequence[KeptOut], sharpness: float, base: Weights) -> float:
    """How much a place says: what makes the same cases least surprising; nothing, where it says nothing."""
    there = [row for row in rows if row.common]
    if len(there) < FOLDS * 10:
        return base.place
    return min(LIFTS, key=lambda lift: sum(row.surprise(sharpness, lift) for row in there))
