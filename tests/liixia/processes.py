"""Which processes belong to a state folder: each carries its name in its environment or among its words."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from liixia.launcher.places import CHECKOUT


def of(state: Path) -> list[str]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes()
            if int(place.name) != os.getpid() and words and names(place, words, str(state).encode()):
                found.append(f"{place.name} {words.replace(bytes(1), b' ').decode(errors='replace')[:120]}")
        except (OSError, ValueError):
            continue
    return found


def names(place: Path, words: bytes, state: bytes) -> bool:
    return state in words or b"LIIXIA_STATE=" + state + bytes(1) in (place / "environ").read_bytes() + bytes(1)


def gone(state: Path, within: float) -> list[str]:
    """Waits; what is left in the end."""
    until = time.monotonic() + within
    while (left := of(state)) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def run_python(state: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "LIIXIA_STATE": str(state)}
    for name in ("LIIXIA_DEMO", "DEBUG", "SECRET_KEY", "LIIXIA_FIELD_KEYS", "ALLOWED_HOSTS"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, *words], cwd=CHECKOUT, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
