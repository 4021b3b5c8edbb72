"""A throw-away PostgreSQL for one run of the tests, started before Django reads its settings (so: a plugin, `-p`)."""

import atexit
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2

from liixia.launcher import keeper
from liixia.launcher.postgres import new_cluster, own_folder, programs

PREFIX = "liixia-test-"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "",
    "timezone": "UTC",
}


def address_of(run: Path) -> str:
    return f"postgresql://postgres@{quote(str(run), safe='')}:5432/postgres"


def sweep_away_the_dead() -> None:
    """A killed run leaves its folder: nobody holds the lock of such a one."""
    for users in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/users"):
        try:
            with open(users, "a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(users.parent, ignore_errors=True)
        except (BlockingIOError, PermissionError, FileNotFoundError):
            continue


def start() -> tuple[Path, IO[str]]:
    with_programs = programs()
    base = Path(tempfile.mkdtemp(prefix=PREFIX))
    base.chmod(0o755)
    users = open(base / "users", "a")  # noqa: SIM115 - held open for the whole run
    fcntl.flock(users, fcntl.LOCK_SH)
    new_cluster(with_programs, base / "data")
    run = own_folder(base / "run", mode=0o700, by=with_programs.owner)
    argv = [str(with_programs.folder / "postgres"), "-D", str(base / "data"), "-k", str(run)]
    argv += [f"--{name}={value}" for name, value in FAST.items()]
    order = {"users": str(base / "users"), "argv": argv, "owner": with_programs.owner}
    with open(base / "log", "wb") as log:
        subprocess.Popen(
            [sys.executable, "-S", "-E", keeper.__file__, json.dumps(order)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
        )  # fmt: skip
    wait_for(run, base / "log")
    return base, users


def wait_for(run: Path, log: Path) -> None:
    for _ in range(500):
        try:
            return psycopg2.connect(address_of(run)).close()
        except psycopg2.OperationalError:
            time.sleep(0.02)
    raise RuntimeError(f"the test database does not start: {log.read_text(errors='replace')}")


def stop(base: Path, users: IO[str]) -> None:
    users.close()
    with open(base / "users", "a") as file:
        for _ in range(100):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.05)
    shutil.rmtree(base, ignore_errors=True)


os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "k" * 50)
os.environ.setdefault("LIIXIA_FIELD_KEYS", "only-for-tests-" + "f" * 50)
os.environ.setdefault("LIIXIA_DEMO", "0")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("DEBUG", "1")
if not os.environ.get("DATABASE_URL") and not os.environ.get("PYTEST_XDIST_WORKER"):
    sweep_away_the_dead()
    folder, held = start()
    os.environ["DATABASE_URL"] = address_of(folder / "run")
    atexit.register(stop, folder, held)
