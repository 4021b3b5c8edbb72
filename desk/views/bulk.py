"""A move for the ticked rows of a list: first its words, then what was done and what was refused."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audit import clock
from desk.asking import Question, address, read
from desk.bulk import MOST, MOVES, Outcome, Pick, cases_of, make_all, takers
from desk.lines import lines_of
from desk.listforms import BulkForm
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields

INCOMPLETE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def bulk(request: HttpRequest) -> HttpResponse:
    """A POST with ticks and a verb. A plain visit only finds what was typed before a sign-in ran out."""
    given = request.POST if request.method == "POST" else _kept(request)
    if not given:
        return redirect("desk:cases")
    if given.get("verb") not in MOVES:
        raise Http404
    picks = Pick.read(given.getlist("case"))
    if not picks or len(picks) > MOST:
        words = _("Tick at least one case.") if not picks else _("At most %(most)s cases at a time.") % {"most": MOST}
        messages.warning(request, words)
        return redirect(_back(request, given))
    return _served(request, given, picks)


def _served(request: HttpRequest, given: QueryDict, picks: list[Pick]) -> HttpResponse:
    """Moves that need nothing are made at once, others when what they need has come; a visit alone makes none."""
    at, standing = reader(request)
    move = MOVES[given["verb"]]
    verb = move.verb
    asking = partial(BulkForm, verb=verb, takers=takers(move, picks, standing, at))
    empty = asking(initial=given.dict())
    if request.method != "POST" or (empty.fields and "confirmed" not in given):
        return _page(request, given, picks, empty)
    form = asking(given)
    if not form.is_valid():
        return _page(request, given, picks, form, status=INCOMPLETE)
    outcome = make_all(verb.value, picks, form.arguments(), by=standing, now=clock.now)
    if not outcome.refused:
        messages.success(request, _done(verb.label, outcome))
        return redirect(_back(request, given))
    left = [pick for pick in picks if pick.number in {refusal.number for refusal in outcome.refused}]
    return _page(request, given, left, form, outcome, status=INCOMPLETE)


def _page(
    request: HttpRequest,
    given: QueryDict,
    picks: list[Pick],
    form: BulkForm,
    outcome: Outcome | None = None,
    status: int = 200,
) -> HttpResponse:
    at, standing = reader(request)
    seen = cases_of(picks, standing, at)
    ids = [seen[pick.number].pk for pick in picks if pick.number in seen]
    said = {refusal.number: refusal.sentence for refusal in outcome.refused} if outcome else {}
    rows = [(line, said.pop(line.case.number, "")) for line in lines_of(ids, at)]
    shown = {
        "verb": MOVES[given["verb"]].verb,
        "form": form,
        "rows": rows,
        "gone": said,  # refused without a row that this person sees
        "done": len(outcome.done) if outcome else None,
        "refused": len(outcome.refused) if outcome else 0,
        "done_words": _done(MOVES[given["verb"]].verb.label, outcome) if outcome else "",
        "back": given.get("back", ""),
        "back_href": _back(request, given),
    }
    return render(request, "desk/cases/bulk.html", shown, status=status)


def _done(label: str, outcome: Outcome) -> str:
    return _("“%(verb)s”: %(count)s done.") % {"verb": label, "count": len(outcome.done)}


def _back(request: HttpRequest, given: QueryDict) -> str:
    """The list that the ticks came from."""
    at, standing = reader(request)
    return address(read(Question(read(given.get("back", "")), at=at, by=standing).query))


def _kept(request: HttpRequest) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, value in (kept_fields(request) or {}).items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    return fields
