"""Databases that a run makes once and each worker copies: the tables alone, and what is filled in above them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import extensions

from liixia.launcher.places import CHECKOUT

LOCK = "SELECT pg_advisory_lock(370102)"


def beside(name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def of_this_run(name: str) -> str:
    return f"{name}_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:8]}"


@contextmanager
def server() -> Iterator[extensions.cursor]:
    """One worker at a time makes or copies."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as door:
        door.autocommit = True
        with door.cursor() as cursor:
            cursor.execute(LOCK)
            yield cursor


def once(cursor: extensions.cursor, name: str, template: str, argv: list[str], **env: str) -> str:
    """The database of this run, filled by this program when it is first asked for."""
    made = of_this_run(name)
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made])
    if not cursor.fetchone():
        cursor.execute(f'CREATE DATABASE "{made}_new" TEMPLATE "{template}"')
        subprocess.run(argv, cwd=CHECKOUT, env={**os.environ, **env, "DATABASE_URL": beside(f"{made}_new")}, check=True)
        cursor.execute(f'ALTER DATABASE "{made}_new" RENAME TO "{made}"')  # only what was filled whole gets the name
    return made


def tables(cursor: extensions.cursor) -> str:
    """The tables and nothing in them."""
    return once(cursor, "tables", "template1", [sys.executable, "manage.py", "migrate", "--verbosity", "0"])


def drop(name: str) -> None:
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
