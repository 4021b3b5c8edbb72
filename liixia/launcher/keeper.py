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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from liixia.launcher.children import dies_with_parent  # noqa: E402

LOOK_EVERY = 0.1


def unused(users: object) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def main() -> None:
    for sig in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(sig, signal.SIG_IGN)
    order = json.loads(sys.argv[1])
    with open(order["users"], "a") as users:
        server = subprocess.Popen(order["argv"], preexec_fn=dies_with_parent(signal.SIGINT), **order["owner"])
        while server.poll() is None and not unused(users):
            time.sleep(LOOK_EVERY)
        if server.poll() is None:
            stop(server)


if __name__ == "__main__":
    main()
