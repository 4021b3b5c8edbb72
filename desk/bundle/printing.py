"""Sets a bundle in type: the template, the told values and the pictures, in a folder of their own, become a PDF.

The same values give the same bytes: nothing is read of the machine's clock, fonts or network.
"""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from desk.bundle.signs import FONTS, printable

TEMPLATE = Path(__file__).with_name("bundle.typ")
# Archives keep it (PDF/A), and it can be read aloud (PDF/UA): the title, languages, headings and tables are marked.
STANDARDS = ["a-2a", "ua-1"]


def printed(told: dict[str, Any], pictures: dict[str, bytes], at: datetime) -> bytes:
    """The PDF of these values; `pictures` are JPEGs by the names that the values give. `at` is written into it."""
    return typeset(TEMPLATE, told, pictures, format="pdf", pdf_standards=STANDARDS, timestamp=at.replace(microsecond=0))


def drawn(told: dict[str, Any], pictures: dict[str, bytes]) -> list[bytes]:
    """The same pages as PNG pictures, for whoever wants to look."""
    pages = typeset(TEMPLATE, told, pictures, format="png", ppi=110)
    return pages if isinstance(pages, list) else [pages]


def typeset(template: Path, told: dict[str, Any], pictures: dict[str, bytes], **more: Any) -> Any:
    """What the template makes of these values and pictures, in a folder of their own, with our fonts alone."""
    with tempfile.TemporaryDirectory(prefix="liixia-bundle-") as name:
        folder = Path(name)
        (folder / template.name).write_bytes(template.read_bytes())
        (folder / "data.json").write_text(json.dumps(printable(told)))
        for picture, data in pictures.items():
            (folder / picture).write_bytes(data)
        given = {"root": folder, "font_paths": [path.parent for path in FONTS[:1]], "ignore_system_fonts": True}
        return typst.compile(folder / template.name, **given, **more)
