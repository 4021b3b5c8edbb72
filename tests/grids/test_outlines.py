"""Outlines lie side by side, and drawing them again gives the same."""

import filecmp
import os
import shutil
import subprocess
import sys
from collections import Counter

import pytest
import shapely

from grids import drawing
from grids.loading import DATA
from grids.models import Area
from grids.outlines import cut, shares, solved
from liixia.launcher.places import CHECKOUT


@pytest.mark.parametrize("kind", ["grid", "community", "street"])
def test_outlines_of_a_kind_leave_no_gap_and_no_overlap(lixia, kind):
    shapes = shapely.from_wkt(list(Area.objects.filter(kind=kind).values_list("outline", flat=True)))
    district = shapely.from_wkt(Area.objects.get(kind="district").outline)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.coverage_union_all(shapes).equals(district)
    assert not district.interiors


def test_every_outline_is_one_valid_polygon(lixia):
    shapes = shapely.from_wkt(list(Area.objects.values_list("outline", flat=True)))
    assert shapely.is_valid(shapes).all()
    assert {shape.geom_type for shape in shapes} == {"Polygon"}


def test_a_grid_has_few_corners(lixia):
    shapes = shapely.from_wkt(list(Area.objects.filter(kind="grid").values_list("outline", flat=True)))
    assert max(len(shape.exterior.coords) for shape in shapes) < 20


def test_773_grids_are_shared_out_with_one_at_least_for_each_of_120_communities(lixia):
    by_community = Counter(Area.objects.filter(kind="grid").values_list("parent__code", flat=True))
    assert sum(by_community.values()) == 773
    assert set(by_community) == set(Area.objects.filter(kind="community").values_list("code", flat=True))
    assert len(by_community) == 120


def test_a_street_contains_its_point(lixia):
    for street in Area.objects.filter(kind="street"):
        assert shapely.from_wkt(street.outline).contains(shapely.Point(street.lon, street.lat)), street


@pytest.mark.parametrize("kernel", [pytest.param("Haswell", marks=pytest.mark.long), "Nehalem"])
def test_drawing_again_gives_the_same_files_whatever_the_processor(tmp_path, kernel):
    shutil.copytree(DATA / "sketch", tmp_path / "sketch")
    draw = [sys.executable, "manage.py", "draw_outlines", "--data", str(tmp_path)]
    subprocess.run(draw, cwd=CHECKOUT, env={**os.environ, "OPENBLAS_CORETYPE": kernel}, check=True, capture_output=True)
    same, different, missing = filecmp.cmpfiles(DATA, tmp_path, ["areas.csv", "outlines.csv"], shallow=False)
    assert same == ["areas.csv", "outlines.csv"]


def test_a_linear_system_is_solved():
    assert solved([[0.0, 2.0], [4.0, 1.0]], [6.0, 7.0]) == [1.0, 3.0]


def test_files_stay_small():
    assert sum((DATA / name).stat().st_size for name in ("areas.csv", "outlines.csv")) < 400_000


def test_grids_of_a_community_are_numbered_from_one_in_rows_from_the_north():
    parts = cut(shapely.box(0, 0, 3000, 2000), 6)
    assert [part.centroid.y > 1000 for part in parts] == [True] * 3 + [False] * 3
    assert [parts[i].centroid.x < parts[i + 1].centroid.x for i in (0, 1, 3, 4)] == [True] * 4
    codes = [row["code"][-3:] for row in drawing.read(DATA / "areas.csv") if row["parent"] == "370102009001"]
    assert codes == [f"{number:03}" for number in range(1, len(codes) + 1)]


def test_shares_add_up_and_leave_nobody_empty():
    assert shares(10, [1, 1, 1]) == [4, 3, 3]
    assert shares(4, [100, 1, 1]) == [2, 1, 1]
    assert shares(773, [1.5] * 51 + [1] * 69) == sorted(shares(773, [1.5] * 51 + [1] * 69), reverse=True)
