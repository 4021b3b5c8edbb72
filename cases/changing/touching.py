"""What a change of the rules would do to cases, counted unit by unit with the first cases behind each figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from changes.kinds import Touched, Words
from people.models import Unit

SHOWN = 3


def of_the_first(looked: int, most: int) -> list[str]:
    """Says so where there is more than was looked at."""
    return [_("The figures are of the first %(most)s that were looked at; there are more.") % {"most": most}] * (
        looked >= most
    )


@dataclass(frozen=True)
class Found:
    """A subject that the change would touch, and the unit that has it."""

    unit: Unit | None
    kind: str
    id: int


def touched(what: Words, found: Iterable[Found]) -> list[Touched]:
    """A row for each unit, the one with most first."""
    by_unit: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in found:
        by_unit[one.unit.short_name if one.unit else ""].append((one.kind, one.id))
    ranked = sorted(by_unit.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Touched(what, unit, len(behind), behind[:SHOWN]) for unit, behind in ranked]
