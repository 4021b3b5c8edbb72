"""The people whom the launcher names have something to do, and are few enough for one screen."""

import pytest

from liixia.demo.examples import SHOWN, examples
from people.models import Role, User
from tests import stories
from tests.world import person, post, world

pytestmark = pytest.mark.django_db


def test_who_has_work_is_named_before_who_has_none():
    w = world()
    User.objects.filter(pk=w.dispatcher.pk).update(demo=True)
    idle = post(person("a_idle", "闲人", w.office), Role.DISPATCHER, w.other_street)
    User.objects.filter(pk=idle.pk).update(demo=True)
    stories.reported(w)
    assert examples(w.at) == [w.dispatcher.username]


def test_one_for_each_kind_of_work():
    w = world()
    User.objects.update(demo=True)
    named = examples(w.at)
    assert 0 < len(named) <= len(SHOWN)
    assert w.dispatcher.username in named
