"""Open cases as points of the part of the map in view: few enough to draw, or only that there are more."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cases.filters import due_group, due_in
from cases.models import Case
from desk.areas import GROUPS, Asked
from grids.standing import Standing

MOST = 2_000


@dataclass(frozen=True)
class Box:
    """A part of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> "Box | None":
        """Four numbers with commas between them; None where it is something else."""
        try:
            numbers = [float(part) for part in text.split(",")]
        except ValueError:
            return None
        sane = len(numbers) == 4 and all(-180 <= number <= 180 for number in numbers)
        return cls(*numbers) if sane else None


def points_in(box: Box, asked: Asked, standing: Standing, at: datetime) -> dict[str, object]:
    """One query, which reads the index of open places; more than can be drawn are left to the areas' numbers."""
    cases = asked.narrow(Case.objects.visible_to(standing).open())
    cases = cases.filter(due_in(asked.due, at)) if asked.due else cases
    cases = cases.filter(lon__range=(box.west, box.east), lat__range=(box.south, box.north))
    found = cases.order_by().values_list("lon", "lat", due_group(at), "number", "summary")[: MOST + 1]
    rows = list(found)
    if len(rows) > MOST:
        return {"more": True, "points": []}
    return {"more": False, "points": [_point(*row) for row in rows]}


def _point(lon: float, lat: float, group: str, number: str, summary: str) -> list[object]:
    return [round(lon, 5), round(lat, 5), GROUPS.index(group), reverse("desk:case", args=[number]), summary]
