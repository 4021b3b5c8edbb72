"""A token made by a command is that of the page: by the same action, for people who may come in, shown once."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from audit import clock
from audit.models import Event, SecurityLog
from people.actions import switch_off
from people.models import Token
from tests.api.asking import Program
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    with translation.override("en"):
        yield world()


def made(capsys, username="dispatcher", **words):
    call_command("make_token", username, **{"name": "每晚同步", **words})
    return capsys.readouterr()


def test_it_prints_the_token_alone_and_says_beside_it_for_whom(w, capsys):
    told = made(capsys)
    answer = Program(Authorization=f"Token {told.out.strip()}").get("cases/")
    assert answer.status_code == 200
    assert w.dispatcher.name in told.err
    token = Token.objects.of(w.dispatcher).get()
    assert (token.name, (token.expiry - token.created).days) == ("每晚同步", 90)
    assert SecurityLog.objects.get(event=Event.TOKEN_MADE).actor is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"username": "nobody"}, "no account nobody"),
        ({"days": "0"}, "1"),
        ({"days": "367"}, "366"),
        ({"days": "soon"}, "whole number"),
        ({"name": "\u200b"}, "what it is for"),
    ],
)
def test_what_the_page_refuses_is_refused(w, capsys, words, why):
    with pytest.raises(CommandError, match=why):
        made(capsys, **words)
    assert not Token.objects.exists()


def test_nobody_acts_for_an_account_that_is_off(w, capsys):
    switch_off(w.dispatcher, by=None, at=clock.now())
    with pytest.raises(CommandError, match="switched off"):
        made(capsys)
    assert not Token.objects.exists()
