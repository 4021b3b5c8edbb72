"""一事一考: the marks of closed cases, and one mark explained down to its rows."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accountability.worktime import LOCAL
from assessment.filters import MarkFilter, same_days
from assessment.models import Mark, MarkDay
from cases.models import Case
from desk.marks import PERIOD, VALUES, Tally, explained, figures, tallies
from desk.rows import about, listed, where
from desk.views.my_work import Chip
from grids.models import Area
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in
from people.models import Unit

SIZE = 50


@require_safe
@staff_required
def marks(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    given = period_of(request.GET, localdate(at, LOCAL))
    asked = MarkFilter(given, queryset=Mark.objects.visible_to(standing))
    rows = asked.qs.select_related("case", "unit").order_by("-pk")
    understood = {name: value for name, value in asked.form.cleaned_data.items() if value}
    before = number_in(request.GET.get("before"))
    counted = tallies(same_days(MarkDay.objects.visible_to(standing), understood))
    here = {name: given[name] for name in understood}
    found = chips(counted, here)
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    facts = {
        "tallies": [(tally, address(here, figure=tally.words.code, value="yes")) for tally in counted],
        "every": found[0].count,
        "chips": found,
        "current": next((chip for chip in found[1:] if chip.current), None),
        "count": next((chip.count for chip in found if chip.current), found[0].count),
        "asked": understood,
        "within": within(understood),
        "marks": [(mark, figures(mark)) for mark in page[:SIZE]],
        "older": address(here, before=page[SIZE - 1].pk) if len(page) > SIZE else "",
        "newest": address(here) if before else "",
        "page_size": SIZE,
    }
    return render(request, "desk/marks.html", facts)


def period_of(given: QueryDict, today: date) -> dict[str, str]:
    """What the address asks for; the last thirty days, where it names no day."""
    asked = given.dict()
    if not (asked.get("closed_from") or asked.get("closed_to")):
        asked |= {"closed_from": (today - timedelta(days=PERIOD - 1)).isoformat(), "closed_to": today.isoformat()}
    return asked


def within(understood: dict[str, object]) -> str:
    """The names of the unit and the area that the list is narrowed to."""
    unit, area = understood.get("unit"), understood.get("area")
    names = [Unit.objects.filter(code=unit).values_list("short_name", flat=True).first()] if unit else []
    names += [Area.objects.filter(code=area).values_list("name", flat=True).first()] if area else []
    return " · ".join(name for name in names if name)


def chips(counted: list[Tally], here: dict[str, str]) -> list[Chip]:
    """All; what counts for the figure that is being read; every outcome that came out at least once."""
    figure, value = here.get("figure", ""), here.get("value", "")
    every = sum(counted[0].counts.values())
    found = [Chip(address(here, figure="", value=""), _("All"), every, not (figure and value))]
    for tally in counted:
        outcomes = {name: (tally.words.outcomes[VALUES[name]], number) for name, number in tally.counts.items()}
        outcomes["counted"] = _("Counted"), tally.counted
        for name, (outcome, number) in outcomes.items():
            current = (tally.words.code, name) == (figure, value)
            if current or (number and name != "counted"):
                label = f"{tally.words.name} · {outcome}"
                found.append(Chip(address(here, figure=tally.words.code, value=name), label, number, current))
    return found


@require_safe
@staff_required
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    _at, standing = reader(request)
    seen = Mark.objects.visible_to(standing)
    found = get_object_or_404(seen.select_related("unit", "step", "summons"), pk=pk)
    case = listed(Case.objects.all()).get(pk=found.case_id)
    facts = {
        "mark": found,
        "case": case,
        "where": where(case),
        "about": about(case),
        "figures": explained(found),
        "others": seen.filter(case=case).exclude(pk=pk).select_related("unit").order_by("part", "pk"),
    }
    return render(request, "desk/mark.html", facts)


def address(here: dict[str, str], **other: object) -> str:
    wanted = {name: value for name, value in {**here, **other}.items() if value}
    return f"{reverse('desk:marks')}{'?' if wanted else ''}{urlencode(wanted)}"
