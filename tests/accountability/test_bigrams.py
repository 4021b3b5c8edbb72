"""Whatever was written is found by every part of it that has two signs or more; nothing is found that nobody wrote."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from accountability.bigrams import LEAST, fold, phrase, spans, vector, words_of

SIGNS = "路灯坏了解放东一二三，。、（）「」：aAbBzｚＺé́ß0123４５-#'\\&|!:*<> \t\n哈哈\u200bİ"
TEXTS = st.text(alphabet=SIGNS, min_size=2, max_size=40) | st.text(min_size=2, max_size=40)


def asks(vectors: str, word: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vectors, phrase(word)])
        return cursor.fetchone()[0]


def found(query: str, *fields: str) -> bool:
    words = words_of(query)
    return bool(words) and all(asks(vector(*fields), word) for word in words)


@pytest.mark.django_db
@settings(max_examples=400, deadline=None)
@given(data=st.data(), before=TEXTS, text=TEXTS)
def test_every_part_of_two_signs_or_more_finds_the_text(data, before, text):
    text, before = text.replace("\0", ""), before.replace("\0", "")
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    if len(fold(part)) >= LEAST:
        assert found(part, before, text)
        assert all(spans(text, [word]) for word in words_of(part))


@pytest.mark.django_db
@settings(max_examples=300, deadline=None)
@given(text=TEXTS, query=TEXTS)
def test_nothing_is_found_that_is_not_there(text, query):
    text, query = text.replace("\0", ""), query.replace("\0", "")
    assert found(query, text) == (bool(words_of(query)) and all(word in fold(text) for word in words_of(query)))


@pytest.mark.django_db
def test_a_phrase_does_not_reach_from_one_field_into_the_next():
    assert not found("坏了解放", "路灯坏了", "解放路")
    assert not found("了解", "路灯坏了", "解放路")
    assert found("坏了 解放", "路灯坏了", "解放路")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["ＡＢ座", "ab座", "灯不亮", "路灯，不亮", "3-5", "CAFÉ", "cafe"])
def test_width_case_accents_and_punctuation_do_not_matter(query):
    assert found(query, "AB座路灯，不亮 3 5 Café")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["35", "亮不", "灯亮", "座灯"])
def test_what_stands_apart_or_the_other_way_round_is_not_found(query):
    assert not found(query, "AB座路灯，不亮 3 5 Café")


def test_a_single_sign_is_no_word():
    assert words_of("灯") == words_of("， 灯 ！") == words_of("") == []
    assert words_of("路灯 坏 路灯") == ["路灯"]


def test_marks_stand_where_the_words_do():
    text = "楼下路灯，不亮。ＡＢ座"
    assert [text[start:end] for start, end in spans(text, ["灯不亮", "ab"])] == ["灯，不亮", "ＡＢ"]
