"""What every answer carries, how long a session lives, and what a call to the database may take."""

import re
import subprocess
import time

import pytest
from django.conf import settings
from django.db import connection

from liixia.launcher.places import CHECKOUT
from liixia.middleware import TOUCHED
from tests.world import world


def test_the_content_policy_allows_nothing_unsafe_and_nobody_elses(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy + ";"
    assert "http" not in policy


def test_the_language_of_the_house_is_chinese_and_a_cookie_makes_it_english(client, db):
    client.post("/i18n/setlang/", {"language": "en", "next": "/healthz"})
    assert client.cookies["django_language"].value == "en"
    assert settings.LANGUAGE_CODE == "zh-hans"


@pytest.mark.parametrize(("name", "value"), [("statement_timeout", "10s"), ("lock_timeout", "3s")])
def test_every_call_to_the_database_ends(db, name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == (value,)


def test_passwords_are_kept_with_argon2id(db):
    user = world().worker
    user.set_password("correct horse 网格 7")
    assert user.password.startswith("argon2$argon2id$")


@pytest.fixture
def visitor(client, db):
    client.force_login(world().worker)
    return client


def touched(visitor, ago):
    session = visitor.session
    session[TOUCHED] = int(time.time()) - ago
    session.save()
    visitor.get("/")
    return visitor.session[TOUCHED]


def test_a_busy_persons_session_is_renewed(visitor):
    assert time.time() - touched(visitor, 6 * 60) < 60


def test_but_not_at_every_page(visitor):
    assert time.time() - touched(visitor, 60) >= 60


def test_a_stranger_gets_no_session(client, db):
    client.get("/sign-in")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_no_file_names_a_registry():
    names = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True).stdout.split()
    of_packages = [name for name in names if re.search(r"requirements.*\.(in|txt)$|package.*\.json$|\.npmrc$", name)]
    assert of_packages
    for name in of_packages:
        text = (CHECKOUT / name).read_text()
        assert not re.search(r"index-url|\"resolved\"|find-links", text), name


def test_every_requirement_is_pinned_with_its_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=\S)", (CHECKOUT / name).read_text().strip())
        pins = [entry for entry in entries if not entry.startswith("#")]
        assert pins
        assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)


def test_nothing_is_done_twice_to_a_request():
    processors = settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
    assert len(set(settings.MIDDLEWARE)) == len(settings.MIDDLEWARE)
    assert len(set(processors)) == len(processors)
