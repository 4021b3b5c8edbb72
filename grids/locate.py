"""Finds the grid of a point, how far its edge is, and which other grids it could be."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from django.db import connection

from grids.models import Area, AreaKind

NEAR_EDGE_M = 15.0
FARTHEST_M = 500.0
MOST_CANDIDATES = 8
METRES_PER_DEGREE = 111_319.5
ON_THE_EDGE_M = 0.01


@dataclass(frozen=True)
class Located:
    """The grid of a point, None outside the district; candidates are other grids it may belong to, nearest first."""

    grid: Area | None
    distance_to_edge_m: float | None = None
    candidates: list[Area] = field(default_factory=list)


class Ground:
    """All grids in one spatial index, in metres around their middle. The lower code wins on a common edge."""

    def __init__(self, grids: Sequence[Area]) -> None:
        self.grids = sorted(grids, key=lambda grid: grid.code)
        self.codes = np.array([grid.code for grid in self.grids])
        shapes = shapely.from_wkt([grid.outline for grid in self.grids])
        west, south, east, north = shapely.total_bounds(shapes) if self.grids else (0, 0, 0, 0)
        self.middle = np.array([(west + east) / 2, (south + north) / 2])
        self.scale = METRES_PER_DEGREE * np.array([math.cos(math.radians(self.middle[1])), 1.0])
        drawn = shapely.transform(shapes, self.metres)
        self.edges = shapely.boundary(drawn)
        self.tree = shapely.STRtree(drawn)

    def metres(self, degrees: np.ndarray) -> np.ndarray:
        return (degrees - self.middle) * self.scale

    def indices(self, lons: Sequence[float], lats: Sequence[float]) -> np.ndarray:
        """The place of each point's grid in `grids`, -1 outside."""
        points = shapely.points(self.metres(np.column_stack([lons, lats])))
        found = np.full(len(points), len(self.grids))
        np.minimum.at(found, *self.tree.query(points, predicate="intersects"))
        found[found == len(self.grids)] = -1
        outside = np.flatnonzero((found < 0) & np.isfinite(shapely.get_x(points) + shapely.get_y(points)))
        if len(outside):
            missed, nearest = self.tree.query_nearest(points[outside], max_distance=ON_THE_EDGE_M, all_matches=False)
            found[outside[missed]] = nearest
        return found

    def locate(self, lon: float, lat: float, accuracy_m: float | None) -> Located:
        own = int(self.indices([lon], [lat])[0])
        if own < 0:
            return Located(None)
        point = shapely.Point(*self.metres(np.array([lon, lat])))
        reach = min(max(NEAR_EDGE_M, accuracy_m or 0), FARTHEST_M)
        near = [int(i) for i in self.tree.query(point, predicate="dwithin", distance=reach) if i != own]
        near.sort(key=lambda i: (self.tree.geometries[i].distance(point), self.codes[i]))
        edge = float(self.edges[own].distance(point))
        return Located(self.grids[own], edge, [self.grids[i] for i in near[:MOST_CANDIDATES]])


_kept: dict[tuple, Ground] = {}


def areas_version() -> tuple:
    """Changes whenever an area is added, altered or removed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id), max(xmin::text::bigint), sum(hashtext(ctid::text)) FROM grids_area")
        return cursor.fetchone()


def ground() -> Ground:
    """The grids as they stand, kept in this process until an area changes."""
    version = areas_version()
    known = _kept.get(version)
    if known is None:
        known = Ground(list(Area.objects.filter(kind=AreaKind.GRID).exclude(outline="")))
        _kept.clear()
        _kept[version] = known
    return known


def locate(lon: float, lat: float, accuracy_m: float | None = None) -> Located:
    """Where a WGS-84 point lies. Candidates are worth asking about: an edge is near, or the GPS is vague."""
    return ground().locate(lon, lat, accuracy_m)


def grid_codes(lons: Sequence[float], lats: Sequence[float]) -> list[str]:
    """The grid codes of many points, "" outside the district."""
    known = ground()
    return [str(known.codes[i]) if i >= 0 else "" for i in known.indices(lons, lats)]
