"""A point becomes a grid; near an edge or with vague GPS the neighbours are named too."""

import time

import numpy as np
import pytest

from grids.locate import METRES_PER_DEGREE, grid_codes, ground, locate
from grids.models import Area

METRE = 1 / METRES_PER_DEGREE


@pytest.fixture
def two_squares(db):
    """Two grids of about 222 m side by side; their common edge runs along longitude 10.002."""
    district = Area.objects.create(code="990101", name="D", kind="district")
    for number, west in ((1, 10.0), (2, 10.002)):
        east = round(west + 0.002, 6)
        Area.objects.create(
            code=f"990101001001{number:03}",
            name=f"G{number}",
            kind="grid",
            parent=district,
            outline=f"POLYGON (({west} 0, {west} 0.002, {east} 0.002, {east} 0, {west} 0))",
        )


def test_a_point_in_the_middle_has_one_grid(two_squares):
    found = locate(10.001, 0.001)
    assert (found.grid.name, found.candidates) == ("G1", [])
    assert found.distance_to_edge_m == pytest.approx(111.3, abs=0.5)


@pytest.mark.parametrize(("metres", "asked"), [(14, ["G2"]), (16, [])])
def test_within_15_metres_of_an_edge_the_neighbour_is_a_candidate(two_squares, metres, asked):
    found = locate(10.002 - metres * METRE, 0.001)
    assert found.grid.name == "G1"
    assert [area.name for area in found.candidates] == asked
    assert found.distance_to_edge_m == pytest.approx(metres, abs=0.1)


@pytest.mark.parametrize(("accuracy", "asked"), [(40, []), (60, ["G2"])])
def test_gps_less_accurate_than_the_edge_is_far_asks_too(two_squares, accuracy, asked):
    assert [area.name for area in locate(10.002 - 50 * METRE, 0.001, accuracy).candidates] == asked


def test_on_the_common_edge_the_lower_code_wins_every_time(two_squares):
    assert {locate(10.002, lat).grid.name for lat in np.linspace(0, 0.002, 21)} == {"G1"}


def test_on_the_outer_edge_it_is_inside(two_squares):
    assert {locate(lon, 0.002).grid is not None for lon in np.linspace(10, 10.004, 41)} == {True}


def test_outside_the_district_there_is_none(two_squares):
    found = locate(10.01, 0.001)
    assert (found.grid, found.distance_to_edge_m, found.candidates) == (None, None, [])


@pytest.mark.parametrize("lon", [float("nan"), float("inf"), 1e300])
def test_a_point_that_is_nowhere_is_outside(two_squares, lon):
    assert locate(lon, 0.001).grid is None


def test_without_grids_there_is_none(db):
    assert locate(117.0, 36.6).grid is None


def test_a_changed_outline_counts_at_once(two_squares):
    assert locate(10.001, 0.001).grid.name == "G1"
    Area.objects.filter(name="G1").delete()
    assert locate(10.001, 0.001).grid is None


def test_every_grid_holds_its_own_point(lixia):
    grids = Area.objects.filter(kind="grid")
    assert grid_codes([g.lon for g in grids], [g.lat for g in grids]) == [g.code for g in grids]


def test_many_points_and_one_point_agree(lixia):
    known = ground()
    random = np.random.default_rng(7)
    lons, lats = random.uniform(117.0, 117.14, 200), random.uniform(36.59, 36.71, 200)
    one_by_one = [known.locate(lon, lat, None).grid for lon, lat in zip(lons, lats, strict=True)]
    assert grid_codes(lons, lats) == [grid.code if grid else "" for grid in one_by_one]


def test_fifty_thousand_points_take_less_than_a_second(lixia):
    random = np.random.default_rng(7)
    lons, lats = random.uniform(117.0, 117.14, 50_000), random.uniform(36.59, 36.71, 50_000)
    known, began = ground(), time.perf_counter()
    known.indices(lons, lats)
    assert time.perf_counter() - began < 1
