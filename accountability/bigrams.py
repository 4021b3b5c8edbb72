"""Words as pairs of neighbouring signs: what is indexed, and what is asked of the index.

Chinese has no blanks between words, so any two signs that stand side by side are a word of the index, Latin letters and
figures too. Whatever was written is found by every part of it that has two signs or more (recall 1.0): folding goes
sign by sign, so the fold of a part is a part of the fold.
"""

import unicodedata
from collections import defaultdict
from functools import lru_cache

LEAST = 2
GAP = 10  # places between two fields: further apart than any two pairs of a phrase
FURTHEST = 16_000  # places that a tsvector can tell apart
BETWEEN = " "


@lru_cache(maxsize=20_000)
def plain(sign: str) -> str:
    """A sign without width, case or accent; "" for what is neither letter nor figure."""
    return "".join(one for one in unicodedata.normalize("NFKD", sign).casefold() if one.isalnum())


@lru_cache(maxsize=20_000)
def _parts(sign: str) -> bool:
    """Whether it keeps its neighbours apart: blanks and punctuation do, accents and signs of no width do not."""
    return unicodedata.category(sign)[0] in "ZPSC" and unicodedata.category(sign) != "Cf"


def folded(text: str) -> list[tuple[str, int]]:
    """Each sign that counts, and where in the text it stands.

    Between two Latin letters or figures one blank stays: 3 5 is not 35, but 路灯，不亮 is 路灯不亮.
    """
    found: list[tuple[str, int]] = []
    apart = False
    for place, sign in enumerate(text):
        known = plain(sign)
        if not known:
            apart = apart or _parts(sign)
            continue
        if apart and found and found[-1][0].isascii() and known[0].isascii():
            found.append((BETWEEN, place))
        found += [(one, place) for one in known]
        apart = False
    return found


def fold(text: str) -> str:
    return "".join(sign for sign, _ in folded(text))


def vector(*fields: str) -> str:
    """These fields as a tsvector in words. No phrase reaches from one field into the next."""
    places: dict[str, list[int]] = defaultdict(list)
    at = 1
    for field in fields:
        signs = fold(field)
        for start in range(len(signs) - 1):
            places[signs[start : start + LEAST]].append(min(at + start, FURTHEST))
        at += len(signs) + GAP
    return " ".join(f"'{pair}':{','.join(map(str, where))}" for pair, where in places.items())


def words_of(query: str) -> list[str]:
    """The words of a query, folded: what blanks part. Single signs count only where there is nothing else, joined."""
    words = [word for word in dict.fromkeys(map(fold, query.split())) if len(word) >= LEAST]
    whole = fold(query)
    return words or ([whole] if len(whole) >= LEAST else [])


def phrase(word: str) -> str:
    """A tsquery for a folded word: every second pair, and the last one, at the distances that they have in the word."""
    last = len(word) - LEAST
    starts = [*range(0, last, LEAST), last]
    asked = f"'{word[:LEAST]}'"
    for before, start in zip(starts, starts[1:], strict=False):
        asked += f" <{start - before}> '{word[start : start + LEAST]}'"
    return asked


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where these folded words stand in the text, from the first sign to behind the last; spans that touch are one."""
    signs = folded(text)
    whole = "".join(sign for sign, _ in signs)
    found = []
    for word in words:
        start = whole.find(word)
        while start >= 0:
            found.append((signs[start][1], signs[start + len(word) - 1][1] + 1))
            start = whole.find(word, start + 1)
    return _joined(sorted(found))


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
