"""A text as signs: pairs of neighbouring Chinese characters, those of its first line counting more."""

from collections.abc import Iterable, Sequence
from math import log, sqrt

from accountability import bigrams

Signs = dict[str, float]
HEAD = 3.0  # whoever writes says in the first line what it is about
EVEN = 0.8  # below 1 the rarest signs, often names, outweigh the others less
READ = 500  # characters of the rest: what comes later is mostly why it matters
FIRST_CHINESE, LAST_CHINESE = "\u4e00", "\u9fff"


def pairs_of(text: str) -> list[str]:
    """In the order of the text; figures, Latin letters and masks say nothing."""
    signs = bigrams.fold(text)
    pairs = (signs[start : start + bigrams.LEAST] for start in range(len(signs) - 1))
    return [pair for pair in pairs if all(FIRST_CHINESE <= sign <= LAST_CHINESE for sign in pair)]


def signs_of(matter: Sequence[str]) -> Signs:
    """The first of the texts is the head, as a summary or a subject; the others together are the rest."""
    rest = "。".join(matter[1:])[:READ]
    found = dict.fromkeys(pairs_of(rest), 1.0)
    return found | dict.fromkeys(pairs_of(matter[0]), HEAD) if matter else {}


def rarity(messages: int, having: int) -> float:
    """What a sign says that so many of so many texts have."""
    return float(log(1 + messages / having) ** EVEN)


def to_length_one(signs: Signs) -> Signs:
    length = sqrt(sum(weight * weight for weight in signs.values()))
    return {sign: weight / length for sign, weight in signs.items()} if length else {}


def added(all_of_them: Iterable[Signs]) -> Signs:
    total: Signs = {}
    for signs in all_of_them:
        for sign, weight in signs.items():
            total[sign] = total.get(sign, 0.0) + weight
    return total
