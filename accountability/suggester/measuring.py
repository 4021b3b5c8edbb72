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


def sharpest(
    confirmed: Sequence[Confirmed], learnt_from: Callable[[list[Confirmed]], Prototypes], base: Weights
) -> float:
    """How fast confidence has to fall so that it says how often it is right: by cases kept out, fold by fold."""
    if len(confirmed) < FOLDS * 10:
        return base.sharpness
    scores = [row for fold in range(FOLDS) for row in _kept_out(confirmed, learnt_from, fold)]
    return min(SHARPER, key=lambda sharpness: sum(_surprise(row, sharpness) for row in scores))


def _kept_out(
    confirmed: Sequence[Confirmed], learnt_from: Callable[[list[Confirmed]], Prototypes], fold: int
) -> list[tuple[list[float], int]]:
    """The nearness of all codes to each case of this fold, and the place of the right one."""
    prototypes = learnt_from([one for nth, one in enumerate(confirmed) if nth % FOLDS != fold])
    places = {code: place for place, code in enumerate(prototypes.codes)}
    asked = [one for nth, one in enumerate(confirmed) if nth % FOLDS == fold and one[1] in places]
    return [(prototypes.scored(signs_of(matter))[1], places[code]) for matter, code in asked]


def _surprise(row: tuple[list[float], int], sharpness: float) -> float:
    scores, right = row
    return -log(max(confidences(scores, sharpness)[right], 1e-9))
