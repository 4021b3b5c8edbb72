"""A rate says how much it is worth."""

import pytest

from assessment.rates import Rate


def test_the_interval_is_wilsons():
    low, high = Rate(81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(("well", "n"), [(0, 1), (1, 1), (0, 40), (40, 40), (7, 9)])
def test_the_interval_holds_the_share_and_stays_within_bounds(well, n):
    low, high = Rate(well, n).interval
    assert 0 <= low <= well / n <= high <= 1
    assert low < high


def test_a_little_more_of_few_is_no_rise():
    assert Rate(18, 20).alike(Rate(17, 20))
    assert not Rate(9000, 10000).alike(Rate(8500, 10000))


def test_few_are_too_few():
    assert not Rate(7, 7).enough
    assert Rate(7, 10).enough
