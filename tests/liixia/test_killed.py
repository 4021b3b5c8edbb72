"""Under load, web, worker, beat, sweep, Valkey and PostgreSQL are killed again and again: nothing is lost or doubled.

A minute of it; ten by `--long`. What was acknowledged is there, once, and `manage.py verify` finds no
fault.
"""

import json
import os
import random
import re
import shutil
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from liixia.launcher import places
from tests.liixia import processes
from tests.liixia.serving import answers, free_port

pytestmark = [pytest.mark.xdist_group("killed"), pytest.mark.midway, pytest.mark.race, pytest.mark.timeout(1500)]
DIRECTLY = build_opener(ProxyHandler({}))
HANDS = 4
# How each is known among the words of its process.
VICTIMS = {
    "web": r"granian", "worker": r"celery .*worker", "beat": r"celery .*beat", "sweep": r"manage\.py sweep",
    "valkey": r"valkey-server", "postgres": r"^\S*bin/postgres -D",
}  # fmt: skip
WHO = """
import json
from audit import clock
from cases.models import Summons
from grids.models import Area
from people.actions import make_token
from people.models import Role, User, UnitRole

def token(user):
    return make_token(user, name="load", days=1, by=None, at=clock.now())[1]

calls, tokens = [], {}
for call in Summons.objects.filter(state="sent", level="called").order_by("pk"):
    role = UnitRole.objects.filter(unit=call.unit, role=Role.RESPONDER, user__is_active=True).first()
    if role:
        tokens.setdefault(call.unit_id, None)
        tokens[call.unit_id] = tokens[call.unit_id] or token(role.user)
        calls.append((call.pk, tokens[call.unit_id]))
clerk = User.objects.filter(postings__role=Role.CLERK).first()
areas = list(Area.objects.filter(kind="community").values_list("code", flat=True)[:40])
print("WHO" + json.dumps({"clerk": token(clerk), "calls": calls, "areas": areas}))
"""
THERE = """
import json, sys
from cases.models import Case, Step
from outbox.models import Message
told = json.load(open(sys.argv[1]))
print("THERE" + json.dumps({
    "missing": sorted(set(told["cases"]) - set(Case.objects.values_list("number", flat=True))),
    "signed": {pk: Step.objects.filter(summons=pk, verb="sign").count() for pk in told["signed"]},
    "stuck": Message.objects.filter(sent_at=None).count(),
}))
"""


@dataclass
class Load:
    """Everything that the site acknowledged while it was being killed."""

    port: int
    who: dict[str, Any]
    over: threading.Event = field(default_factory=threading.Event)
    cases: dict[str, str] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    failed: int = 0

    def work(self, seed: int) -> None:
        chance = random.Random(seed)
        calls = self.who["calls"][seed::HANDS]
        while not self.over.is_set():
            if calls and chance.random() < 0.2:
                self._sign(*calls.pop())
            else:
                self._report(str(uuid.uuid4()), chance.choice(self.who["areas"]))

    def _report(self, key: str, area: str) -> None:
        """The same key again until it is acknowledged, as a program on a bad line would; then once more."""
        said = {"channel": "hotline", "words": "路口有人占道烧烤，油烟呛人。", "area": area}
        again = 2
        while again and not self.over.is_set():
            answer = self._ask("reports/", said, self.who["clerk"], {"Idempotency-Key": key})
            if answer and answer.status == 201:
                number = answer.body["case"]
                if self.cases.setdefault(key, number) != number:
                    self.twice.append(key)
                again -= 1

    def _sign(self, call: int, token: str) -> None:
        while not self.over.is_set():
            read = self._ask(f"summonses/{call}/", None, token, {})
            if not read or read.status != 200:
                continue
            if read.body["state"] != "sent":
                return
            signed = self._ask(f"summonses/{call}/moves/sign/", {}, token, {"If-Match": read.tag})
            if signed and signed.status == 200:
                self.signed.add(call)
                return

    def _ask(self, where: str, body: Any, token: str, headers: dict[str, str]) -> SimpleNamespace | None:
        """Nothing where nobody answered, or something of the site was down."""
        data = json.dumps(body).encode() if body is not None else None
        said = {"Authorization": f"Token {token}", "Content-Type": "application/json", **headers}
        try:
            with DIRECTLY.open(Request(f"http://127.0.0.1:{self.port}/api/v1/{where}", data, said), timeout=20) as got:
                return SimpleNamespace(status=got.status, body=json.loads(got.read()), tag=got.headers.get("ETag", ""))
        except HTTPError as refused:
            refused.close()
            self.failed += refused.code >= 500
            return SimpleNamespace(status=refused.code, body={}, tag="")
        except (OSError, HTTPException, ValueError):
            self.failed += 1
            time.sleep(0.2)
            return None


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("killed") / "state"
    kept = os.environ.get("LIIXIA_STATE")
    os.environ["LIIXIA_STATE"] = str(folder)
    yield folder
    for line in processes.of(folder):
        os.kill(int(line.split()[0]), signal.SIGKILL)
    shutil.rmtree(places.database_folder(), ignore_errors=True)
    os.environ.pop("LIIXIA_STATE") if kept is None else os.environ.update(LIIXIA_STATE=kept)


def script(state, words: str, mark: str, *more: str) -> Any:
    """What a program beside the running site prints."""
    setup = "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'liixia.settings'); django.setup()\n"
    told = processes.run_python(state, "-c", setup + words, *more).communicate()[0]
    line = next((line for line in told.splitlines() if line.startswith(mark)), None)
    assert line, told
    return json.loads(line.removeprefix(mark))


def pid_of(state, pattern: str) -> int | None:
    """The first of these processes: the parent, where it has children."""
    lines = [*processes.of(state), *processes.of(places.database_folder())]
    pids = sorted({int(line.split()[0]) for line in lines})
    return next((pid for pid in pids if re.search(pattern, words_of(pid))), None)


def words_of(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes().replace(bytes(1), b" ").decode(errors="replace")
    except OSError:
        return ""


def kill_for(seconds: float, state) -> dict[str, int]:
    """One of them every four seconds, each no oftener than the launcher forgives."""
    chance, killed = random.Random(20261126), dict.fromkeys(VICTIMS, 0)
    until, turn = time.monotonic() + seconds, []
    while time.monotonic() < until:
        turn = turn or chance.sample(sorted(VICTIMS), len(VICTIMS))
        name = turn.pop()
        pid = pid_of(state, VICTIMS[name])
        if pid:
            os.kill(pid, signal.SIGKILL)
            killed[name] += 1
        time.sleep(4)
    return killed


def ready(port: int, within: float) -> bool:
    until = time.monotonic() + within
    while not answers(port, "/readyz") and time.monotonic() < until:
        time.sleep(0.5)
    return answers(port, "/readyz")


def drained(state, told: str, within: float) -> dict[str, Any]:
    until = time.monotonic() + within
    there = script(state, THERE, "THERE", told)
    while there["stuck"] and time.monotonic() < until:
        time.sleep(2)
        there = script(state, THERE, "THERE", told)
    return there


def survive(state, tmp_path, seconds: float) -> None:
    port = free_port()
    house = processes.run_python(state, "-m", "liixia.launcher", "--port", str(port))
    try:
        assert any("Ctrl-C" in line for line in house.stdout), "it did not start"
        said: list[str] = []
        threading.Thread(target=lambda: said.extend(house.stdout), daemon=True).start()
        load = Load(port, script(state, WHO, "WHO"))
        threads = [threading.Thread(target=load.work, args=(seed,), daemon=True) for seed in range(HANDS)]
        for thread in threads:
            thread.start()
        killed = kill_for(seconds, state)
        load.over.set()
        for thread in threads:
            thread.join(60)
        assert min(killed.values()) >= 2, (killed, said[-12:])
        assert load.twice == []
        assert len(load.cases) > seconds, "hardly anything was acknowledged"
        assert load.failed > 0, "nobody felt anything of it"
        assert ready(port, within=60), said[-12:]
        told = tmp_path / "told.json"
        told.write_text(json.dumps({"cases": list(load.cases.values()), "signed": sorted(load.signed)}))
        there = drained(state, str(told), within=120)
        assert there["missing"] == []
        assert there["stuck"] == 0
        assert set(there["signed"].values()) <= {1}, there["signed"]
        verify = processes.run_python(state, "manage.py", "verify")
        faults = verify.communicate()[0]
        assert verify.returncode == 0, faults
    finally:
        processes.end(house)
        processes.gone(state, within=10)


def test_a_minute_of_kills_loses_nothing_and_doubles_nothing(state, tmp_path):
    survive(state, tmp_path, seconds=60)


@pytest.mark.long
def test_ten_minutes_of_kills(state, tmp_path):
    survive(state, tmp_path, seconds=600)
