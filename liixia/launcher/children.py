"""Child processes that do not outlive the one who started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
GUARD = Path(__file__).with_name("guard.py")


def dies_with_parent(sig: int = signal.SIGTERM) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask Linux for a signal when its parent dies."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, sig)
        if os.getppid() != parent:
            os._exit(1)

    return ask


@dataclass
class Child:
    name: str
    process: "subprocess.Popen[bytes]"

    def group(self, sig: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, sig)


@dataclass
class Children:
    """Each child leads a session of its own; a guard ends what is left of them when we are killed."""

    logs: Path
    running: list[Child] = field(default_factory=list)
    guard: "subprocess.Popen[bytes] | None" = None

    def spawn(self, name: str, argv: list[str], **more: Any) -> Child:
        guard = self.guard or self._stand_guard()
        with open(self.logs / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                argv,
                **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **more},
                start_new_session=True,
                preexec_fn=dies_with_parent(),
            )
        self._tell(guard.stdin, f"+{process.pid}")
        child = Child(name, process)
        self.running.append(child)
        return child

    def forget(self, child: Child) -> None:
        """One that ended by itself: its number may soon be another's."""
        self.running.remove(child)
        if self.guard:
            self._tell(self.guard.stdin, f"-{child.process.pid}")

    def dead(self) -> list[Child]:
        return [child for child in self.running if child.process.poll() is not None]

    def stop(self, children: list[Child], within: float) -> None:
        """Asks all at once, waits for all together, and ends the groups of those that did not listen."""
        until = time.monotonic() + within
        for child in children:
            if child.process.poll() is None:
                child.process.terminate()
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, until - time.monotonic()))
            child.group(signal.SIGKILL)
            child.process.wait()
            self.forget(child)

    def _stand_guard(self) -> "subprocess.Popen[bytes]":
        argv = [sys.executable, "-S", "-E", str(GUARD)]
        self.guard = subprocess.Popen(argv, stdin=subprocess.PIPE, start_new_session=True, cwd="/")
        return self.guard

    def _tell(self, pipe: IO[bytes] | None, line: str) -> None:
        if pipe:
            with contextlib.suppress(BrokenPipeError):  # a guard killed; the signal at our death is left
                pipe.write(f"{line}\n".encode())
                pipe.flush()
