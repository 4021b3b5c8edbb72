"""The manual of an item (说明书), made from the list: when, who, how, evidence, forms, contacts, common mistakes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.flows import flow_of
from accountability.models import Boundary, Duty, DutyKind, ItemVersion, Situation, Urgency
from accountability.worktime import LOCAL
from cases.forms.lists import limits_in_words
from cases.models import Case, Level, State, Summons
from desk.flowchart import Chart, chart

STAGES = {State.ARCHIVED: "closed"}


@dataclass(frozen=True)
class Manual:
    """What each part of the page says, from rows already read."""

    said: ItemVersion
    situations: list[Situation]
    leads: list[Duty]
    supports: list[Duty]
    limits: list[tuple[str, str]]
    papers: list[str]
    mistakes: list[tuple[str, str]]
    neighbours: list[Boundary]
    chart: Chart


def manual_of(said: ItemVersion, at: datetime, case: Case | None = None) -> Manual:
    """For the version that is read; with a case, its step of the flow is lit. A fixed number of statements."""
    flow = flow_of(said.item, said, localdate(at, LOCAL))
    situations = list(said.item.situations.all())
    limits, urgencies = limits_in_words(at), {one.urgency for one in situations} or {Urgency.NORMAL}
    duties, code = list(said.duties.all()), said.item.code
    return Manual(
        said=said,
        situations=situations,
        leads=[duty for duty in duties if duty.kind == DutyKind.LEAD],
        supports=[duty for duty in duties if duty.kind != DutyKind.LEAD],
        limits=[(str(one.label), limits[one]) for one in Urgency if one in urgencies],
        papers=list(dict.fromkeys(step.document for step in flow.steps if step.document)),
        mistakes=_mistakes(said, duties),
        neighbours=list(Boundary.objects.filter(Q(one=code) | Q(other=code))),
        chart=chart(flow, stage_of(case) if case else ""),
    )


def _mistakes(said: ItemVersion, duties: list[Duty]) -> list[tuple[str, str]]:
    """What sends matters back, whichever item it is; and what is true of this one, with the units that it is about."""
    found = [
        _("Calling units without saying what was done first: the whistle is sent back."),
        _("One photo from near: without one from afar nobody finds the spot again, and an inspection has no pair."),
        _("Reporting by telephone and signing later: clocks stop only by what is written down here."),
    ]
    if said.street_led:
        found.append(_("Waiting for a department: this item is led by the street itself."))
    elif any(duty.party == Duty.Party.STREET for duty in duties):
        found.append(
            _("Letting the street do the lead's work: the street only supports here, and is not marked for it.")
        )
    outside = [duty.party_name for duty in duties if duty.unit and not duty.unit.commanded]
    upwards = _("Commanding a unit that is not the district's: it is called upwards.")
    named = [(upwards, "、".join(dict.fromkeys(outside)))] if outside else []
    return [*((words, "") for words in found), *named]


def stage_of(case: Case) -> str:
    """Where a case stands in the words of a flow; in hand, whoever was called decides which line."""
    if case.state != State.IN_HAND:
        return str(STAGES.get(case.state, case.state))
    called = Summons.objects.filter(case=case, level=Level.CALLED).exclude(state="released").exists()
    return "called" if called else "own"
