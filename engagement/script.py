"""What is said on the telephone, sentence by sentence, filled from the case: nobody coaches, nobody forgets to ask."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from cases.models import Case, Step, Verb
from cases.reply_templates import GAP, filled
from engagement.models import CallLine, Report
from engagement.placing import district
from grids.standing import Standing

GAPS = ("district", "caller", "summary", "number", "place", "received", "done")
TOLD = 3  # of more units than that nobody wants to hear on the telephone


def unknown_gaps(text: str) -> list[str]:
    """The gaps of a sentence that nothing fills, a brace that belongs to none among them."""
    beside = ["{ }"] if set("{}") & set(GAP.sub("", text)) else []
    return [name for name in GAP.findall(text) if name not in GAPS] + beside


def script_of(case: Case, report: Report, results: Iterable[Step], by: Standing, at: datetime) -> list[str]:
    """The sentences that count at this moment, in their order."""
    lines = list(CallLine.objects.filter(since__lte=localdate(at, LOCAL)))  # the newest first
    facts = _facts(case, report, results, by) if lines else {}
    return [filled(line.text, facts) for line in lines if line.since == lines[0].since]


def _facts(case: Case, report: Report, results: Iterable[Step], by: Standing) -> dict[str, str]:
    received = localdate(report.received_at, LOCAL)
    return {
        "district": district().name,
        "caller": by.user.name,
        "summary": case.summary,
        "number": case.number,
        "place": case.place or case.area.name,
        "received": f"{received.month}月{received.day}日",
        "done": _done(results),
    }


def _done(results: Iterable[Step]) -> str:
    """The last reply of each unit, the newest first."""
    said: dict[str, str] = {}
    for step in results:
        if step.verb == Verb.REPLY and step.unit:
            said.setdefault(str(step.unit), step.note.rstrip("。"))
    return "；".join(f"{unit}：{note}" for unit, note in list(said.items())[:TOLD]) + ("。" if said else "")
