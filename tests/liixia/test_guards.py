"""A shipped installation with a weak spot refuses to start, and says which."""

import pytest
from django.core.checks import run_checks

from liixia import guards
from tests.world import world

STRONG = {
    "SHIPPED": True,
    "SECRET_KEY": "k7" * 10 + "abcdefghijklmnopqrstuvwxyz-0123456789",
    "ALLOWED_HOSTS": ["a.example"],
    "FIELD_KEYS": ["0123456789abcdefghijklmnopqrstuvwxyz"],
}


@pytest.fixture
def shipped(settings):
    for name, value in STRONG.items():
        setattr(settings, name, value)
    return settings


def test_a_well_set_installation_starts(shipped):
    assert guards.refusals() == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "weak", guards.WEAK_KEY),
        ("SECRET_KEY", "k" * 60, guards.WEAK_KEY),
        ("SECRET_KEY", "django-insecure-" + STRONG["SECRET_KEY"], guards.WEAK_KEY),
        ("FIELD_KEYS", [], guards.WEAK_FIELD_KEY),
        ("FIELD_KEYS", ["short"], guards.WEAK_FIELD_KEY),
        ("ALLOWED_HOSTS", ["*"], guards.ANY_HOST),
        ("ALLOWED_HOSTS", [], guards.NO_HOST),
    ],
)
def test_each_weak_spot_is_refused_by_its_sentence(shipped, name, value, sentence):
    setattr(shipped, name, value)
    assert guards.refusals() == [sentence]
    assert sentence in [message.msg for message in run_checks()]
    with pytest.raises(SystemExit, match=sentence[:20].replace("*", r"\*")):
        guards.refuse_unsafe_start()


@pytest.mark.django_db
def test_demo_accounts_are_refused_in_a_shipped_installation(shipped):
    user = world().worker
    guards.refuse_unsafe_start()
    user.demo = True
    user.save()
    with pytest.raises(SystemExit, match="demo accounts"):
        guards.refuse_unsafe_start()


def test_a_demo_may_be_weak(shipped):
    shipped.SHIPPED, shipped.SECRET_KEY = False, "weak"
    guards.refuse_unsafe_start()
