"""What is put down leaves once, in order, and a message that nobody can take stops only its own partition."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from outbox import actions, delivery
from outbox.models import Fate, Handled, Message
from tests.outbox import doubles

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _consumers(settings):
    doubles.forget()
    settings.OUTBOX_CONSUMERS = {
        "t": ["tests.outbox.doubles.first", "tests.outbox.doubles.second"],
        "rows": ["tests.outbox.doubles.rows"],
    }


def put(*numbers: int, partition: str = "case:1", topic: str = "t") -> None:
    for n in numbers:
        actions.put(topic, dedupe_key=f"{topic}:{n}", partition_key=partition, payload={"n": n})


def heard(by: str) -> list[object]:
    return [n for who, n in doubles.told if who == by]


def fates() -> dict[str, str]:
    return dict(Message.objects.values_list("dedupe_key", "fate"))


def test_putting_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1), transaction.atomic(savepoint=False):
        put(1)


def test_the_same_key_is_put_once():
    put(1)
    put(1)
    assert Message.objects.count() == 1


def test_what_is_rolled_back_was_never_put():
    with transaction.atomic():
        put(1)
        transaction.set_rollback(True)
    assert actions.drain(AT) == 0


def test_every_consumer_hears_everything_in_order_and_once():
    put(1, 2, 3)
    put(4, partition="case:2")
    assert (actions.drain(AT), actions.drain(AT)) == (4, 0)
    assert heard("first") == heard("second") == [1, 2, 3, 4]
    assert set(fates().values()) == {Fate.SENT}


def test_consumers_are_given_batches():
    put(*range(40))
    actions.drain(AT)
    assert doubles.calls == [40]


def test_a_limit_holds_and_the_rest_goes_next():
    put(*range(5))
    assert (actions.drain(AT, limit=2), heard("first")) == (2, [0, 1])
    assert (actions.drain_all(AT, limit=2), heard("first")) == (3, [0, 1, 2, 3, 4])


def test_a_topic_that_nobody_listens_to_is_sent():
    put(1, topic="unheard")
    assert (actions.drain(AT), fates()) == (1, {"unheard:1": Fate.SENT})


def test_a_poison_message_stops_only_its_own_partition():
    doubles.poison.add(2)
    put(1, 2, 3)
    put(4, 5, partition="case:2")
    assert actions.drain(AT) == 3
    assert heard("second") == [1, 4, 5]
    assert fates() == {"t:1": "sent", "t:2": "waiting", "t:3": "waiting", "t:4": "sent", "t:5": "sent"}


def test_what_stands_behind_a_poison_message_waits_for_it_and_comes_in_order():
    doubles.poison.add(2)
    put(2, 3)
    actions.drain(AT)
    put(4)
    assert actions.drain(AT + timedelta(seconds=3)) == 0
    doubles.poison.clear()
    assert (actions.drain(AT + timedelta(seconds=7)), heard("second")) == (3, [2, 3, 4])


def test_the_consumer_that_took_it_is_not_told_again():
    doubles.poison.add(2)
    put(2)
    actions.drain(AT)
    doubles.poison.clear()
    actions.drain(AT + timedelta(minutes=1))
    assert Handled.objects.filter(dedupe_key="t:2").count() == 2
    # once in the batch that was rolled back, once by itself, and not at the second try
    assert heard("first") == [2, 2]


def test_an_effect_that_fails_leaves_nothing_behind():
    doubles.poison.add(2)
    put(1, topic="rows")
    put(2, topic="rows", partition="case:2")
    assert actions.drain(AT) == 1
    assert list(Handled.objects.values_list("consumer", "dedupe_key").order_by("pk")) == [
        ("tests.outbox.doubles.rows", "rows:1"),
        ("effect", "1"),
    ]


def test_a_failure_says_who_and_why():
    doubles.poison.add(1)
    put(1)
    actions.drain(AT)
    assert "doubles.second: ValueError('poison" in Message.objects.get().last_error


def test_a_consumer_that_does_not_exist_puts_the_message_off(settings):
    settings.OUTBOX_CONSUMERS = {"t": ["tests.outbox.nowhere.listen"]}
    put(1)
    assert (actions.drain(AT), fates()) == (0, {"t:1": Fate.WAITING})


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 5), (2, 10), (5, 80), (10, 2560), (11, 3600), (33, 3600)])
def test_the_pause_doubles_up_to_an_hour_give_or_take_a_fifth(attempts, seconds):
    pauses = [delivery.pause_after(attempts).total_seconds() / seconds for _ in range(200)]
    assert 0.8 <= min(pauses) < 0.9
    assert 1.1 < max(pauses) <= 1.2


def test_after_thirty_three_tries_a_message_is_given_up_and_the_next_one_goes():
    doubles.poison.add(1)
    put(1, 2)
    at, tries = AT, 0
    while fates()["t:1"] == Fate.WAITING:
        actions.drain(at)
        tries, at = tries + 1, at + timedelta(hours=2)
    assert (tries, fates()["t:1"]) == (33, Fate.DEAD)
    assert (actions.drain(at), fates()["t:2"]) == (1, Fate.SENT)
