"""From a point to a grid."""

from types import SimpleNamespace

import pytest

from engagement import placing
from engagement.forms import GridForm
from engagement.models import Datum
from engagement.placing import UNSURE, GridUnclear, OutsideDistrict, Point, placed, settle
from grids.datum import wgs84_to_bd09, wgs84_to_gcj02
from grids.models import Area
from tests.engagement.ground import INSIDE, NEAR_THE_LINE, OUTSIDE


def test_a_point_well_inside_has_one_grid(w):
    found = placed(INSIDE)
    assert (found.grid, found.certain) == (w.grid, True)


def test_a_point_near_a_line_may_lie_in_either(w):
    assert placed(NEAR_THE_LINE).candidates == (w.grid, w.next_grid)


def test_a_vague_device_makes_an_inner_point_unclear(w):
    vague = Point(117.0095, 36.605, accuracy_m=120)  # 45 m from the line
    assert not placed(vague).certain
    assert placed(Point(117.0095, 36.605, accuracy_m=20)).certain


@pytest.mark.parametrize(("datum", "shift"), [(Datum.GCJ02, wgs84_to_gcj02), (Datum.BD09, wgs84_to_bd09)])
def test_a_shifted_datum_is_put_back_first(w, datum, shift):
    lon, lat = shift(117.0105, 36.605)
    assert placed(Point(lon, lat, datum)).grid == w.next_grid


def test_a_point_outside_is_refused(w):
    with pytest.raises(OutsideDistrict) as refused:
        settle(OUTSIDE, None)
    assert refused.value.code == "outside_district"


def test_an_unclear_point_asks(w):
    with pytest.raises(GridUnclear) as unclear:
        settle(NEAR_THE_LINE, None)
    assert unclear.value.candidates == (w.grid, w.next_grid)


def test_the_grid_that_a_person_names_counts(w):
    assert settle(NEAR_THE_LINE, None, w.next_grid.code) == (NEAR_THE_LINE, w.next_grid)


def test_a_grid_that_was_not_offered_is_asked_again(w):
    with pytest.raises(GridUnclear):
        settle(NEAR_THE_LINE, None, w.far_grid.code)


def test_who_is_unsure_leaves_it_to_the_community(w):
    assert settle(NEAR_THE_LINE, None, UNSURE) == (NEAR_THE_LINE, w.community)


def test_a_place_named_elsewhere_outweighs_the_device(w):
    assert settle(INSIDE, w.other_street) == (None, w.other_street)


def test_a_place_named_around_the_point_is_made_finer(w):
    assert settle(INSIDE, w.street) == (INSIDE, w.grid)


def test_no_point_leaves_what_was_named(w):
    assert settle(None, w.community) == (None, w.community)


def grids_of(community, first: int, last: int) -> list[Area]:
    made = [
        Area(code=f"{community.code}{number:03}", name=f"{community.name}第{number}网格", kind="grid", parent=community)
        for number in range(first, last)
    ]
    return Area.objects.bulk_create(made)


def vaguely(monkeypatch, grid, others):
    """A phone that may be in any of these."""
    monkeypatch.setattr(placing, "locate", lambda *_, **__: SimpleNamespace(grid=grid, candidates=tuple(others)))


def test_many_grids_of_one_community_ask_nothing_that_a_resident_cannot_know(w, monkeypatch):
    vaguely(monkeypatch, w.grid, [w.next_grid, *grids_of(w.community, 11, 15)])
    assert settle(INSIDE, None) == (INSIDE, w.community)


def test_many_grids_of_several_communities_ask_for_the_community(w, monkeypatch):
    vaguely(monkeypatch, w.grid, [w.next_grid, w.far_grid, *grids_of(w.community, 11, 13)])
    with pytest.raises(GridUnclear) as unclear:
        settle(INSIDE, None)
    assert unclear.value.candidates == (w.community, w.other_community)
    assert settle(INSIDE, None, w.other_community.code) == (INSIDE, w.other_community)


def test_not_knowing_is_the_first_answer(w):
    values = [value for value, _words in GridForm((w.grid, w.next_grid)).fields["grid"].choices]
    assert values == [UNSURE, w.grid.code, w.next_grid.code]
