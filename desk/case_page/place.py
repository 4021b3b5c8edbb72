"""Where a case is: the names of its areas, and what the small map draws."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case
from cases.placing import said_to_lie_in
from grids.models import Area, AreaKind
from grids.naming import chain_names

# A mark that no file has: the address leads on to the outlines as they are now.
NOW = "now"
FINEST = {AreaKind.GRID: AreaKind.GRID, AreaKind.COMMUNITY: AreaKind.COMMUNITY}


@dataclass(frozen=True)
class Place:
    """The chain of areas from the street down, and the map's own data; `said` where the case hangs on none of them."""

    names: list[str]
    said: bool
    words: str
    code: str
    provisional: bool
    outlines: str
    lon: float | None
    lat: float | None
    exact: bool


def place(case: Case) -> Place:
    known = said_to_lie_in(case)
    area = known or case.area
    kind = FINEST.get(AreaKind(area.kind), AreaKind.STREET)
    exact = case.lon is not None and case.lat is not None
    lon, lat = (case.lon, case.lat) if exact else (area.lon, area.lat)
    outlines = reverse("grids:outlines", kwargs={"kind": kind.value, "mark": NOW})
    names = chain_names(chain_of(area))
    return Place(names, known is not None, case.place, area.code, area.provisional, outlines, lon, lat, exact)


def chain_of(area: Area) -> list[Area]:
    """From the street down; the district alone where nothing finer is known."""
    found = [area]
    while found[0].kind in (AreaKind.GRID, AreaKind.COMMUNITY) and found[0].parent:
        found.insert(0, found[0].parent)
    return found
