"""Rows written without a model's detour are the rows that the model itself would write, one alone or many at once."""

import pytest
from django.db import IntegrityError

from audit import clock
from audit.rows import insert
from outbox.models import Message

pytestmark = pytest.mark.django_db


def letter(key: str) -> Message:
    said = {"有": ["引号 ' 与 \\", None, 1.5, {}], "空": None}
    return Message(topic="试", dedupe_key=key, partition_key="", payload=said, sent_at=clock.now())


def told(key: str) -> dict:
    row = Message.objects.filter(dedupe_key=key).values().get()
    return {name: row[name] for name in row.keys() - {"id", "dedupe_key", "sent_at", "next_try_at", "created_at"}}


def test_one_row_and_many_are_written_as_the_model_writes_them(django_assert_num_queries):
    letter("model").save()
    one, two = [letter("alone")], [letter("first"), letter("second")]
    with django_assert_num_queries(2):
        insert(one)
        insert(two)
    assert told("alone") == told("first") == told("second") == told("model")
    given = [(row.pk, row.dedupe_key) for row in (*one, *two)]
    assert given == list(Message.objects.order_by("pk").values_list("pk", "dedupe_key"))[1:]


def test_what_is_there_already_is_dropped_where_that_is_asked():
    insert([letter("once")])
    insert([letter("once")], again=True)
    insert([letter("once"), letter("twice")], again=True)
    assert sorted(Message.objects.values_list("dedupe_key", flat=True)) == ["once", "twice"]
    with pytest.raises(IntegrityError, match="a_message_is_put_once"):
        insert([letter("once")])
