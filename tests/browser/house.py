"""The whole product for one worker's browser tests: a district with its demo, the web server and the sweep.

It has a database of its own beside the tests' (made once a run, copied for each worker), so that tests that empty
theirs take nothing away here. Nothing is faked: the server is the one that ships, the sweep runs on the database clock.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import storages
from django.db import connection
from django.test import override_settings

from liixia.launcher.children import dies_with_parent
from liixia.launcher.places import CHECKOUT
from tests import copied
from tests.copied import tables
from tests.liixia.serving import web_server

PASSWORD = "correct horse 网格 7"
EVERY = "1.2"


@dataclass(frozen=True)
class House:
    """Where it is served, and which database and files are its own."""

    url: str
    database: str
    files: Path

    @contextmanager
    def at_home(self, blocker) -> Iterator[None]:
        """While inside, the models of this process read and write the house's rows and files."""
        settings, before = connection.settings_dict, connection.settings_dict["NAME"]
        stored = {**storages.backends, "default": {**storages.backends["default"], "OPTIONS": self._options()}}
        with blocker.unblock(), override_settings(STORAGES=stored):
            connection.close()
            settings["NAME"] = self.database
            try:
                yield
            finally:
                connection.close()
                settings["NAME"] = before

    def _options(self) -> dict:
        return {"location": str(self.files), "base_url": None}


@contextmanager
def running(base: Path, whose: str = "") -> Iterator[House]:
    """The house, from an empty folder to a served page; gone at the end. `whose` tells two of one worker apart."""
    with (
        database(base, whose) as name,
        surroundings(base, name),
        web_server(base / "web.log") as port,
        sweeping(base / "sweep.log"),
    ):
        yield House(f"http://127.0.0.1:{port}", name, base / "files")


@contextmanager
def surroundings(base: Path, name: str) -> Iterator[None]:
    """The environment that the server and the sweep start with: a demo, as `script/server` runs it."""
    given = {"DATABASE_URL": copied.beside(name), "LIIXIA_STATE": str(base), "LIIXIA_DEMO": "1", "DEBUG": "0"}
    before = {key: os.environ.get(key) for key in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


@contextmanager
def sweeping(log: Path) -> Iterator[None]:
    argv = [sys.executable, "manage.py", "sweep", "--every", EVERY]
    with open(log, "wb") as told:
        sweep = subprocess.Popen(
            argv, cwd=CHECKOUT, stdout=told, stderr=told, env=dict(os.environ), start_new_session=True,
            preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )  # fmt: skip
    try:
        yield
    finally:
        sweep.terminate()
        sweep.wait(20)


@contextmanager
def database(base: Path, whose: str) -> Iterator[str]:
    """A copy for this worker of the one that the first worker fills, its files beside it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    mine = f"{copied.of_this_run('house')}_{worker or 'alone'}{whose}"
    filled_files = base.parents[1 if worker else 0] / "filled"
    argv, given = [sys.executable, "-m", "tests.browser.building", PASSWORD], {"LIIXIA_STATE": str(filled_files)}
    with copied.server() as cursor:
        filled = copied.once(cursor, "house", tables(cursor), argv, LIIXIA_DEMO="1", **given)
        cursor.execute(f'CREATE DATABASE "{mine}" TEMPLATE "{filled}"')
    shutil.copytree(filled_files / "files", base / "files", dirs_exist_ok=True)
    try:
        yield mine
    finally:
        copied.drop(mine)
