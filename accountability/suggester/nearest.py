"""The prototypes of all items and functions, and how near a text is to each of them.

A prototype is what the rows say of it in everyday words, titles and situations, and what confirmed cases added. The
nearness is the cosine; each sign's part of it is what that sign spoke for it.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nlargest
from math import exp, sqrt

from accountability.suggester.learning import Weights
from accountability.suggester.signs import Signs, added, pairs_of, rarity, to_length_one

OWN = 3.0  # what the rows say, beside the root of what confirmed cases add up to
Phrases = list[tuple[str, float]]


@dataclass(frozen=True)
class Near:
    """A code, how sure it is among all others (0 to 1), and the signs that spoke for it with their parts."""

    code: str
    confidence: float
    spoke: Signs


class Prototypes:
    """Built once for a version of the list, of the functions and of what was learnt; then asked for many texts."""

    def __init__(self, own: dict[str, Phrases], items: Collection[str], weights: Weights) -> None:
        said = {code: _strongest(phrases) for code, phrases in own.items()}
        having = Counter(sign for signs in said.values() for sign in signs)
        having.update(weights.having)
        texts = weights.messages + len(said)
        self.rarities = {sign: rarity(texts, count) for sign, count in having.items()}
        self.codes = list(said)
        self.items = [place for place, code in enumerate(self.codes) if code in items]
        self.sharpness, self.seasons, self.place = weights.sharpness, weights.seasons, weights.place
        self.index: dict[str, list[tuple[int, float]]] = {}
        self.signs: list[Signs] = []
        for place, code in enumerate(self.codes):
            mine = to_length_one({sign: how * self.rarities[sign] for sign, how in said[code].items()})
            taught = _rooted(weights.sums.get(code, {}))
            both = added([{sign: OWN * weight for sign, weight in mine.items()}, taught])
            self.signs.append(to_length_one(both))
            for sign, weight in self.signs[place].items():
                self.index.setdefault(sign, []).append((place, weight))

    def nearest(self, signs: Signs, most: int) -> tuple[list[Near], float]:
        """The nearest ones, best first, and how sure it is that an item of the list is the right one."""
        known, scores = self.scored(signs)
        sure = confidences(scores, self.sharpness)
        best = nlargest(most, range(len(scores)), key=lambda place: (scores[place], -place))
        found = [Near(self.codes[place], sure[place], self._spoke(place, known)) for place in best if scores[place]]
        return found, sum(sure[place] for place in self.items)

    def scored(self, signs: Signs) -> tuple[Signs, list[float]]:
        """What of the text is known, and its cosine with every prototype."""
        known = to_length_one({one: how * self.rarities[one] for one, how in signs.items() if one in self.rarities})
        scores = [0.0] * len(self.codes)
        for sign, part in known.items():
            for place, weight in self.index.get(sign, ()):
                scores[place] += part * weight
        return known, scores

    def _spoke(self, place: int, known: Signs) -> Signs:
        mine = self.signs[place]
        return {sign: mine[sign] * part for sign, part in known.items() if sign in mine}


def _rooted(sums: Signs) -> Signs:
    """Four times as many cases say twice as much: else a frequent code forgets what its rows say, and takes in all."""
    root = sqrt(sqrt(sum(weight * weight for weight in sums.values())))
    return {sign: weight / root for sign, weight in sums.items()} if root else {}


def _strongest(phrases: Iterable[tuple[str, float]]) -> Signs:
    found: Signs = {}
    for phrase, weight in phrases:
        for pair in pairs_of(phrase):
            found[pair] = max(weight, found.get(pair, 0.0))
    return found


def confidences(scores: list[float], sharpness: float) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    grown = [exp(sharpness * (score - top)) for score in scores]
    whole = sum(grown)
    return [one / whole for one in grown]
