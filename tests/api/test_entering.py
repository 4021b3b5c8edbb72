"""Who may come in: tokens that end, are revoked or belong to nobody any more; sessions with the key of their page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit import clock
from audit.models import Event, SecurityLog
from grids.standing import standing_of
from people.actions import MOST_TOKENS, TokenRefused, make_token, revoke_token, switch_off
from people.api.entering import TokenEntry
from people.models import Role, Token
from tests.api.asking import Program, program
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def held(w, **when):
    return make_token(w.clerk, **{"name": "试验", "days": 1, "by": w.clerk, "at": clock.now(), **when})


def status(secret):
    return Program(Authorization=f"Token {secret}").get("units/").status_code


def test_a_token_opens_until_it_ends(w):
    assert status(held(w)[1]) == 200
    assert status(held(w, at=clock.now() - timedelta(days=1, seconds=1))[1]) == 401


def test_a_revoked_token_opens_nothing_and_the_log_tells(w):
    token, secret = held(w)
    revoke_token(token, by=w.clerk)
    assert status(secret) == 401
    assert list(SecurityLog.objects.values_list("event", flat=True)) == [Event.TOKEN_MADE, Event.TOKEN_REVOKED]


def test_whoever_is_switched_off_has_no_token_any_more(w):
    secret = held(w)[1]
    switch_off(w.clerk, by=None, at=clock.now())
    assert status(secret) == 401
    assert not Token.objects.of(w.clerk).exists()


def test_only_the_hash_of_a_token_is_kept(w):
    secret = held(w)[1]
    kept = Token.objects.values().get()
    assert secret not in map(str, kept.values())
    assert len(kept["token_key"]) == 15


@pytest.mark.parametrize("header", ["Token", "Token  ", "Token a b", "Bearer x", "Basic eDp5", "Token \xff", "x"])
def test_what_is_no_token_opens_nothing(header):
    assert Program(Authorization=header).get("units/").status_code == 401


def test_a_token_costs_two_queries_with_all_that_its_person_holds(w, rf, django_assert_num_queries):
    request = rf.get("/", headers={"Authorization": f"Token {held(w)[1]}"})
    with django_assert_num_queries(2):
        user, _token = TokenEntry().authenticate(request)
        assert (user, standing_of(user, user.moment).roles) == (w.clerk, {Role.CLERK})


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_holds_for_a_year_at_most(w, days):
    with pytest.raises(TokenRefused):
        held(w, days=days)


def test_nobody_has_tokens_without_end(w):
    for _ in range(MOST_TOKENS):
        held(w)
    with pytest.raises(TokenRefused):
        held(w)


def test_a_session_changes_nothing_without_the_key_of_its_page(w):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(w.clerk)
    assert browser.get("/api/v1/units/").status_code == 200
    answer = browser.post("/api/v1/reports/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_a_person_makes_a_token_and_reads_it_once(w, client):
    client.force_login(w.clerk)
    page = client.post(reverse("people:tokens"), {"name": "每晚同步", "days": "30"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    assert status(secret) == 200
    again = client.get(reverse("people:tokens")).content.decode()
    assert ("每晚同步" in again, secret in again) == (True, False)


def test_the_menu_of_the_account_leads_to_ones_tokens(w, client):
    client.force_login(w.clerk)
    assert f'href="{reverse("people:tokens")}"' in client.get("/").content.decode()


def test_a_person_revokes_their_own_and_nobody_elses(w, client):
    token, _secret = held(w)
    where = reverse("people:revoke_token", args=[token.token_key])
    client.force_login(w.desk_officer)
    assert client.post(where).status_code == 404
    client.force_login(w.clerk)
    assert client.post(where).status_code == 302
    assert not Token.objects.exists()


def test_the_list_of_tokens_is_ones_own(w, client):
    held(w)
    client.force_login(w.desk_officer)
    assert list(client.get(reverse("people:tokens")).context["tokens"]) == []
    assert program(w.clerk).get("units/").status_code == 200
