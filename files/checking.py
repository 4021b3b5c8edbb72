"""Has a photo examined by a program apart (files.reencode), which may die without harm to anybody."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = Path(__file__).with_name("reencode.py")
SECONDS = 30
# Any other end (killed for the machine's want of memory, a broken installation, no time left) is no fault of the
# photo: the task fails, and the photo is found again.
FATAL = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGXCPU")
FELLED_BY_THE_PHOTO = {-getattr(signal, name) for name in FATAL}
BARE = {"MALLOC_ARENA_MAX": "1", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Examined:
    """What came of it: a refusal, or columns for the row and two clean pictures."""

    refusal: str = ""
    columns: dict = field(default_factory=dict)
    large: bytes = b""
    small: bytes = b""


def examine(data: bytes) -> Examined:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)], input=data, capture_output=True, timeout=SECONDS, env=BARE, check=True
        )
    except subprocess.CalledProcessError as died:
        if died.returncode in FELLED_BY_THE_PHOTO:
            return Examined(refusal="damaged")
        raise
    return _read(done.stdout)


def _read(answer: bytes) -> Examined:
    end = 4 + int.from_bytes(answer[:4], "big")
    head = json.loads(answer[4:end])
    large, small = head.pop("large"), head.pop("small")
    head.pop("why", None)
    if "refusal" in head:
        return Examined(refusal=head["refusal"])
    return Examined("", head, answer[end : end + large], answer[end + large : end + large + small])
