"""The page of a dispute: what both sides and the list say, its clock, and what whoever has it before them may rule."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accountability import calendars
from accountability.duties import duty_texts
from accountability.models import Duty
from accountability.timewords import Look, look
from cases.choices import Choice, open_to
from cases.conferring import RULES, awaits
from cases.disputing import clocks_of
from cases.errand import find
from cases.forms.lists import version_of
from cases.models import Case, Dispute, Precedent, Step, Summons, Verb
from cases.precedents import offered
from cases.summons import OF_DISPUTES
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required


@dataclass(frozen=True)
class DisputePage:
    """Everything that the page of one dispute shows."""

    dispute: Dispute
    call: Summons
    duties: list[Duty]
    steps: list[Step]
    precedents: list[Precedent]
    clocks: list[tuple[str, Look]]
    rulings: list[Choice]


@require_safe
@staff_required
def dispute(request: HttpRequest, number: str, summons_id: int) -> HttpResponse:
    """Whoever sees the case sees what is disputed in it."""
    at, standing = reader(request)
    case = find(number, standing, at)
    page = _page(case, summons_id, standing, at)
    return render(request, "cases/dispute.html", {"page": page, "case": case, "at": at})


def _page(case: Case, summons_id: int, standing: Standing, at: datetime) -> DisputePage:
    rows = case.disputes.select_related(
        "unit", "believed", "called", "decided_by", "duty__item_version__version", "summons__whistle", "summons__unit"
    )
    found = rows.filter(summons=summons_id).first()
    if found is None:
        raise Http404
    call = next(one for one in case.summonses.all() if one.pk == summons_id)
    call.case = case
    rulings = open_to(call, standing, OF_DISPUTES)
    return DisputePage(
        dispute=found,
        call=found.summons,
        duties=duty_texts(case.item, version_of(case, at)) if case.item else [],
        steps=list(_told(call)),
        precedents=offered(case, case.item),
        clocks=_clocks(found, at),
        rulings=[one for one in rulings if one.verb not in _not_offered(call, standing)],
    )


def _not_offered(call: Summons, standing: Standing) -> set[Verb]:
    """Where the other office of a conferral has put a ruling, agreeing is to rule the same."""
    said = awaits(call, standing)
    return {Verb.DECLINE, *(verb for verb, ruling in RULES.items() if said and said.facts["ruling"] != ruling)}


def _told(call: Summons):
    """What the benches said, in order."""
    rows = call.steps.filter(verb__in=OF_DISPUTES).exclude(verb=Verb.DECLINE)
    return rows.select_related("actor__unit", "summons").order_by("seq")


def _clocks(found: Dispute, at: datetime) -> list[tuple[str, Look]]:
    """The time of each bench before which it lay."""
    calendar = calendars.current()
    done = _("Decided or passed on")
    return [(one.get_phase_display(), look(one, at, calendar, done)) for one in clocks_of(found)]
