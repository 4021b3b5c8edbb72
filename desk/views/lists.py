"""Lists of cases to browse."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from cases.filters import DUE, EVERY, OPEN
from cases.models import State
from cases.models.case import ENDED
from desk.asking import OPEN_STATES, Question, address, read
from desk.bulk import allowed, offers
from desk.headline import headline
from desk.lines import lines_of
from desk.listing import SIZE, Counts, Listing
from desk.models import SavedView
from desk.named import Names
from desk.narrowing import Narrowing
from desk.views.my_work import Chip
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields

WORDS = {OPEN: pgettext_lazy("cases", "Open"), EVERY: _("All"), **{state.value: state.label for state in State}}
ANY_TIME = _("Whatever the time left")


@require_safe
@staff_required
def cases(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for; a plain visit opens the view that its reader keeps as the first."""
    saved = list(SavedView.objects.for_reader(request.user))
    first = next((view for view in saved if view.is_default and view.owner_id == request.user.pk), None)
    if first and not request.GET:
        return redirect(address(read(first.query)))
    at, standing = reader(request)
    question = Question(request.GET.dict(), at=at, by=standing)
    names = Names(question)
    question.faults += names.unknown()
    listing = Listing(question, standing)
    counts = listing.count()
    facts = {
        "at": at,
        "question": question,
        "heading": headline(question, names, counts.here.words),
        "count": counts.here,
        "every": counts.of(EVERY),
        "every_href": question.address(state=EVERY, due=""),
        "saved": [(view, address(read(view.query)), view.query == question.query) for view in saved],
        "states": states(counts),
        "dues": dues(counts),
        "narrowing": Narrowing(question, names),
        **page(request, listing, standing),
    }
    return render(request, "desk/cases.html", facts)


def page(request: HttpRequest, listing: Listing, standing: Standing) -> dict:
    """The rows behind the key in the address, which of them are ticked, and what may be done with many at once."""
    question = listing.question
    name = "after" if question.by_time_left else "before"
    ids, next_key = listing.page(request.GET.get(name, ""), SIZE)
    lines = lines_of(ids, question.at)
    verbs = allowed(lines, standing, question.at)
    ticked = (kept_fields(request) or {}).get("case", ())
    asked = request.GET.get("ticked", "")
    key = {name: request.GET[name]} if name in request.GET else {}
    found = offers(verbs)
    return {
        "lines": lines,
        "rows": [
            (line, bool(fits), asked in ("all", *fits) or f"{line.case.number}:{line.case.version}" in ticked)
            for line, fits in zip(lines, verbs, strict=True)
        ],
        "offers": found,
        "tick_all": question.address(**key, ticked="all"),
        "tick_some": [
            (offer.label, question.address(**key, ticked=offer.verb.value))
            for offer in found
            if offer.count < sum(map(bool, verbs))
        ],
        "older": question.address(**{name: next_key}) if next_key else "",
        "newest": question.address() if key else "",
        "page_size": SIZE,
    }


def states(counts: Counts) -> list[Chip]:
    """The states there is something of; all open ones first, everything last. Ended ones have no time left."""
    question = counts.question
    found = []
    for code in (OPEN, *OPEN_STATES, *ENDED, EVERY):
        due = "" if code in (*ENDED, EVERY) else question.due
        number = counts.of(code, due)
        if number or code in (OPEN, question.state):
            found.append(Chip(question.address(state=code, due=due), WORDS[code], number, code == question.state))
    return found


def dues(counts: Counts) -> list[Chip]:
    """The groups of time left, where the list holds open cases only."""
    question = counts.question
    if question.state in (EVERY, *ENDED):
        return []
    words = {"": ANY_TIME, **DUE}
    found = [(code, label, counts.of(question.state, code)) for code, label in words.items()]
    return [
        Chip(question.address(due=code), label, number, code == question.due)
        for code, label, number in found
        if number or code in ("", question.due)
    ]
