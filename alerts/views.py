"""The inbox: what a person was told, unread first; opening one takes note of it and goes to its case or change."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accountability.spans import moment
from admission.models import Step as AdmissionStep
from alerts import actions
from alerts.models import Alert
from alerts.sentences import (
    sentence,
    sentence_of_admission,
    sentence_of_change,
    sentence_of_proposal,
    sentence_of_reckoning,
)
from audit import clock
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in

SIZE = 50


@dataclass(frozen=True)
class Entry:
    """One message, or several that quiet hours held back."""

    alerts: list[Alert]
    shown: str

    @property
    def first(self) -> Alert:
        return self.alerts[0]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """What the messages of a digest say and how many say so, the most frequent first."""
        return Counter(alert.sentence for alert in self.alerts).most_common()


@require_safe
@staff_required
def inbox(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    read_along = (
        "case", "step__unit", "step__case", "change_step__change", "admission_step__unit",
        "admission_step__application", "admission_step__task", "admission_step__pledge", "proposal",
    )  # fmt: skip
    mine = Alert.objects.of(standing).select_related(*read_along).order_by("-pk")
    rows, older = page(mine, request.GET.get("older", ""))
    for alert in rows:
        alert.sentence, alert.when = said_of(alert), moment(alert.told_at, at)
    facts = {
        "entries": [Entry(together, moment(together[0].shown_at, at)) for together in entries(rows)],
        "older": f"?older={older}" if older else "",
        "newest": reverse("alerts:inbox") if "older" in request.GET else "",
        "page_size": SIZE,
        "up_to": max((alert.pk for alert in rows), default=0),
    }
    return render(request, "alerts/inbox.html", facts)


def said_of(alert: Alert) -> str:
    if alert.admission_step:
        return sentence_of_admission(alert.admission_step)
    if alert.proposal:
        return sentence_of_proposal(alert.proposal, alert.recipient_id)
    if alert.matter:
        return sentence_of_reckoning(alert.matter)
    return sentence_of_change(alert.change_step) if alert.change_step else sentence(alert.step)


def page(mine: QuerySet, older: str) -> tuple[list[Alert], str]:
    """The rows from a key on ("u12": unread before 12, "r12": read before 12), and the key of the next ones."""
    part, number = older[:1], older[1:]
    before = number_in(number) if part in ("u", "r") else None
    unread, read = mine.unread(), mine.exclude(read_at=None)
    rows: list[Alert] = []
    if part != "r":
        rows = list((unread.older_than(before) if before else unread)[: SIZE + 1])
    if len(rows) <= SIZE:
        rows += (read.older_than(before) if part == "r" and before else read)[: SIZE + 1 - len(rows)]
    if len(rows) <= SIZE:
        return rows, ""
    last = rows[SIZE - 1]
    return rows[:SIZE], f"{'r' if last.read_at else 'u'}{last.pk}"


def entries(alerts: list[Alert]) -> list[list[Alert]]:
    """Each alone, but what was held back together, and is read or unread alike, in one digest where its newest is."""
    found: dict[tuple, list[Alert]] = {}
    for alert in alerts:
        key = ("digest", alert.shown_at, alert.read_at is None) if alert.is_held else ("alone", alert.pk)
        found.setdefault(key, []).append(alert)
    return list(found.values())


@require_POST
@staff_required
def open_alert(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    mine = Alert.objects.of(standing).select_related("case", "change_step", "admission_step", "proposal")
    alert = get_object_or_404(mine, pk=pk)
    actions.read(alert, at=at)
    if alert.proposal:
        return redirect("desk:proposal", alert.proposal_id)
    if alert.matter:
        return redirect("desk:reckoning", alert.matter_id)
    if alert.change_step:
        return redirect("desk:change", alert.change_step.change_id)
    if alert.admission_step:
        return redirect(_page_of(alert.admission_step))
    return redirect("desk:case", alert.case.number)


def _page_of(step: AdmissionStep) -> str:
    for name in ("application", "task", "pledge"):
        if pk := getattr(step, f"{name}_id"):
            return reverse(f"admission:{name}", args=[pk])
    raise LookupError("a step is of one subject")


@require_POST
@staff_required
def read_digest(request: HttpRequest, pk: int) -> HttpResponse:
    """All that quiet hours held back with this one."""
    at, standing = reader(request)
    actions.read_digest(get_object_or_404(Alert.objects.of(standing), pk=pk), at=at)
    return redirect("alerts:inbox")


@require_POST
@staff_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks what was on the page and everything before it; what came since stays unread."""
    up_to = number_in(request.POST.get("up_to"))
    if up_to:
        actions.read_all(request.user.pk, up_to=up_to, at=clock.now())
    return redirect("alerts:inbox")
