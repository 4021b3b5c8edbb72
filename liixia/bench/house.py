"""The district that benchmarks run on: 200,000 cases, people to sign in as, and the server as shipped."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cases.models import Case
from liixia.bench.serving import Served, web_server
from people.models import User

CASES = int(os.environ.get("LIIXIA_BENCH_CASES", "200000"))
SECRET = "benchbenchbenchbenchbenchbench12"  # of the CSRF cookie; any 32 letters that cookie and form share


def filled() -> None:
    """So many cases, loaded once and kept for the next run."""
    there = Case.objects.count()
    if there < CASES:
        began = time.monotonic()
        call_command("load_demo", cases=CASES, fast=True, verbosity=0)
        _say(f"{Case.objects.count() - there} cases loaded in {time.monotonic() - began:.0f} s")
        _tidied()


def _tidied() -> None:
    """What the database does by itself within minutes, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def opened() -> Iterator[Served]:
    log = settings.STATE_DIR / "logs" / "bench-web.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with web_server(log) as server:
        yield server


def signed_in(user: User) -> dict[str, str]:
    """The headers of somebody who is signed in and may send forms."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookies = f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={SECRET}"
    return {"Cookie": cookies, "X_CSRFToken": SECRET}


def nobody() -> dict[str, str]:
    return {"Cookie": f"{settings.CSRF_COOKIE_NAME}={SECRET}", "X_CSRFToken": SECRET}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
