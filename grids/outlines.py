"""Draws provisional outlines: a district cut into streets, communities and grids without gaps or overlaps."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import Polygon

Point = tuple[float, float]

METRES_PER_DEGREE = 111_319.5
MICRO = 1_000_000
ROUNDS = 60
FAR = 1_000_000.0


class Projection:
    """Degrees to metres around a middle, and back to whole millionths of a degree."""

    def __init__(self, middle: Point) -> None:
        self.lon, self.lat = middle
        # rounded, since the last digit of a cosine is the processor's own
        self.across = round(METRES_PER_DEGREE * math.cos(math.radians(self.lat)), 6)

    def metres(self, point: Point) -> Point:
        return (point[0] - self.lon) * self.across, (point[1] - self.lat) * METRES_PER_DEGREE

    def microdegrees(self, xy: np.ndarray) -> np.ndarray:
        return (xy / (self.across, METRES_PER_DEGREE) + (self.lon, self.lat)) * MICRO


def halved(ring: list[Point], a: float, b: float, c: float) -> list[Point]:
    """The part of a convex ring where a·x + b·y ≤ c."""
    kept = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        d1, d2 = a * x1 + b * y1 - c, a * x2 + b * y2 - c
        if d1 <= 0:
            kept.append((x1, y1))
        if d1 * d2 < 0:
            t = d1 / (d1 - d2)
            kept.append((x1 + t * (x2 - x1), y1 + t * (y2 - y1)))
    return kept


def power_cells(seeds: Sequence[Point], weights: Sequence[float], within: Polygon) -> list:
    """Each seed's cell of the weighted Voronoi diagram inside a polygon."""
    cells = []
    for i, (x, y) in enumerate(seeds):
        ring = [(-FAR, -FAR), (FAR, -FAR), (FAR, FAR), (-FAR, FAR)]
        for j, (u, v) in enumerate(seeds):
            if i != j and ring:
                c = u * u + v * v - x * x - y * y + weights[i] - weights[j]
                ring = halved(ring, 2 * (u - x), 2 * (v - y), c)
        cells.append(within.intersection(Polygon(ring)) if len(ring) > 2 else Polygon())
    return cells


def newton_step(seeds: Sequence[Point], cells: list, targets: np.ndarray) -> np.ndarray:
    """The change of weights that would bring the cells' areas to the targets if borders moved linearly."""
    n = len(seeds)
    slope = np.eye(n) * 1e-6
    for i in range(n):
        for j in range(i + 1, n):
            shared = shapely.intersection(cells[i], cells[j], grid_size=0.01).length
            if shared > 0:
                pull = shared / (2 * math.dist(seeds[i], seeds[j]))
                slope[[i, j], [i, j]] += pull
                slope[[i, j], [j, i]] -= pull
    return np.array(solved(slope.tolist(), (targets - shapely.area(cells)).tolist()))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """A small linear system solved in plain numbers: numpy's own answer differs from processor to processor."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, len(rows)):
            share = rows[r][i] / rows[i][i]
            rows[r] = [below - share * above for below, above in zip(rows[r], rows[i], strict=True)]
    found = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        known = sum(rows[i][j] * found[j] for j in range(i + 1, len(rows)))
        found[i] = (rows[i][-1] - known) / rows[i][i]
    return found


def balanced(seeds: Sequence[Point], targets: np.ndarray, within: Polygon, rounds: int) -> list:
    """Power cells whose areas approach the targets; a step that would empty a cell is halved."""
    weights = np.zeros(len(seeds))
    cells = power_cells(seeds, weights, within)
    floor = 0.5 * min(targets.min(), shapely.area(cells).min())
    for _ in range(rounds):
        step = newton_step(seeds, cells, targets)
        for pace in (1, 0.5, 0.25, 0.1, 0.03, 0.01):
            tried = power_cells(seeds, weights + pace * step, within)
            if shapely.area(tried).min() >= floor:
                weights, cells = weights + pace * step, tried
                break
    return cells


def cells_around(points: Sequence[Point], areas: Sequence[float], within: Polygon) -> list[Polygon]:
    """Each point's cell: as near to the areas given as leaves every point inside its own cell."""
    wanted = np.array(areas) * within.area / sum(areas)
    plain = shapely.area(power_cells(points, [0.0] * len(points), within))
    places = shapely.points(points)
    for share in np.linspace(1, 0, 21):
        cells = whole(balanced(points, share * wanted + (1 - share) * plain, within, ROUNDS))
        if shapely.contains(cells, places).all():
            return cells
    return cells


def cut(within: Polygon, parts: int) -> list[Polygon]:
    """A polygon cut into compact parts of like size (Lloyd's relaxation), in reading order."""
    if parts == 1:
        return [within]
    seeds = spread(within, parts)
    for _ in range(ROUNDS):
        cells = power_cells(seeds, [0.0] * parts, within)
        seeds = [centre(cell, seed) for cell, seed in zip(cells, seeds, strict=True)]
    targets = np.full(parts, within.area / parts)
    return in_reading_order(whole(balanced(seeds, targets, within, 4)))


def centre(cell: Polygon, seed: Point) -> Point:
    return seed if cell.is_empty else (cell.centroid.x, cell.centroid.y)


def spread(within: Polygon, parts: int) -> list[Point]:
    """Evenly scattered first seeds inside a polygon: a fixed low-discrepancy sequence, so every run is the same."""
    west, south, east, north = within.bounds
    seeds: list[Point] = []
    step = 1
    while len(seeds) < parts:
        x = west + (east - west) * (step * 0.7548776662466927 % 1)
        y = south + (north - south) * (step * 0.5698402909980532 % 1)
        if within.contains(shapely.Point(x, y)):
            seeds.append((x, y))
        step += 1
    return seeds


def whole(cells: list) -> list[Polygon]:
    """Cells in one piece each: stray pieces go to the neighbour they share most border with."""
    pieces = [sorted(shapely.get_parts(cell), key=lambda p: -p.area) for cell in cells]
    bodies = [own[0] for own in pieces]
    strays = sorted((p for own in pieces for p in own[1:] if p.area > 1), key=lambda p: -p.area)
    for stray in strays:
        shared = [body.buffer(0.01).intersection(stray.exterior).length for body in bodies]
        best = max(range(len(bodies)), key=shared.__getitem__)
        bodies[best] = shapely.union_all([bodies[best], stray], grid_size=0.001)
    return bodies


def in_reading_order(cells: list[Polygon]) -> list[Polygon]:
    """Rows from north to south, each from west to east."""
    rows = max(1, round(math.sqrt(len(cells))))
    by_north = sorted(cells, key=lambda cell: (-cell.centroid.y, cell.centroid.x))
    size = math.ceil(len(cells) / rows)
    bands = [by_north[i : i + size] for i in range(0, len(by_north), size)]
    return [cell for band in bands for cell in sorted(band, key=lambda cell: cell.centroid.x)]


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """A total shared out in proportion to weights by largest remainder, at least one each."""
    spare = total - len(weights)
    exact = [spare * weight / sum(weights) for weight in weights]
    given = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (given[i] - exact[i], i))
    for i in by_remainder[: spare - sum(given)]:
        given[i] += 1
    return [1 + part for part in given]


def snapped(cells: list[Polygon], projection: Projection) -> list[Polygon]:
    """The cells redrawn from one noded linework on a grid of millionths of a degree: no gaps, no overlaps."""
    drawn = [shapely.transform(cell, projection.microdegrees) for cell in cells]
    lines = shapely.union_all(shapely.boundary(drawn), grid_size=1)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    tree = shapely.STRtree(drawn)
    owned: list[list] = [[] for _ in cells]
    for face in faces:
        near = tree.query(face)
        overlaps = shapely.area(shapely.intersection(face, tree.geometries[near]))
        owned[near[int(np.argmax(overlaps))]].append(face)
    joined = [shapely.coverage_union_all(own) for own in owned]
    return [shapely.transform(cell, lambda xy: np.round(xy / MICRO, 6)) for cell in joined]
