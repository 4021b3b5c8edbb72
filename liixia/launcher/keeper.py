"""Runs one embedded PostgreSQL for as long as anyone holds the shared lock on its `users` file, then stops it.

A process of its own, because whoever started the server may end, or be killed, while others still use it.
"""

import fcntl
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from liixia.launcher.children import dies_with_parent  # noqa: E402

LOOK_EVERY = 0.1
SETTLES_AFTER = 1.0
PAUSE = 0.5
ENOUGH = 50
KEPT = "kept"


def unused(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def run(order: dict[str, Any]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(order["argv"], preexec_fn=dies_with_parent(signal.SIGINT), **order["owner"])


def keep(order: dict[str, Any], users: IO[str]) -> "subprocess.Popen[bytes]":
    """One that never settled is given up; one that did is started again when it dies."""
    server, began, settled, deaths = run(order), time.monotonic(), False, 0
    while not unused(users):
        time.sleep(LOOK_EVERY)
        if server.poll() is None:
            settled = settled or time.monotonic() - began > SETTLES_AFTER
        elif settled and deaths < ENOUGH:
            deaths += 1
            time.sleep(PAUSE)
            server = run(order)
        else:
            break
    return server


def main() -> None:
    for sig in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(sig, signal.SIG_IGN)
    order = json.loads(sys.argv[1])
    with open(order["users"], "a") as users, open(Path(order["users"]).with_name(KEPT), "a") as kept:
        fcntl.flock(kept, fcntl.LOCK_EX)  # for as long as we live: whoever finds it held waits for us
        server = keep(order, users)
        if server.poll() is None:
            stop(server)


if __name__ == "__main__":
    main()
