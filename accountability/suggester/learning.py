"""What confirmed cases teach: for each code the sum of its texts' signs. Nothing from which a text could be read.

A sign is kept where three texts have it, and for a code where two of its texts have it: so nothing stays that one
person alone wrote, and what stays is a sum over texts without their order. The same texts in the same order give the
same weights, to the last figure.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from accountability.suggester.signs import Signs, added, rarity, signs_of, to_length_one

KEPT_FROM, KEPT_FOR_A_CODE, COMMON_FROM = 3, 2, 10
ROUNDED = 4
SHARPNESS = 60.0  # how fast confidence falls with distance, until enough cases say otherwise
Confirmed = tuple[Sequence[str], str]


@dataclass(frozen=True)
class Weights:
    """How many texts had each sign, and each code's sum; `sharpness` turns nearness into confidence."""

    messages: int = 0
    having: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Signs] = field(default_factory=dict)
    sharpness: float = SHARPNESS

    def told(self) -> dict[str, Any]:
        return {"messages": self.messages, "having": self.having, "sums": self.sums, "sharpness": self.sharpness}

    @property
    def digest(self) -> str:
        """The hash of what it says, however it is written."""
        written = json.dumps(self.told(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def read(told: dict[str, Any]) -> Weights:
    return Weights(told["messages"], told["having"], told["sums"], told["sharpness"])


def learn(confirmed: Iterable[Confirmed], base: Weights | None = None) -> Weights:
    """From texts with the code that people confirmed, on top of what was known before."""
    base = base or Weights()
    texts = [(signs_of(matter), code) for matter, code in confirmed]
    seen = Counter(sign for signs, _code in texts for sign in signs)
    having = Counter(base.having)
    having.update({sign: count for sign, count in seen.items() if count >= KEPT_FROM})
    messages = base.messages + len(texts)
    sums = _sums(texts, having, messages)
    codes = sorted(base.sums.keys() | sums.keys())
    whole = {code: _rounded(added([base.sums.get(code, {}), sums.get(code, {})])) for code in codes}
    kept = {code: signs for code, signs in whole.items() if signs}
    return Weights(messages, dict(sorted(having.items())), kept, base.sharpness)


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
