"""What speaks for a candidate beside the words: its place, the time of the year and day, rulings; each in a sentence.

All of it together at most doubles what a candidate has against another one (`MOST`), and it speaks only for what the
words have brought up: so a place alone suggests nothing, and never beats clear words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import log

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accountability.worktime import LOCAL
from grids.models import AreaKind

MOST = log(2)
PLACE, RULING = 0.35, 0.2  # in the same measure: a place makes 1.4 of 1
SEASON = 0.35
OFTEN, FOREMOST = 5, 6  # reports of an item there in these weeks; so many of them are named as common
ENOUGH, IN_PART = 20, 8  # closed cases of a code, and of them in one month or part of the day
MORE = 1.5  # times as many as of all cases
HOURS = 6  # a part of the day
Seasons = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Ruled:
    """When the newest ruling on an item at such a place was made, and whose matter it was found to be."""

    day: date
    unit: str


@dataclass(frozen=True)
class Scene:
    """Where and when something is: what is common there now, as items with the kind of place, and what was ruled."""

    at: datetime | None = None
    common: Mapping[str, str] = field(default_factory=dict)
    rulings: Mapping[str, Ruled] = field(default_factory=dict)


NOWHERE = Scene()


@dataclass(frozen=True)
class Reason:
    """One thing that spoke beside the words, and how much: the logarithm of its odds."""

    kind: str
    part: str
    lift: float
    ruled: Ruled | None = None

    @property
    def words(self) -> str:
        """For whoever reads it, in their language."""
        return _SAID[self.kind](self)


def reasons(code: str, scene: Scene, seasons: Seasons, place: float) -> tuple[Reason, ...]:
    """`seasons` and how much a `place` says are learnt; what says nothing is not named."""
    return tuple(one for one in _reasons(code, scene, seasons, place) if one.lift > 0)


def _reasons(code: str, scene: Scene, seasons: Seasons, place: float) -> Iterator[Reason]:
    if code in scene.common:
        yield Reason("place", scene.common[code], place)
    for part in parts_of(scene.at) if scene.at else ():
        yield Reason(part[0], part[1:], seasons.get(code, {}).get(part, 0.0))
    if code in scene.rulings:
        yield Reason("ruling", "", RULING, scene.rulings[code])


def lift_of(spoke: Iterable[Reason]) -> float:
    return min(MOST, sum(one.lift for one in spoke))


def foremost(sums: Mapping[str, int]) -> list[str]:
    """Of how often items were reported at one place, which are common there. One report alone shows nowhere."""
    often = sorted((code for code, count in sums.items() if count >= OFTEN), key=lambda code: (-sums[code], code))
    return often[:FOREMOST]


def parts_of(at: datetime) -> tuple[str, str]:
    """The month and the part of the day, as they are kept: m11, h18."""
    local = at.astimezone(LOCAL)
    return f"m{local.month}", f"h{local.hour // HOURS * HOURS}"


def seasons_of(cases: Iterable[tuple[str, datetime]]) -> Seasons:
    """From codes and when their cases came in: where clearly more of a code's cases fall than of all cases."""
    of_code: dict[str, Counter[str]] = defaultdict(Counter)
    of_all: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for code, at in cases:
        parts = parts_of(at)
        number[code] += 1
        of_code[code].update(parts)
        of_all.update(parts)
    found: Seasons = {}
    for code in sorted(code for code, count in number.items() if count >= ENOUGH):
        more = {part: of_code[code][part] * number.total() / of_all[part] / number[code] for part in of_code[code]}
        clear = {part: _lift(times) for part, times in sorted(more.items()) if _clear(of_code[code][part], times)}
        found |= {code: clear} if clear else {}
    return found


def _clear(count: int, times: float) -> bool:
    return count >= IN_PART and times >= MORE


def _lift(times: float) -> float:
    """Half of what it says, as the past is not the present."""
    return round(min(SEASON, log(times) / 2), 4)


def _place_said(one: Reason) -> str:
    if one.part == AreaKind.STREET:
        return _("often reported in this street in the last four weeks")
    if one.part == AreaKind.COMMUNITY:
        return _("often reported in this community in the last four weeks")
    return _("often reported in this grid in the last four weeks")


def _month_said(one: Reason) -> str:
    return _("past cases: more in %(month)s") % {"month": MONTHS[int(one.part)]}


def _hours_said(one: Reason) -> str:
    since = int(one.part)
    return _("past cases: more from %(since)s to %(until)s o'clock") % {"since": since, "until": since + HOURS}


def _ruling_said(one: Reason) -> str:
    ruled = one.ruled or Ruled(date.min, "")
    told = {"day": date_format(ruled.day, "Y-m-d"), "unit": ruled.unit}
    return _("a ruling of %(day)s at such a place gave it to %(unit)s") % told


_SAID = {"place": _place_said, "m": _month_said, "h": _hours_said, "ruling": _ruling_said}
