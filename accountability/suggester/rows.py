"""What the rows say of every item of a version and every function: everyday words before titles before looks."""

from collections.abc import Iterator

from accountability.models import Duty, DutyKind, Function, FunctionList, ItemVersion, ItemWords, ListVersion, Situation
from accountability.suggester.learning import Weights
from accountability.suggester.nearest import Phrases, Prototypes

# As the seen half of the gold set found best: situations are many and of details, so each says little.
TITLE, WORDS, SAID, NAME, LOOK, DUTY = 3.0, 2.0, 1.0, 0.7, 0.3, 0.5


def prototypes_of(version: ListVersion | None, functions: FunctionList | int | None, learnt: Weights) -> Prototypes:
    """Of every item of this version and every function."""
    items = _items(version)
    return Prototypes(items | _functions(functions), items.keys(), learnt)


def _items(version: ListVersion | None) -> dict[str, Phrases]:
    codes = dict(ItemVersion.objects.filter(version=version).values_list("item", "item__code"))
    said: dict[str, Phrases] = {code: [] for code in codes.values()}
    for item, phrase, weight in _of_items(version):
        if item in codes:
            said[codes[item]].append((phrase, weight))
    return said


def _functions(functions: FunctionList | int | None) -> dict[str, Phrases]:
    rows = Function.objects.filter(version=functions)
    return {one.code: [(one.title, WORDS), *((word, WORDS) for word in one.words.split())] for one in rows}


def _of_items(version: ListVersion | None) -> Iterator[tuple[int, str, float]]:
    for item, title in ItemVersion.objects.filter(version=version).values_list("item", "title"):
        yield item, title, TITLE
    for item, words in ItemWords.objects.values_list("item", "words"):
        yield from ((item, word, WORDS) for word in words.split())
    for item, name, words, looks_like in Situation.objects.values_list("item", "name", "words", "looks_like"):
        yield from ((item, name, NAME), *((item, word, SAID) for word in words.split("、")), (item, looks_like, LOOK))
    duties = Duty.objects.filter(item_version__version=version, kind=DutyKind.LEAD)
    for item, text in duties.values_list("item_version__item", "text"):
        yield item, text, DUTY
