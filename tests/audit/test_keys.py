"""The keys that seal."""

import pytest
from cryptography.fernet import InvalidToken

from audit.keys import box


def test_any_long_words_make_a_key(settings):
    settings.FIELD_KEYS = ["any long words at all, 任何一句长话"]
    sealed = box().encrypt(b"13800000000")
    assert b"138" not in sealed
    assert box().decrypt(sealed) == b"13800000000"


def test_what_an_older_key_sealed_still_opens_and_the_newest_seals(settings):
    settings.FIELD_KEYS = ["old key " * 5]
    sealed = box().encrypt(b"x")
    settings.FIELD_KEYS = ["new key " * 5, "old key " * 5]
    assert box().decrypt(sealed) == b"x"
    fresh = box().encrypt(b"y")
    settings.FIELD_KEYS = ["old key " * 5]
    with pytest.raises(InvalidToken):
        box().decrypt(fresh)
