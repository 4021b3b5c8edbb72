"""Waits for the launcher's end, however it came, and then ends what is left of the groups it had started."""

import contextlib
import os
import signal
import sys
import time

PATIENCE = 3.0


def signal_all(groups: set[int], sig: int) -> set[int]:
    """The groups that still had somebody in them."""
    alive = set()
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, sig)
            alive.add(group)
    return alive


def main() -> None:
    for sig in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(sig, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        number = int(line[1:])
        groups = groups | {number} if line[0] == "+" else groups - {number}
    alive, until = signal_all(groups, signal.SIGTERM), time.monotonic() + PATIENCE
    while alive and time.monotonic() < until:
        time.sleep(0.05)
        alive = signal_all(alive, 0)
    signal_all(alive, signal.SIGKILL)


if __name__ == "__main__":
    main()
