"""Draws the grids of the small world as three squares side by side, and takes in reports."""

from types import SimpleNamespace
from uuid import uuid4

from cases.models import Channel
from engagement.actions import receive
from engagement.models import Report
from engagement.placing import Point
from grids.models import Area

SOUTH, NORTH = 36.60, 36.61
WEST = {"990102001001001": 117.00, "990102001001002": 117.01, "990102002001001": 117.02}
INSIDE = Point(117.005, 36.605)
NEAR_THE_LINE = Point(117.00995, 36.605)  # some 4 m west of the line between the first two grids
OUTSIDE = Point(118.5, 36.605)


def drawn(w: SimpleNamespace) -> SimpleNamespace:
    for code, west in WEST.items():
        east = west + 0.01
        ring = f"{west} {SOUTH}, {east} {SOUTH}, {east} {NORTH}, {west} {NORTH}, {west} {SOUTH}"
        Area.objects.filter(code=code).update(outline=f"POLYGON(({ring}))")
    return w


def received(w: SimpleNamespace, **more) -> Report:
    said = {
        "words": "楼下烧烤店占道经营，油烟直往窗里灌。轮椅过不去。",
        "place": "甲一路口", "name": "董小满", "phone": "13812340427",
        "address": "甲一路14号楼3单元501", "area": w.grid, "category": w.category, "channel": Channel.HOTLINE,
        "by": w.of(w.clerk), "at": w.at, "form_key": uuid4(),
    }  # fmt: skip
    return receive(**{**said, **more})
