"""How a case came to its units: situation → item → version of the list → rule → unit, each from rows already read."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accountability.models import Duty, DutyKind
from cases.models import Level, Summons
from desk.case_page.rows import Rows


@dataclass(frozen=True)
class Called:
    """A unit, by which rule it came to it, and the words that the rule stands in, as they were written."""

    unit: str
    leads: bool
    rule: str
    words: str


@dataclass(frozen=True)
class Chain:
    """What is known of each part; empty where nothing is."""

    situation: str
    code: str
    function: str
    title: str
    version: str
    since: date | None
    called: list[Called]


def chain(rows: Rows) -> Chain | None:
    """None where nothing was named and nobody called: there is nothing to explain."""
    case, version = rows.case, rows.case.list_version
    if case.item is None and case.situation is None and case.function is None and not rows.open_calls:
        return None
    return Chain(
        situation=case.situation.name if case.situation else "",
        code=case.item.code if case.item else "",
        function=str(case.function) if case.function else "",
        title=getattr(case, "item_title", "") or "",
        version=version.label if version else "",
        since=version.in_force_from if version else None,
        called=[_called(call, rows.duties) for call in rows.open_calls],
    )


def _called(call: Summons, duties: list[Duty]) -> Called:
    duty = next((one for one in duties if one.pk == call.duty_id), None)
    return Called(call.unit.short_name, call.leads, _rule(call, duty), duty.text if duty else call.reason)


def _rule(call: Summons, duty: Duty | None) -> str:
    if call.level != Level.CALLED:
        return _("No whistle: the street gave it out itself (%(level)s)") % {"level": call.get_level_display().lower()}
    if duty is None:
        return _("The list does not name it; it was called for a reason")
    return _("The list gives it the lead duty") if duty.kind == DutyKind.LEAD else _("The list gives it a support duty")
