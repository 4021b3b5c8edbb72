"""Makes the rows of areas.csv and outlines.csv from a sketch: a rough outline, points with sizes, lists of names."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from shapely.geometry import Polygon

from grids.outlines import Projection, cells_around, cut, shares, snapped

AREA_COLUMNS = ["code", "kind", "name", "parent", "office", "lon", "lat", "provisional", "basis", "since"]
OUTLINE_COLUMNS = ["code", "outline"]


@dataclass(frozen=True)
class Sketch:
    """What is known of a district before anybody has surveyed it."""

    district: dict[str, str]
    streets: list[dict[str, str]]
    communities: list[dict[str, str]]
    outline: list[tuple[float, float]]


@dataclass(frozen=True)
class Drawn:
    """One drawn grid and the community it lies in."""

    code: str
    name: str
    community: str
    cell: Polygon


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_sketch(folder: Path) -> Sketch:
    return Sketch(
        district=read(folder / "district.csv")[0],
        streets=read(folder / "streets.csv"),
        communities=read(folder / "communities.csv"),
        outline=[(float(row["lon"]), float(row["lat"])) for row in read(folder / "outline.csv")],
    )


def draw(sketch: Sketch) -> list[Drawn]:
    """All grids of a sketch, on one linework, with provisional codes and names."""
    middle = Polygon(sketch.outline).centroid
    projection = Projection((middle.x, middle.y))
    rough = list(grid_cells(sketch, projection))
    cells = snapped([grid.cell for grid in rough], projection)
    return [replace(grid, cell=cell) for grid, cell in zip(rough, cells, strict=True)]


def grid_cells(sketch: Sketch, projection: Projection) -> Iterator[Drawn]:
    """Streets, cut into communities, cut into grids; in metres, not yet snapped."""
    within = Polygon([projection.metres(point) for point in sketch.outline])
    points = [projection.metres((float(row["lon"]), float(row["lat"]))) for row in sketch.streets]
    sizes = [float(row["area_km2"]) for row in sketch.streets]
    counts = grids_per_community(sketch)
    for street, ground in zip(sketch.streets, cells_around(points, sizes, within), strict=True):
        communities = [row for row in sketch.communities if row["street_code"] == street["code"]]
        for community, part in zip(communities, cut(ground, len(communities)), strict=True):
            for number, cell in enumerate(cut(part, counts[community["code"]]), start=1):
                name = sketch.district["grid_name"].format(community=community["short_name"], number=number)
                yield Drawn(f"{community['code']}{number:03}", name, community["code"], cell)


def grids_per_community(sketch: Sketch) -> dict[str, int]:
    weights = {row["code"]: float(row["grid_weight"]) for row in sketch.streets}
    counts = shares(int(sketch.district["grids"]), [weights[row["street_code"]] for row in sketch.communities])
    return {row["code"]: count for row, count in zip(sketch.communities, counts, strict=True)}


def area_rows(sketch: Sketch, drawn: list[Drawn]) -> list[list[str]]:
    """The rows of areas.csv, from the district down to the grids."""
    about = sketch.district
    by_code: dict[str, list[Polygon]] = {}
    for grid in drawn:
        for length in (len(about["code"]), 9, 12, 15):
            by_code.setdefault(grid.code[:length], []).append(grid.cell)
    named = [("district", about["code"], about["name"], "")]
    named += [("street", row["code"], row["name"], about["code"]) for row in sketch.streets]
    named += [("community", row["code"], row["name"], row["street_code"]) for row in sketch.communities]
    named += [("grid", grid.code, grid.name, grid.community) for grid in drawn]
    streets = {row["code"]: row for row in sketch.streets}
    offices = {row["code"]: row["office"] for row in (about, *sketch.streets)}
    rows = []
    for kind, code, name, parent in named:
        street = streets.get(code)
        point = (street["lon"], street["lat"]) if street else point_inside(by_code[code])
        rows.append(
            [code, kind, name, parent, offices.get(code, ""), *point, "1", about[f"{kind}_basis"], about["since"]]
        )
    return rows


def point_inside(cells: list[Polygon]) -> tuple[str, str]:
    ground = shapely.coverage_union_all(cells)
    point = ground.centroid if ground.contains(ground.centroid) else ground.representative_point()
    return f"{point.x:.6f}", f"{point.y:.6f}"


def outline_rows(drawn: list[Drawn]) -> list[list[str]]:
    """The rows of outlines.csv: grids only, since everything above is the union of its grids."""
    return [[grid.code, shapely.to_wkt(grid.cell, rounding_precision=6)] for grid in drawn]


def write(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
