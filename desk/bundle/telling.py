"""The bundle in words: plain values that the template sets in type. Nothing here is ever read as markup."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.models import Reckoning
from cases.models import Order
from desk.bundle.clocks import clocks_told
from desk.bundle.exactly import exact, zh
from desk.bundle.happened import photos_told, steps_told
from desk.bundle.reading import Evidence
from desk.bundle.units import units_told
from desk.bundle.wording import wording
from desk.case_page.page import MarkRow
from desk.models import Bundle
from desk.rows import named
from engagement.public import Reporter
from grids.models import Area

Pairs = list[list[Any]]


def told(bundle: Bundle, evidence: Evidence) -> dict[str, Any]:
    """Everything the template needs, by name."""
    page = evidence.page
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "words": wording(evidence),
        "number": evidence.case.number,
        "summary": zh(evidence.case.summary),
        "house": _house(evidence),
        "state": [str(evidence.case.get_state_display()), str(evidence.case.get_urgency_display())],
        "made": _made(bundle, evidence),
        "now": [page.finding.lead, page.finding.words],
        "matter": [[label, value] for label, value in _matter(evidence) if value],
        "reporters": [_reporter(one) for one in page.rows.reporters],
        "duties": _duties(evidence),
        "units": units_told(evidence),
        "clocks": clocks_told(evidence),
        "orders": [_order(line.order) for line in page.orders],
        "links": [_link(one) for one in page.links],
        "steps": steps_told(evidence),
        "photos": photos_told(evidence),
        "marks": [_mark(row) for row in page.marks],
        "reckonings": [_reckoning(one) for one in _reckoned(evidence)],
        "chain": evidence.head.chain,
    }


def _house(evidence: Evidence) -> str:
    return Area.objects.filter(code=evidence.case.place_code[:6]).values_list("name", flat=True).first() or ""


def _made(bundle: Bundle, evidence: Evidence) -> Pairs:
    unit = bundle.owner.unit
    return [
        [_("As of"), exact(evidence.at)],
        [_("Made for"), zh(" · ".join(filter(None, [unit.name if unit else "", bundle.owner.name])))],
        [_("Number of steps"), str(evidence.head.seq)],
        [_("Number of this bundle"), str(bundle.pk)],
    ]


def _matter(evidence: Evidence) -> Pairs:
    case, place = evidence.case, evidence.page.place
    item = f"{case.item.code} {evidence.page.title}" if case.item else ""
    beyond = f"{case.function.code} {case.function.title}" if case.function else ""
    point = f"{case.lat:.5f}, {case.lon:.5f} (WGS-84)" if place.exact else ""
    return [
        [_("Number"), case.number],
        [_("State"), str(case.get_state_display())],
        [_("Urgency"), str(case.get_urgency_display())],
        [_("Category"), named(case.category)],
        [_("Item of the list"), zh(item) if item else ""],
        *([[_("Function beyond the list"), zh(beyond)]] if beyond else []),
        [_("Situation"), zh(case.situation.name) if case.situation else ""],
        [_("Where"), zh(" · ".join([*place.names, place.words]).strip(" ·"))],
        [_("Point"), point],
        [_("Street office"), zh(case.office.name)],
        [_("Came by"), str(case.get_channel_display())],
        [_("Number outside"), case.external_number],
        [_("Reported"), exact(case.opened_at)],
        [_("Accepted"), exact(case.accepted_at)],
        [_("Closed"), exact(case.closed_at)],
        [_("Round"), str(case.round) if case.round > 1 else ""],
        [_("Confidential"), _("Yes") if case.confidential else ""],
    ]


def _reporter(one: Reporter) -> dict[str, Any]:
    """As the page shows it to the same reader: masked, and of a confidential case nothing but that there is one."""
    facts = [
        [_("Name"), zh(one.name) if one.name else ""],
        [_("Phone"), one.phone],
        [_("Address"), zh(one.address) if one.address else ""],
        [_("Came in"), exact(one.received_at)],
    ]
    return {"kept": one.kept_back, "words": zh(one.words), "facts": [pair for pair in facts if pair[1]]}


def _duties(evidence: Evidence) -> dict[str, Any]:
    version = evidence.case.list_version
    rows = [
        {"kind": str(duty.get_kind_display()), "party": zh(duty.party_name), "text": zh(duty.text)}
        for duty in evidence.page.rows.duties
    ]
    return {
        "version": zh(version.label) if version else "",
        "provisional": bool(version and version.reference),
        "rows": rows,
    }


def _order(order: Order) -> dict[str, Any]:
    times = [
        [_("Issued"), exact(order.issued_at)],
        [_("Answered"), exact(order.answered_at)],
        [_("Closed"), exact(order.closed_at)],
        [_("Verdict"), str(order.get_verdict_display()) if order.verdict else ""],
    ]
    return {
        "unit": zh(order.unit.name),
        "cause": str(order.get_cause_display()),
        "asks": zh(order.demand) if order.demand else str(order.asks),
        "answer": zh(order.answer) if order.answer else "",
        "words": zh(order.words) if order.closed_at else "",
        "times": [pair for pair in times if pair[1]],
    }


def _link(one: Any) -> dict[str, Any]:
    return {
        "words": str(one.words), "number": one.case.number, "summary": zh(one.case.summary),
        "state": str(one.case.get_state_display()), "reason": zh(one.reason) if one.reason else "",
    }  # fmt: skip


def _mark(row: MarkRow) -> dict[str, Any]:
    answers = {True: _("Yes"), False: _("No"), None: _("Not counted")}
    figures = [[answers[one.value], one.words] for one in row.told]
    return {"unit": zh(row.mark.unit.name), "part": str(row.mark.get_part_display()), "figures": figures}


def _reckoned(evidence: Evidence) -> list[Reckoning]:
    """Those that its reader may have."""
    rows = Reckoning.objects.visible_to(evidence.standing).filter(case=evidence.case)
    return list(rows.select_related("duty", "unit", "by").order_by("pk"))


def _reckoning(one: Reckoning) -> dict[str, Any]:
    return {
        "unit": zh(one.unit.name), "kind": str(one.duty.get_kind_display()), "duty": zh(one.duty.text),
        "evidence": zh(one.evidence), "opinion": zh(one.opinion), "by": [zh(one.by.name), exact(one.at)],
    }  # fmt: skip
