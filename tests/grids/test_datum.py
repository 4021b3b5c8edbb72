"""Coordinates of other datums come back to WGS-84 within less than a metre."""

from itertools import product

import pytest

from grids.datum import gcj02_to_bd09, to_wgs84, wgs84_to_bd09, wgs84_to_gcj02

DISTRICT = list(product([117.0, 117.035, 117.07, 117.105, 117.14], [36.59, 36.62, 36.65, 36.68, 36.71]))
METRES = 111_320


@pytest.mark.parametrize(("datum", "shift"), [("gcj02", wgs84_to_gcj02), ("bd09", wgs84_to_bd09)])
def test_the_way_back_errs_less_than_a_metre(datum, shift):
    for lon, lat in DISTRICT:
        back = to_wgs84(*shift(lon, lat), datum)
        assert max(abs(back[0] - lon), abs(back[1] - lat)) * METRES < 0.01


def test_the_shifts_are_hundreds_of_metres_here():
    lon, lat = wgs84_to_gcj02(117.063, 36.659)
    assert (round(lon - 117.063, 4), round(lat - 36.659, 4)) == (0.0061, 0.0004)
    lon, lat = gcj02_to_bd09(lon, lat)
    assert 0.0055 < lon - 117.0691 < 0.0075
    assert 0.0045 < lat - 36.6594 < 0.0070


def test_tiananmen_is_where_the_maps_have_it():
    lon, lat = wgs84_to_gcj02(116.391349, 39.907375)
    assert abs(lon - 116.397590) * METRES < 5
    assert abs(lat - 39.908776) * METRES < 5


def test_wgs84_stays_as_it_is():
    assert to_wgs84(117.05, 36.65, "wgs84") == (117.05, 36.65)


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
@pytest.mark.parametrize("point", [(180.0, 90.0), (-180.0, -90.0), (0.0, 0.0)])
def test_far_from_china_a_point_stays_where_it_is(datum, point):
    assert to_wgs84(*point, datum) == point
