"""`script/pictures`: opens a demo's pages in Chromium, each as somebody whose page it is, and keeps small PNG files."""

import argparse
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django.setup()

from django.db.models import Count  # noqa: E402

from accountability.models import Duty, ListVersion  # noqa: E402
from cases.models import Answer, Case, Origin, State  # noqa: E402
from engagement.models import Report  # noqa: E402
from grids.models import Posting  # noqa: E402
from people.models import Role, User  # noqa: E402

FOLDER = Path(__file__).parent
PORT = 8790
IN_ALL = 340  # as many as the launcher plays
READY_WITHIN, LOADED_WITHIN = 120, 300
MOST_BYTES = 150_000
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
WORDS = "小区北门外的人行道塌了一块，晚上没有灯，老人走路容易绊倒。"
SEEN = "路沿石翻倒，占了半条道。"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, where, as whom (None: nobody signed in), how large, and which part of the page."""

    name: str
    path: str
    user: str | None = None
    phone: bool = False
    language: str = "zh-hans"
    part: str = ""
    longest: int = 0
    fill: tuple[tuple[str, str], ...] = ()


def main() -> None:
    words = argparse.ArgumentParser(prog="script/pictures", description="Makes docs/pictures/*.png anew.")
    words.add_argument("--address", help="a demo that runs already on this LIIXIA_STATE, as in http://localhost:8000")
    words.add_argument("names", nargs="*", help="only these pictures")
    asked = words.parse_args()
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not browser:
        sys.exit("There is no Chromium here: install `chromium`, or set CHROMIUM to one.")
    with running(asked.address) as address:
        shots = [shot for shot in chosen() if not asked.names or shot.name in asked.names]
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=browser, args=FLAGS)
            for shot in shots:
                print(f"{shot.name}: {keep(shot, taken(opened, address, shot))} bytes", flush=True)


@contextmanager
def running(address: str | None) -> Iterator[str]:
    """The address given, or a demo of our own for as long as the block runs."""
    if address:
        yield address.rstrip("/")
        return
    server = subprocess.Popen(["script/server", "--port", str(PORT)])
    try:
        wait_until_loaded(f"http://localhost:{PORT}", server)
        yield f"http://localhost:{PORT}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def wait_until_loaded(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Ready, and every made-up case played, so that the pictures show the same each time."""
    until = time.monotonic() + READY_WITHIN
    while not answers(f"{address}/readyz"):
        if server.poll() is not None or time.monotonic() > until:
            sys.exit("The demo did not start: it says why above.")
        time.sleep(0.3)
    until = time.monotonic() + LOADED_WITHIN
    while Case.objects.filter(origin=Origin.DEMO).count() < IN_ALL and time.monotonic() < until:
        time.sleep(2)


def answers(address: str) -> bool:
    with suppress(URLError, OSError):
        return urlopen(address, timeout=5).status == 200
    return False


def chosen() -> list[Shot]:
    """What to show: the liveliest case in hand, a case to be decided, and the people whose pages these are."""
    case = liveliest(State.IN_HAND)
    waiting = decidable()
    item = Duty.objects.filter(kind="lead", party="unit").order_by("item_version__item__code").first()
    code = item.item_version.item.code
    draft = ListVersion.objects.filter(number=None, change=None).latest("pk")
    dispatcher, worker = posted(Role.DISPATCHER, case.place_code[:9]), posted(Role.GRID_WORKER, case.place_code)
    caller = posted(Role.DISPATCHER, waiting.place_code[:9])
    receipt = Report.objects.filter(case=liveliest(State.IN_HAND, has_citizen=True)).first()
    return [
        Shot("report", "/report/", phone=True, fill=(("words", WORDS), ("place", "北门人行道"))),
        Shot("receipt", f"/receipt/{receipt.receipt_shown}/", phone=True, longest=1100),
        Shot("field", "/report/field/", worker, phone=True, longest=1100, fill=(("words", SEEN),)),
        Shot("my-work", "/", dispatcher),
        Shot("my-work-en", "/", dispatcher, language="en"),
        Shot("case", f"/cases/{case.number}/", dispatcher, longest=1250),
        Shot("case-map", f"/cases/{case.number}/", dispatcher, part="section:has(#case-map)"),
        Shot("whistle", f"/cases/{waiting.number}/whistle/", caller, longest=1250),
        Shot("list-editor", f"/list/drafts/{draft.pk}/items/{code}/", named(Role.ESTABLISHMENT), longest=1100),
        Shot("list", "/cases/", dispatcher),
        Shot("dashboard", "/dashboard/", posted(Role.DISTRICT_DESK, case.place_code[:6]), longest=1250),
        Shot("map", "/map/", posted(Role.DISTRICT_DESK, case.place_code[:6])),
        Shot("marks", "/marks/", posted(Role.ASSESSOR, case.place_code[:6]), longest=1100),
    ]  # fmt: skip


def liveliest(state: str, **more: object) -> Case:
    """The case with the most units called, and the most steps."""
    found = Case.objects.filter(state=state, **more).annotate(
        calls=Count("summonses", distinct=True), done=Count("steps", distinct=True)
    )
    return found.order_by("-calls", "-done", "pk")[0]


def decidable() -> Case:
    """Accepted under an item that names units under the district's command."""
    return (
        Case.objects.filter(state=State.ACCEPTED, item__isnull=False)
        .filter(item__versions__duties__unit__commanded=True)
        .exclude(summonses__state=Answer.SENT)
        .order_by("pk")[0]
    )


def posted(role: str, code: str) -> str:
    return Posting.objects.filter(role=role, area__code=code, user__demo=True).order_by("pk")[0].user.username


def named(role: str) -> str:
    return User.objects.filter(unit_roles__role=role, demo=True).order_by("pk")[0].username


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    size = PHONE if shot.phone else DESK
    context = browser.new_context(
        viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        device_scale_factor=2 if shot.phone else 1.25)  # fmt: skip
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": shot.language, "url": address}])
    page = context.new_page()
    if shot.user:
        sign_in(page, address, shot.user)
    if page.goto(address + shot.path).status != 200:
        sys.exit(f"{shot.name}: {shot.path} does not open for {shot.user or 'everybody'}.")
    for name, words in shot.fill:
        page.fill(f"[name={name}]", words)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")
    try:
        return page.locator(shot.part).first.screenshot() if shot.part else whole(page, size, shot.longest)
    finally:
        context.close()


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("button[name=username]").first.evaluate(
        "(button, name) => {button.value = name; button.click()}", username
    )
    page.wait_for_load_state("networkidle")


def whole(page: Page, size: dict[str, int], longest: int) -> bytes:
    """The window, or the page from its top down to a length."""
    if not longest:
        return page.screenshot()
    height = min(page.evaluate("document.documentElement.scrollHeight"), longest)
    page.set_viewport_size({"width": size["width"], "height": height})
    return page.screenshot()


def keep(shot: Shot, png: bytes) -> int:
    """With a palette of its own the picture is a fraction of its size; fewer colours where it is still too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        made = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            made, "PNG", optimize=True
        )
        if len(made.getvalue()) <= MOST_BYTES:
            break
    (FOLDER / f"{shot.name}.png").write_bytes(made.getvalue())
    return len(made.getvalue())


if __name__ == "__main__":
    main()
