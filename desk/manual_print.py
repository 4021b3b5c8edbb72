"""Sets the manual of an item in type: the same words and the same drawing as its page, as a PDF to hand out."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accountability.models import Duty
from desk.bundle.printing import STANDARDS, typeset
from desk.manual import Manual

TEMPLATE = Path(__file__).with_name("manual.typ")
DRAWING, FONT = "flow.svg", "Noto Sans SC"


def printed(manual: Manual, at: datetime) -> bytes:
    """The PDF; `at` is written into it, and the same manual at the same moment gives the same bytes."""
    drawing = engines["jinja2"].env.get_template("flow/drawing.html")
    title = manual.said.title
    picture = drawing.render(chart=manual.chart, title=title, font=FONT).strip().encode()
    more = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": at.replace(microsecond=0)}
    return bytes(typeset(TEMPLATE, told(manual), {DRAWING: picture}, **more))


def told(manual: Manual) -> dict[str, Any]:
    """What it says, part by part, each with its heading; nothing of it is read as markup."""
    said, version = manual.said, manual.said.version
    parts = [
        (
            _("When it applies"),
            [f"{one.name}（{one.get_urgency_display()}）：{one.looks_like}" for one in manual.situations],
        ),
        (
            _("Who"),
            [_duty(_("Lead"), one) for one in manual.leads] + [_duty(_("Support"), one) for one in manual.supports],
        ),
        (_("Legal basis"), [said.legal_basis] if said.legal_basis else []),
        (_("Within what time"), [f"{urgency}：{words}" for urgency, words in manual.limits]),
        (_("Evidence: what to photograph"), [f"{one.name}：{one.photograph}" for one in manual.situations]),
        (_("Papers"), [" · ".join(manual.papers)]),
        (_("Whom to call"), [f"{one.name}：{one.call}" for one in manual.situations if one.call]),
        (
            _("Common mistakes"),
            [*map(" ".join, manual.mistakes), *(f"{one.one} / {one.other}：{one.note}" for one in manual.neighbours)],
        ),
    ]
    return {
        "lang": "en" if get_language() == "en" else "zh",
        "title": said.title,
        "about": f"{said.item.code} · {version.label}",
        "made": _("Made from the list, since nobody has written this manual yet. It changes with the item."),
        "flow": _("How: the flow"), "alt": f"{_('Flow chart')} {said.title}", "drawing": DRAWING,
        "parts": [{"heading": heading, "lines": lines} for heading, lines in parts if lines],
    }  # fmt: skip


def _duty(kind: str, duty: Duty) -> str:
    return f"{kind} · {duty.party_name}：{duty.text}"
