"""What confirmed cases teach: for each code the sum of its texts' signs. Nothing from which a text could be read.

A sign is kept where three texts have it, and for a code where two of its texts have it: so nothing stays that one
person alone wrote, and what stays is a sum over texts without their order. The same texts in the same order give the
same weights, to the last figure.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from accountability.suggester.beside import PLACE, Seasons
from accountability.suggester.signs import Signs, added, rarity, signs_of, to_length_one

KEPT_FROM, KEPT_FOR_A_CODE, COMMON_FROM = 3, 2, 10
ROUNDED = 4
SHARPNESS = 60.0  # how fast confidence falls with distance, until enough cases say otherwise


class Confirmed(NamedTuple):
    """A text with the code that people put it under; when it came in, and which items were common there then."""

    matter: Sequence[str]
    code: str
    at: datetime | None = None
    common: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weights:
    """How many texts had each sign, and each code's sum; `sharpness` turns nearness into confidence.

    Beside the words: in which months and hours a code is clearly more frequent, and how much a place says.
    """

    messages: int = 0
    having: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Signs] = field(default_factory=dict)
    sharpness: float = SHARPNESS
    seasons: Seasons = field(default_factory=dict)
    place: float = PLACE

    def told(self) -> dict[str, Any]:
        """What is as nobody has learnt it is not said: so older weights keep their hash."""
        words = {"messages": self.messages, "having": self.having, "sums": self.sums, "sharpness": self.sharpness}
        seasons = {"seasons": self.seasons} if self.seasons else {}
        return {**words, **seasons, **({"place": self.place} if self.place != PLACE else {})}

    @property
    def digest(self) -> str:
        """The hash of what it says, however it is written."""
        written = json.dumps(self.told(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def read(told: dict[str, Any]) -> Weights:
    words = told["messages"], told["having"], told["sums"], told["sharpness"]
    return Weights(*words, told.get("seasons", {}), told.get("place", PLACE))


def learn(confirmed: Iterable[Confirmed], base: Weights | None = None) -> Weights:
    """From texts with the code that people confirmed, on top of what was known before."""
    base = base or Weights()
    texts = [(signs_of(one.matter), one.code) for one in confirmed]
    seen = Counter(sign for signs, _code in texts for sign in signs)
    having = Counter(base.having)
    having.update({sign: count for sign, count in seen.items() if count >= KEPT_FROM})
    messages = base.messages + len(texts)
    sums = _sums(texts, having, messages)
    codes = sorted(base.sums.keys() | sums.keys())
    whole = {code: _rounded(added([base.sums.get(code, {}), sums.get(code, {})])) for code in codes}
    kept = {code: signs for code, signs in whole.items() if signs}
    return replace(base, messages=messages, having=dict(sorted(having.items())), sums=kept)


def counted(texts: Iterable[Sequence[str]]) -> Weights:
    """From texts that nobody labelled only how common each sign is, where `COMMON_FROM` texts have it."""
    signs = [signs_of(matter) for matter in texts]
    having = Counter(sign for one in signs for sign in one)
    kept = sorted((sign, count) for sign, count in having.items() if count >= COMMON_FROM)
    return Weights(messages=len(signs), having=dict(kept))


def _sums(texts: list[tuple[Signs, str]], having: Counter[str], messages: int) -> dict[str, Signs]:
    """Each text counts as one, long or short."""
    by_code: dict[str, list[Signs]] = defaultdict(list)
    for signs, code in texts:
        kept = {sign: how * rarity(messages, having[sign]) for sign, how in signs.items() if sign in having}
        by_code[code].append(to_length_one(kept))
    return {code: _shared(all_of_them) for code, all_of_them in by_code.items()}


def _shared(texts: list[Signs]) -> Signs:
    shared = Counter(sign for signs in texts for sign in signs)
    return {sign: weight for sign, weight in added(texts).items() if shared[sign] >= KEPT_FOR_A_CODE}


def _rounded(signs: Signs) -> Signs:
    return {sign: round(weight, ROUNDED) for sign, weight in sorted(signs.items())}
