"""Guessing passwords: who is kept out, for how long, and what they learn."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user

from audit.models import SecurityLog
from people.models import User
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def ann(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # counting, not hashing, is tested
    return User.objects.create_user("ann", "安", PASSWORD)


def attempt(client, username="ann", password="wrong", address="10.0.0.1"):
    return client.post("/sign-in", {"username": username, "password": password}, REMOTE_ADDR=address)


def fail(client, times, **how):
    return [attempt(client, **how) for _ in range(times)][-1]


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client):
    fail(client, 5)
    assert attempt(client, password=PASSWORD).status_code == 429
    assert not get_user(client).is_authenticated


def test_four_slips_do_not_lock_and_the_right_password_forgives_them(client):
    fail(client, 4)
    assert attempt(client, password=PASSWORD).status_code == 302
    client.post("/sign-out")
    assert fail(client, 4).status_code == 200


def test_the_same_account_from_another_address_is_not_shut_out(client):
    fail(client, 6)
    assert attempt(client, password=PASSWORD, address="10.0.0.2").status_code == 302


def test_another_account_from_the_same_address_is_not_shut_out(client):
    User.objects.create_user("bob", "鲍", PASSWORD)
    fail(client, 6)
    assert attempt(client, username="bob", password=PASSWORD).status_code == 302


def test_a_locked_account_and_one_that_does_not_exist_read_the_same(client):
    real, made_up = fail(client, 6), fail(client, 6, username="nobody")
    assert (real.status_code, made_up.status_code) == (429, 429)
    pages = [TOKEN.sub(b"", answer.content) for answer in (real, made_up)]
    assert pages[0] == pages[1]


def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(client):
    fail(client, 6)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16))
    assert attempt(client, password=PASSWORD).status_code == 302


def test_the_log_of_attempts_keeps_no_password(client):
    attempt(client, password="a secret nobody may read")
    row = AccessAttempt.objects.get()
    assert "a secret" not in f"{row.post_data}{row.get_data}"


def told() -> list[tuple[str, str | None]]:
    rows = SecurityLog.objects.order_by("pk").values_list("event", "actor__username")
    return list(rows)


def test_the_security_log_tells_of_every_sign_in_good_or_not_and_of_the_way_out(client):
    attempt(client, password="a secret nobody may read")
    attempt(client, password=PASSWORD)
    client.post("/sign-out")
    assert told() == [("sign_in_refused", None), ("signed_in", "ann"), ("signed_out", "ann")]
    assert {str(line.address) for line in SecurityLog.objects.filter(event__contains="sign_")} == {"10.0.0.1"}
    assert "secret" not in "".join(SecurityLog.objects.values_list("reason", flat=True))
