"""`script/test`: every test with what this machine has, and one sentence about what it has not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SAMPLES = CHECKOUT.parent / "shared" / "data"
PYTEST = [sys.executable, "-m", "pytest"]
NO_BROWSER = (
    "{number} browser tests did not run: there is no Chromium here "
    "(install `chromium-headless-shell`, or set CHROMIUM to one)."
)


def main(arguments: list[str]) -> int:
    if SAMPLES.is_dir():
        os.environ.setdefault("LIIXIA_SAMPLES", str(SAMPLES))
    browser = chromium()
    if not browser:
        print(NO_BROWSER.format(number=browser_tests()), flush=True)
        if os.environ.get("CI") == "true":
            return 1
        return run(["-m", "not browser", *arguments])
    os.environ["CHROMIUM"] = browser
    return run(arguments)


def chromium() -> str | None:
    """The one that CHROMIUM names; else the shell without windows, which needs less of the machine, or the whole."""
    named = os.environ.get("CHROMIUM")
    if named and os.access(named, os.X_OK):
        return named
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def browser_tests() -> int:
    told = subprocess.run(
        [*PYTEST, "--collect-only", "-q", "-m", "browser"], capture_output=True, text=True, cwd=CHECKOUT
    )
    return sum("::" in line for line in told.stdout.splitlines())


def run(arguments: list[str]) -> int:
    """By one worker more than two processors need: some tests wait for what comes in its own time."""
    return subprocess.run([*PYTEST, "-n", "3", "--dist", "loadgroup", "-q", *arguments], cwd=CHECKOUT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
