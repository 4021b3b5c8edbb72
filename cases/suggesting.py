"""Which items of the list a matter may fall under: those whose words it has in common, with the words that spoke."""

from collections.abc import Iterable
from dataclasses import dataclass

from accountability import bigrams
from accountability.models import ItemVersion, ListVersion, Situation

# Two pairs of neighbouring signs: “占道经营” has three of them.
LEAST, SHOWN = 2, 3
# A word of an item's name says more than one of how it looks.
NAME, LOOK = 3, 1


@dataclass(frozen=True)
class Suggestion:
    """An item, and in which words it and the matter agree."""

    code: str
    title: str
    words: tuple[str, ...]


def suggested(matter: Iterable[str], version: ListVersion | None) -> list[Suggestion]:
    """At most three, the best first. Two statements."""
    signs = [bigrams.fold(words) for words in matter]
    titles = {row.item_id: row for row in ItemVersion.objects.filter(version=version).select_related("item")}
    said = {key: [(row.title, NAME)] for key, row in titles.items()}
    for item, name, looks_like in Situation.objects.filter(item__in=titles).values_list("item", "name", "looks_like"):
        said[item] += [(name, NAME), (looks_like, LOOK)]
    spoke = {key: _spoke(signs, words) for key, words in said.items()}
    found = [key for key, pairs in spoke.items() if len(pairs) >= LEAST]
    best = sorted(found, key=lambda key: (-sum(spoke[key].values()), titles[key].item.code))[:SHOWN]
    return [Suggestion(titles[key].item.code, titles[key].title, _joined(list(spoke[key]))) for key in best]


def _spoke(signs: list[str], said: list[tuple[str, int]]) -> dict[str, int]:
    """The pairs of neighbouring signs that both have, in the order of the matter, each with what it says."""
    theirs: dict[str, int] = {}
    for words, weight in said:
        for pair in _pairs(bigrams.fold(words)):
            theirs[pair] = max(weight, theirs.get(pair, 0))
    return {pair: theirs[pair] for one in signs for pair in _pairs(one) if pair in theirs}


def _pairs(signs: str) -> dict[str, None]:
    pairs = (signs[start : start + bigrams.LEAST] for start in range(len(signs) - 1))
    return dict.fromkeys(pair for pair in pairs if bigrams.BETWEEN not in pair)


def _joined(pairs: list[str]) -> tuple[str, ...]:
    """占道, 道经, 经营 are one word: 占道经营."""
    words: list[str] = []
    for pair in pairs:
        if words and words[-1][-1] == pair[0]:
            words[-1] += pair[1:]
        else:
            words.append(pair)
    return tuple(words)
