"""From a database that answers to a page that opens: the loader's report, readiness, and what the person is told."""

import http.client
import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

from liixia.launcher.children import Child
from liixia.launcher.house import House
from liixia.launcher.refused import Refused

TALKING = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
LOADS_WITHIN = 600.0
READY_WITHIN = 60.0
WELCOME = """
  liixia is ready: {address}   ({took:.1f} s)

  {people}
  Logs: {logs}
  Ctrl-C stops everything.
"""
DEMO = "Demo accounts, one click each on the sign-in page, no password:{some}"
OWN = "Sign in with your own account."
MORE = "\n  {more} more made-up cases are being played in the background."


class Loader:
    """The process that fills the database, and what it tells us of it."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.rest = b""

    def go(self) -> None:
        if self.child.process.stdin:
            self.child.process.stdin.write(b"go\n")
            self.child.process.stdin.close()

    def told(self, within: float) -> Iterator[dict[str, Any]]:
        pipe, until = self.child.process.stdout, time.monotonic() + within
        while pipe and time.monotonic() < until:
            if not select.select([pipe], [], [], 0.2)[0]:
                continue
            piece = os.read(pipe.fileno(), 65536)
            if not piece:
                return
            *lines, self.rest = (self.rest + piece).split(b"\n")
            yield from (json.loads(line) for line in lines if line.startswith(b"{"))


def load(house: House, loader: Loader, after: dict[str, Callable[[House], None]]) -> dict[str, Any]:
    """Follows the loader to its end; `after` a step something else may begin."""
    loader.go()
    for told in loader.told(LOADS_WITHIN):
        if told["step"] == "refused":
            raise Refused(plain(told["why"]))
        if told["step"] == "ready":
            return told
        house.say(told["step"])
        if told["step"] in after:
            after[told["step"]](house)
    raise Refused(f"The data could not be loaded: look into {house.children.logs / 'load.log'}.")


def plain(why: str) -> str:
    if "No space left" in why or "could not extend file" in why:
        return "The disk is full: free at least 200 MB and start again."
    return why


def wait_until_ready(house: House) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if is_ready(house):
            return
        for dead in house.children.dead():
            if dead.name != "load":
                raise Refused(f"{dead.name} ended at once: look into {house.children.logs / dead.name}.log.")
        time.sleep(0.05)
    raise Refused(f"The site is not ready after {READY_WITHIN:.0f} s: look into {house.children.logs}.")


def is_ready(house: House) -> bool:
    visitor = http.client.HTTPConnection(house.host, house.port, timeout=5)
    try:
        visitor.request("GET", "/readyz", headers={"Host": f"localhost:{house.port}"})
        return visitor.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        visitor.close()


def announce(house: House, told: dict[str, Any]) -> None:
    names = told["accounts"]
    people = DEMO.format(some="".join(f"\n    {name}" for name in names)) if names else OWN
    if told["more"]:
        people += MORE.format(more=told["more"])
    print(WELCOME.format(address=house.address, took=house.age, people=people, logs=house.children.logs), flush=True)
