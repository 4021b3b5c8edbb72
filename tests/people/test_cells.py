"""What somebody opens in a table program holds words, never formulas."""

import pytest

from people.cells import BEGINNINGS, INVISIBLE, harmless


@pytest.mark.parametrize("sign", sorted(BEGINNINGS))
def test_what_begins_like_a_formula_is_marked_as_words(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("sign", INVISIBLE)
def test_what_nobody_sees_before_it_hides_no_formula(sign):
    assert harmless(f"{sign}=1+1") == f"'{sign}=1+1"


@pytest.mark.parametrize("words", ["", " ", "占道烧烤", "3-1", "a=b"])
def test_other_words_stay_as_they_are(words):
    assert harmless(words) == words
