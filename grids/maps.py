"""Outlines as GeoJSON for the map: one file a kind of area, named by what it holds so that it never goes stale."""

import gzip
import hashlib
import json
from dataclasses import dataclass

import shapely
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from grids.locate import areas_version
from grids.models import Area


@dataclass(frozen=True)
class MapFile:
    """A GeoJSON file with the mark of its content."""

    mark: str
    body: bytes
    packed: bytes


_kept: dict[str, tuple[tuple, MapFile]] = {}


def map_file(kind: str) -> MapFile:
    """The outlines of a kind of area, kept in this process until an area changes."""
    version = areas_version()
    if kind not in _kept or _kept[kind][0] != version:
        body = json.dumps(collection(kind), ensure_ascii=False, separators=(",", ":")).encode()
        mark = hashlib.sha256(body).hexdigest()[:12]
        _kept[kind] = (version, MapFile(mark, body, gzip.compress(body, mtime=0)))
    return _kept[kind][1]


def outlines_url(kind: str) -> str:
    """The address of the outlines as they are now; pages put it into the map's element."""
    return reverse("grids:outlines", kwargs={"kind": kind, "mark": map_file(kind).mark})


def collection(kind: str) -> dict:
    areas = list(Area.objects.filter(kind=kind).exclude(outline=""))
    with translation.override(settings.LANGUAGE_CODE):
        provisional = _("Provisional")
    shapes = shapely.from_wkt([area.outline for area in areas])
    return {
        "type": "FeatureCollection",
        "properties": {"kind": kind, "provisional": any(area.provisional for area in areas), "note": provisional},
        "features": [feature(area, shape, provisional) for area, shape in zip(areas, shapes, strict=True)],
    }


def feature(area: Area, shape: shapely.Geometry, provisional: str) -> dict:
    about = {"code": area.code, "name": area.name, "note": provisional if area.provisional else ""}
    geometry = shapely.geometry.mapping(shapely.transform(shape, lambda xy: xy.round(6)))
    return {"type": "Feature", "id": area.code, "properties": about, "geometry": geometry}
