"""Schemathesis finds nothing: whatever it makes up is answered as the description says, and every row still holds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from audit import clock
from liixia.launcher.places import CHECKOUT
from people.actions import make_token
from people.models import Role, User
from tests.browser import house
from tests.journeys import people

PROMISES = CHECKOUT / "tests" / "api" / "fuzzed" / "promises.toml"
FEW, MANY = 3, 60
SEED = 20260312
# Who asks, and what most concerns them; in the long form each is asked everything.
CONCERNS = {
    "clerk": "reports|call-back|areas|items|units|marks",
    "dispatcher": "v1/cases/({number}/(moves/(accept|self_handle|whistle)/)?)?$|steps",
    "officer": "summonses/({id}/(moves/(sign|respond|arrive|reply|assign)/)?)?$|clocks",
}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    """A house of its own: nobody else wants to live in what is left."""
    with house.running(tmp_path_factory.mktemp("fuzzed"), whose="_fuzzed") as one:
        yield one


@pytest.fixture
def at_home(fuzzed, django_db_blocker):
    with fuzzed.at_home(django_db_blocker):
        yield fuzzed


def somebody(role: str) -> User:
    place = people.place()
    return {
        "clerk": lambda: people.seated(Role.CLERK),
        "dispatcher": lambda: place.dispatcher,
        "officer": lambda: people.answers_for(people.item_of_three(place.street.office)[1][0]),
    }[role]()


def schemathesis(site: str, user: User, tmp_path: Path, *words: str) -> subprocess.CompletedProcess:
    """All its checks and phases; what it keeps for itself stays in the folder of the test."""
    token = make_token(user, name="试验", days=1, by=user, at=clock.now())[1]
    env = {**os.environ, "FUZZED_SITE": site, "FUZZED_TOKEN": token, "PYTHONPATH": str(CHECKOUT)}
    argv = [
        Path(sys.executable).with_name("schemathesis"), "--config-file", PROMISES, "--no-color", "run",
        f"{site}/api/schema/", "--header", f"Authorization: Token {token}", "--checks", "all",
        "--seed", str(SEED), *words,
    ]  # fmt: skip
    return subprocess.run(argv, cwd=tmp_path, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("role", CONCERNS)
def test_it_finds_nothing_in_what_concerns_a_role(at_home, role, tmp_path):
    words = ("--include-path-regex", CONCERNS[role], "--max-examples", str(FEW))
    told = schemathesis(at_home.url, somebody(role), tmp_path, *words)
    assert told.returncode == 0, told.stdout + told.stderr
    call_command("verify", verbosity=0)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("role", CONCERNS)
def test_it_finds_nothing_anywhere(at_home, role, tmp_path):
    told = schemathesis(at_home.url, somebody(role), tmp_path, "--max-examples", str(MANY))
    assert told.returncode == 0, told.stdout + told.stderr
    call_command("verify", verbosity=0)
