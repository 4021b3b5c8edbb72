"""Sets the manual of an item in type: the same words and the same drawing as its page, as a PDF to hand out."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accountability.models import ItemVersion
from desk.bundle.printing import STANDARDS, typeset
from desk.manual import Manual, made
from desk.writings import PARTS

TEMPLATE = Path(__file__).with_name("manual.typ")
DRAWING, FONT = "flow.svg", "Noto Sans SC"


def printed(manual: Manual, at: datetime, off: str = "") -> bytes:
    """The PDF; `at` is written into it, and the same manual at the same moment gives the same bytes."""
    drawing = engines["jinja2"].env.get_template("flow/drawing.html")
    title = manual.said.title
    picture = drawing.render(chart=manual.chart, title=title, font=FONT).strip().encode()
    more = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": at.replace(microsecond=0)}
    return bytes(typeset(TEMPLATE, told(manual, off), {DRAWING: picture}, **more))


def told(manual: Manual, off: str = "") -> dict[str, Any]:
    """What it says, part by part, each with its heading; nothing of it is read as markup. `off`: not on the list."""
    said = manual.said
    lines = made(manual) | {part: words.splitlines() for part, words in manual.written.items()}
    if "how" not in manual.written:
        lines["how"] = []  # the drawing says it
    lines["evidence"] = [f"{label}：{words}" for label, words in manual.demands] + lines["evidence"]
    parts = [(str(PARTS[part]), lines[part]) for part in PARTS]
    parts[2:2] = [
        (_("Legal basis"), [said.legal_basis] if said.legal_basis else []),
        (_("Within what time"), [*(f"{urgency}：{words}" for urgency, words in manual.limits), *_own_limit(said)]),
    ]
    return {
        "lang": "en" if get_language() == "en" else "zh",
        "title": said.title,
        "about": f"{said.item.code} · {said.version.label}",
        "made": " ".join(filter(None, (off, manual.origin))),
        "flow": _("How: the flow"), "alt": f"{_('Flow chart')} {said.title}", "drawing": DRAWING,
        "parts": [{"heading": heading, "lines": found} for heading, found in parts if found],
    }  # fmt: skip


def _own_limit(said: ItemVersion) -> list[str]:
    """The item's own limit, which no clock goes by."""
    if not said.limit:
        return []
    note = _("Words only: deadlines are counted by the limits of the district.")
    return [f"{_('Until when, in the words of the list')}：{said.limit}", note]
