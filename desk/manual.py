"""The manual of an item (说明书): when, who, how, evidence, forms, contacts, common mistakes.

What somebody has written for the version that is read, and for every part left empty what the list says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accountability.flows import flow_of
from accountability.models import Boundary, Duty, DutyKind, ItemVersion, Situation, Urgency, WrittenManual
from cases.forms.lists import limits_in_words
from cases.models import Case, Level, State, Summons
from desk.flowchart import Chart, chart

STAGES = {State.ARCHIVED: "closed"}


@dataclass(frozen=True)
class Manual:
    """What each part of the page says, from rows already read. `written` holds the parts that somebody wrote."""

    said: ItemVersion
    written: Mapping[str, str]
    situations: list[Situation]
    leads: list[Duty]
    supports: list[Duty]
    limits: list[tuple[str, str]]
    papers: list[str]
    mistakes: list[tuple[str, str]]
    neighbours: list[Boundary]
    chart: Chart

    @property
    def demands(self) -> list[tuple[str, str]]:
        """What the item itself demands, whoever has written its manual: each with what it is called."""
        named = ((_("What proves that it is done"), self.said.evidence),
                 (_("When it counts as solved"), self.said.closing_test))  # fmt: skip
        return [(label, words) for label, words in named if words]

    @property
    def origin(self) -> str:
        """Who has made it, in a sentence."""
        if not self.written:
            return _("Made from the list, since nobody has written this manual yet. It changes with the item.")
        if len(self.written) < len(WrittenManual.PARTS):
            return _("Written for this version of the item; parts that nobody has written are made from the list.")
        return _("Written for this version of the item.")


def manual_of(said: ItemVersion, at: datetime, case: Case | None = None) -> Manual:
    """For the version that is read; with a case, its step of the flow is lit. A fixed number of statements."""
    flow = flow_of(said)
    situations = list(said.item.situations.all())
    limits, urgencies = limits_in_words(at), {one.urgency for one in situations} or {Urgency.NORMAL}
    duties, code = list(said.duties.all()), said.item.code
    return Manual(
        said=said,
        written=parts_of(WrittenManual.objects.filter(item_version=said).first()),
        situations=situations,
        leads=[duty for duty in duties if duty.kind == DutyKind.LEAD],
        supports=[duty for duty in duties if duty.kind != DutyKind.LEAD],
        limits=[(str(one.label), limits[one]) for one in Urgency if one in urgencies],
        papers=list(dict.fromkeys(step.document for step in flow.steps if step.document)),
        mistakes=_mistakes(said, duties),
        neighbours=list(Boundary.objects.filter(Q(one=code) | Q(other=code))),
        chart=chart(flow, stage_of(case) if case else ""),
    )


def parts_of(manual: WrittenManual | None) -> dict[str, str]:
    """The parts that have words."""
    return {part: getattr(manual, part) for part in WrittenManual.PARTS if getattr(manual, part, "")}


def made(manual: Manual) -> dict[str, list[str]]:
    """Line by line, each part as it is made from the list."""
    steps = [f"{box.number}. {box.step.name} · {box.step.who}" for box in manual.chart.boxes]
    notes = [f"{one.one} / {one.other}：{one.note}" for one in manual.neighbours]
    return {
        "when": [f"{one.name}（{one.get_urgency_display()}）：{one.looks_like}" for one in manual.situations],
        "who": [_duty(_("Lead"), one) for one in manual.leads] + [_duty(_("Support"), one) for one in manual.supports],
        "how": steps,
        "evidence": [f"{one.name}：{one.photograph}" for one in manual.situations],
        "forms": manual.papers,
        "contacts": [f"{one.name}：{one.call}" for one in manual.situations if one.call],
        "mistakes": [*(" ".join(filter(None, both)) for both in manual.mistakes), *notes],
    }


def _duty(kind: str, duty: Duty) -> str:
    return f"{kind} · {duty.party_name}：{duty.text}"


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
