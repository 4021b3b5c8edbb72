"""一事一考: the marks of closed cases, and one mark explained down to its rows."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessment.models import Mark
from cases.models import Case
from desk.marks import VALUES, Tally, explained, figures, narrowed, tallies
from desk.reader import reader
from desk.rows import about, listed, where
from desk.views.my_work import Chip
from people.access import staff_required
from people.addresses import number_in

SIZE = 50


@require_safe
@staff_required
def marks(request: HttpRequest) -> HttpResponse:
    _at, standing = reader(request)
    figure, value = (request.GET.get(name, "") for name in ("figure", "value"))
    before = number_in(request.GET.get("before"))
    seen = Mark.objects.visible_to(standing)
    counted = tallies(seen)
    every = sum(counted[0].counts.values())
    current = next((chip for chip in chips(counted, figure, value) if chip.current), None)
    rows = narrowed(seen, figure, value).select_related("case", "unit").order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    given = {"figure": figure, "value": value} if current else {}
    facts = {
        "tallies": counted,
        "every": every,
        "chips": chips(counted, figure, value),
        "current": current,
        "count": current.count if current else every,
        "marks": [(mark, figures(mark)) for mark in page[:SIZE]],
        "older": _address(given, before=page[SIZE - 1].pk) if len(page) > SIZE else "",
        "newest": _address(given) if before else "",
        "page_size": SIZE,
    }
    return render(request, "desk/marks.html", facts)


def chips(counted: list[Tally], figure: str, value: str) -> list[Chip]:
    """Every outcome that came out at least once, and the one that is being read."""
    found = []
    for tally in counted:
        for name, number in tally.counts.items():
            current = (tally.words.code, name) == (figure, value)
            label = f"{tally.words.name} · {tally.words.outcomes[VALUES[name]]}"
            if number or current:
                found.append(Chip(_address({"figure": tally.words.code, "value": name}), label, number, current))
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


def _address(given: dict[str, str], **more: int) -> str:
    wanted = {**given, **more}
    return f"{reverse('desk:marks')}{'?' if wanted else ''}{urlencode(wanted)}"
