"""How many points a second become grids, beside the bare library on the same points."""

import random

import shapely

from grids.locate import grid_codes, ground
from liixia.bench.measuring import line, timed

POINTS = 10_000


def locate() -> dict[str, object]:
    dice, known = random.Random(370102), ground()
    west, south, east, north = shapely.total_bounds(shapely.from_wkt([grid.outline for grid in known.grids]))
    lons = [dice.uniform(west, east) for _ in range(POINTS)]
    lats = [dice.uniform(south, north) for _ in range(POINTS)]
    drawn = shapely.points(lons, lats)
    tree = shapely.STRtree(shapely.from_wkt([grid.outline for grid in known.grids]))

    def ours() -> int:
        return len(grid_codes(lons, lats))

    def bare() -> int:
        tree.query(drawn, predicate="intersects")
        return POINTS

    return line("locate", "points/s", timed(ours), timed(bare))
