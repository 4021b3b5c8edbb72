"""Every kind of change supplies what the engine asks for, and what goes by it is written by nothing else."""

from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from changes.kinds import Kind, kinds
from people.models import THREE_ADMINS

ASKED = [name for name in Kind.__annotations__] + [
    name for name in vars(Kind) if not name.startswith("_") and callable(getattr(Kind, name))
]


def test_every_kind_supplies_what_the_engine_asks_for():
    assert {"NAME", "DRAFTS", "DECIDES", "read", "check", "impact", "apply"} <= set(ASKED)
    for kind in kinds().values():
        assert [name for name in ASKED if not hasattr(kind, name)] == []
        assert str(kind.NAME)
        assert str(kind.WHY)


def test_no_administrator_of_the_system_decides_on_rules():
    for kind in kinds().values():
        assert not set(THREE_ADMINS) & {*kind.DRAFTS.roles, *kind.DECIDES.roles}


def test_what_goes_by_reviewed_change_is_a_table_of_ours():
    named = [label for kind in kinds().values() for label in kind.MODELS]
    assert all(apps.get_model(label) for label in named)
    assert len(named) == len(set(named))


def test_there_is_no_admin_that_could_write_past_the_review():
    """Were Django's admin ever switched on, its pages for these tables would have to be read-only."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert "admin" not in get_resolver().namespace_dict
