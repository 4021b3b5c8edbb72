"""A question that is put into SQL once answers as the same question written anew each time."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from audit import clock
from audit.kept import MOST, Kept
from audit.statements import Statement
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [User.objects.create_user(f"u{nth}", name) for nth, name in enumerate("甲乙乙")]


def test_each_asks_for_their_own(people, django_assert_num_queries):
    @Kept
    def called(name: str):
        return User.objects.filter(name=name).select_related("unit").order_by("pk")

    assert called(name="甲") == people[:1]
    with django_assert_num_queries(1):
        assert called(name="乙") == people[1:]
    assert called(name="丙") == []


def test_rows_are_read_anew(people):
    @Kept
    def one(key: int):
        return User.objects.filter(pk=key)

    assert one(key=people[0].pk)[0].name == "甲"
    User.objects.filter(pk=people[0].pk).update(name="丁")
    assert one(key=people[0].pk)[0].name == "丁"


def test_two_values_of_one_kind_are_not_mixed_up(people):
    @Kept
    def between(first: int, last: int):
        return User.objects.filter(pk__gte=first, pk__lte=last).order_by("pk")

    assert between(first=people[0].pk, last=people[1].pk) == people[:2]
    assert between(last=people[2].pk, first=people[1].pk) == people[1:]


def test_every_shape_has_its_own_sql(people):
    @Kept
    def some(most: int, name: str):
        return User.objects.filter(name=name).order_by("pk")[:most]

    assert [len(some(most, name="乙")) for most in (1, 2, 1)] == [1, 2, 1]


def test_what_nobody_can_see_is_not_asked(people, django_assert_num_queries):
    @Kept
    def nobody(name: str):
        return User.objects.filter(name=name, pk__in=[])

    with django_assert_num_queries(0):
        assert nobody(name="甲") == nobody(name="乙") == []


def test_a_value_that_does_not_stand_in_the_query_is_refused(people):
    @Kept
    def later(at: clock.datetime):
        return User.objects.filter(last_login__gt=at + timedelta(days=1))

    with pytest.raises(ValueError, match="at"):
        later(at=clock.now())


def test_only_so_many_shapes_are_kept(people):
    @Kept
    def some(most: int, name: str):
        return User.objects.filter(name=name)[:most]

    for most in range(1, MOST + 5):
        some(most, name="甲")
    assert len(some.known) == MOST


def test_a_plan_outlives_the_transaction_in_which_it_was_made(people):
    @Kept
    def called(name: str):
        return User.objects.filter(name=name)

    with transaction.atomic():
        called(name="甲")
        transaction.set_rollback(True)
    assert called(name="甲") == people[:1]


def test_what_the_database_refuses_is_refused_in_djangos_own_words(people):
    statement = Statement("SELECT 1 FROM no_such_table WHERE 1 = %s", [None])
    with pytest.raises(ProgrammingError), transaction.atomic():
        statement.on(connection)
