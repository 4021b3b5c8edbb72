"""Loads areas with their outlines, kinds of station and stations; adds what is missing and overwrites nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from grids.models import Area, AreaKind, Station, StationKind
from people.loading import Loaded, add_missing
from people.models import Unit
from people.rows import Row, Sheet, day, filled, number_or_none, one_of, text, yes_or_no

DATA = Path(__file__).parent / "data"
CODE_LENGTHS = {AreaKind.DISTRICT: 6, AreaKind.STREET: 9, AreaKind.COMMUNITY: 12, AreaKind.GRID: 15}
AREA_COLUMNS = {
    "code": filled(15),
    "kind": one_of(AreaKind.values),
    "name": filled(60),
    "parent": text(15),
    "office": text(20),
    "lon": number_or_none,
    "lat": number_or_none,
    "provisional": yes_or_no,
    "basis": text(200),
    "since": day,
}
OUTLINE_COLUMNS = {"code": filled(15), "outline": filled(100_000)}
KIND_COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "tier": one_of(StationKind.Tier.values),
    "provisional": yes_or_no,
}
STATION_COLUMNS = {"unit": filled(20), "street": filled(9), "kind": filled(20)}


@dataclass(frozen=True)
class Ground:
    """The rows of areas.csv with an outline for each: given, or the union of the parts."""

    sheet: Sheet
    outlines: dict[str, BaseGeometry]


def read_ground(areas: Path, outlines: Path, offices: Iterable[str]) -> Ground:
    sheet = Sheet(areas, AREA_COLUMNS)
    sheet.unique("code")
    sheet.known("office", offices)
    codes = {row["code"] for row in sheet.rows}
    for row in sheet.rows:
        refuse_odd_code(sheet, row, codes)
    sheet.check()
    return Ground(sheet, with_unions(sheet.rows, read_outlines(outlines, sheet)))


def refuse_odd_code(sheet: Sheet, row: Row, codes: set[str]) -> None:
    length = CODE_LENGTHS[row["kind"]]
    above = row["code"][: length - 3] if row["kind"] != AreaKind.DISTRICT else ""
    if len(row["code"]) != length or not row["code"].isdigit():
        sheet.refuse(row, "code", _("a code of this kind has %(length)s digits") % {"length": length})
    elif row["parent"] != above:
        sheet.refuse(row, "parent", _("it must be %(above)s, as its code begins") % {"above": above or "-"})
    elif above and above not in codes:
        sheet.refuse(row, "parent", _("“%(code)s” is not known") % {"code": above})


def read_outlines(path: Path, areas: Sheet) -> dict[str, BaseGeometry]:
    """The outlines given, one polygon a code; grids must lie side by side without gaps or overlaps."""
    sheet = Sheet(path, OUTLINE_COLUMNS)
    sheet.unique("code")
    sheet.known("code", [row["code"] for row in areas.rows])
    shapes = shapely.from_wkt([row["outline"] for row in sheet.rows], on_invalid="ignore")
    for row, shape in zip(sheet.rows, shapes, strict=True):
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or not shape.is_valid:
            sheet.refuse(row, "outline", _("not a closed polygon"))
    sheet.check()
    given = {row["code"]: shape for row, shape in zip(sheet.rows, shapes, strict=True)}
    for row in areas.rows:
        if row["kind"] == AreaKind.GRID and row["code"] not in given:
            areas.refuse(row, "code", _("it has no outline in %(file)s") % {"file": path.name})
    areas.check()
    refuse_overlaps(sheet, given)
    return given


def refuse_overlaps(sheet: Sheet, given: dict[str, BaseGeometry]) -> None:
    rows = [row for row in sheet.rows if len(row["code"]) == CODE_LENGTHS[AreaKind.GRID]]
    wrong = shapely.coverage_invalid_edges([given[row["code"]] for row in rows]) if rows else []
    for row, edge in zip(rows, wrong, strict=True):
        if not edge.is_empty:
            sheet.refuse(row, "outline", _("it overlaps a neighbour, or their common border is drawn twice"))
    sheet.check()


def with_unions(rows: list[Row], given: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Outlines for all: what is not given is the union of its parts, from the grids upwards."""
    outlines = dict(given)
    for length in (12, 9, 6):
        parts = defaultdict(list)
        for row in rows:
            if len(row["code"]) == length + 3 and row["code"] in outlines:
                parts[row["parent"]].append(outlines[row["code"]])
        for code, shapes in parts.items():
            outlines.setdefault(code, shapely.coverage_union_all(shapes))
    return outlines


def load_areas(ground: Ground) -> list[Loaded]:
    """Areas from the district down, each under its parent."""
    return [load_kind(ground, kind) for kind in AreaKind.values]


def load_kind(ground: Ground, kind: str) -> Loaded:
    ids = dict(Area.objects.values_list("code", "id"))
    offices = dict(Unit.objects.values_list("code", "id"))
    rows = [row for row in ground.sheet.rows if row["kind"] == kind]
    wanted = [area_from(row, ground.outlines.get(row["code"]), ids, offices) for row in rows]
    return add_missing(AreaKind(kind).label, ["code"], wanted)


def area_from(row: Row, outline: BaseGeometry | None, ids: dict[str, int], offices: dict[str, int]) -> Area:
    own = {column: value for column, value in row.values.items() if column not in ("parent", "office")}
    if outline is not None and own["lon"] is None:
        inside = outline.representative_point()
        own |= {"lon": inside.x, "lat": inside.y}
    return Area(
        **own,
        parent_id=ids.get(row["parent"]),
        office_id=offices.get(row["office"]),
        outline="" if outline is None else shapely.to_wkt(outline, rounding_precision=6),
    )


def read_stations(kinds: Path, stations: Path, units: Iterable[str], areas: Iterable[str]) -> tuple[Sheet, Sheet]:
    kind_sheet = Sheet(kinds, KIND_COLUMNS)
    kind_sheet.unique("code")
    sheet = Sheet(stations, STATION_COLUMNS)
    sheet.unique("unit")
    sheet.unique("street", "kind")
    sheet.known("unit", units)
    sheet.known("street", areas)
    sheet.known("kind", {row["code"] for row in kind_sheet.rows})
    return kind_sheet, sheet


def load_stations(kinds: Sheet, stations: Sheet) -> list[Loaded]:
    made = add_missing(_("kinds of station"), ["code"], [StationKind(**row.values) for row in kinds.rows])
    units = dict(Unit.objects.values_list("code", "id"))
    streets = dict(Area.objects.filter(kind=AreaKind.STREET).values_list("code", "id"))
    kind_ids = dict(StationKind.objects.values_list("code", "id"))
    wanted = [
        Station(unit_id=units[row["unit"]], street_id=streets[row["street"]], kind_id=kind_ids[row["kind"]])
        for row in stations.rows
    ]
    return [made, add_missing(_("stations"), ["unit_id"], wanted)]
