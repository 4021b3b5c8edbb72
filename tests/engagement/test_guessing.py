"""Guessing receipt codes."""

from datetime import timedelta

import pytest

from engagement.actions import TooManyGuesses, count_guess, refuse_guesser
from engagement.actions.guessing import MOST
from engagement.models import Guess


def guesses(w, times: int, address: str = "10.0.0.9") -> None:
    for _time in range(times):
        count_guess(address, at=w.at)


def test_a_few_wrong_codes_are_forgiven(w):
    guesses(w, MOST - 1)
    refuse_guesser("10.0.0.9", at=w.at)


def test_too_many_make_the_address_wait(w):
    guesses(w, MOST)
    with pytest.raises(TooManyGuesses):
        refuse_guesser("10.0.0.9", at=w.at)


def test_another_address_does_not_wait(w):
    guesses(w, MOST)
    refuse_guesser("10.0.0.10", at=w.at)


def test_after_ten_minutes_it_may_try_again(w):
    guesses(w, MOST)
    refuse_guesser("10.0.0.9", at=w.at + timedelta(minutes=10))


def test_neither_address_nor_old_counts_are_kept(w):
    count_guess("10.0.0.9", at=w.at - timedelta(days=2))
    count_guess("10.0.0.9", at=w.at)
    assert "10.0.0.9" not in Guess.objects.get().origin
