"""From a point as received to the grid it lies in, or to the question which of several it is."""

from dataclasses import dataclass
from os.path import commonprefix

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.kept import Kept
from engagement.models import Datum
from grids.datum import to_wgs84
from grids.locate import locate
from grids.models import Area, AreaKind
from grids.querysets import code_and_above


class OutsideDistrict(ValidationError):
    """The point lies in no grid of this district."""

    def __init__(self) -> None:
        super().__init__(
            _("This place is not in our district. Ring 12345, which passes it to the right one, or choose a street."),
            code="outside_district",
        )


@dataclass(frozen=True)
class Point:
    """Where a device or a person says it is, in the datum in which it was said."""

    lon: float
    lat: float
    datum: str = Datum.WGS84
    accuracy_m: float | None = None

    def wgs84(self) -> tuple[float, float]:
        return to_wgs84(self.lon, self.lat, self.datum)


@dataclass(frozen=True)
class Placed:
    """The grid of a point; near an edge, or where the device is vague, the others that it may be as well."""

    grid: Area
    others: tuple[Area, ...]

    @property
    def certain(self) -> bool:
        return not self.others

    @property
    def candidates(self) -> tuple[Area, ...]:
        """All that it may be, the likeliest first, each with the community and street that it lies in."""
        codes = [area.code for area in (self.grid, *self.others)]
        rows = {area.code: area for area in Area.objects.filter(code__in=codes).select_related("parent__parent")}
        return tuple(rows[code] for code in codes)


def placed(point: Point) -> Placed:
    """Raises OutsideDistrict when no grid holds the point."""
    lon, lat = point.wgs84()
    found = locate(lon, lat, accuracy_m=point.accuracy_m)
    if found.grid is None:
        raise OutsideDistrict
    return Placed(found.grid, tuple(found.candidates))


def around_all(areas: tuple[Area, ...]) -> Area:
    """The smallest area that holds them all: where a matter hangs when nobody can say which of them."""
    shared = commonprefix([area.code for area in areas])
    return Area.objects.filter(code__in=code_and_above(shared)).latest("code")


def offered(candidates: tuple[Area, ...]) -> tuple[Area, ...]:
    """What a person can tell apart without a map: a few grids; where there are more, their communities."""
    if len(candidates) <= FEW:
        return candidates
    return tuple({grid.parent.code: grid.parent for grid in candidates if grid.parent}.values())


FEW = 3
UNSURE = "unsure"


class GridUnclear(Exception):
    """The point may lie in several areas: a person must say which."""

    def __init__(self, candidates: tuple[Area, ...]) -> None:
        super().__init__()
        self.candidates = candidates


def settle(point: Point | None, area: Area | None, said: str = "") -> tuple[Point | None, Area | None]:
    """The point and area that count: a place chosen by name outweighs a device that stood somewhere else.

    `said` is the grid that the person named when asked. Raises GridUnclear to ask, OutsideDistrict to refuse.
    """
    if point is None:
        return None, area
    found = placed(point)
    if area is not None and not found.grid.code.startswith(area.code):
        return None, area
    if found.certain:
        return point, found.grid
    return point, _named(said, found.candidates)


def _named(said: str, candidates: tuple[Area, ...]) -> Area:
    """The one that the person named; the area around all where they cannot tell, or where one community holds many."""
    choices = offered(candidates)
    if said == UNSURE or len(choices) == 1:
        return around_all(candidates)
    chosen = [area for area in choices if area.code == said]
    if not chosen:
        raise GridUnclear(choices)
    return chosen[0]


def district() -> Area:
    """Raises Area.DoesNotExist where none is loaded."""
    found = _district()
    if not found:
        raise Area.DoesNotExist
    return found[0]


@Kept
def _district() -> QuerySet[Area]:
    return Area.objects.filter(kind=AreaKind.DISTRICT).select_related("office")
