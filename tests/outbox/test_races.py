"""Several drains at once, on connections of their own: everything leaves once and in order."""

import threading
import time
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from outbox import actions
from outbox.models import Fate, Message
from tests.outbox import doubles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
AT = datetime(2026, 3, 11, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _consumers(settings):
    doubles.forget()
    settings.OUTBOX_CONSUMERS = {"t": ["tests.outbox.doubles.first"], "rows": ["tests.outbox.doubles.rows"]}


def put(count: int, partitions: int, topic: str = "t") -> None:
    actions.put_all(
        actions.Letter(topic, f"{topic}:{n}", f"case:{n % partitions}", {"n": n, "part": n % partitions})
        for n in range(count)
    )


def at_once(*jobs) -> list[BaseException]:
    faults: list[BaseException] = []

    def run(job) -> None:
        try:
            job()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def drain_until_empty() -> None:
    while Message.objects.filter(fate=Fate.WAITING).exists():
        actions.drain(AT, limit=20)


def test_four_drains_deliver_each_message_once_and_each_partition_in_order():
    put(400, partitions=13)
    assert at_once(*[drain_until_empty] * 4) == []
    heard = [n for _, n in doubles.told]
    assert Counter(heard) == Counter(range(400))
    for part in range(13):
        mine = [n for n in heard if n % 13 == part]
        assert mine == sorted(mine)


def test_a_partition_in_one_hand_is_left_alone_by_the_other():
    put(4, partitions=2)
    others: list[int] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('case:0', 0))")
        assert at_once(lambda: others.append(actions.drain(AT))) == []
    assert (others, [n for _, n in doubles.told]) == ([2], [1, 3])


def test_a_drain_that_dies_before_its_commit_has_sent_nothing():
    put(3, partitions=1, topic="rows")

    def dies() -> None:
        with transaction.atomic():
            actions.drain(AT)
            connection.close()

    at_once(dies)
    # The database lets go of a lost connection's locks when it notices, a moment later.
    until, sent = time.monotonic() + 20, 0
    while not sent and time.monotonic() < until:
        sent = actions.drain(AT)
    assert sent == 3


def test_thousands_leave_in_few_statements():
    put(6000, partitions=400)
    with CaptureQueriesContext(connection) as asked:
        assert actions.drain_all(AT) == 6000
    assert len(asked) < 600
