"""The rows of calling as they are shipped, and a person who waits to be called."""

from datetime import datetime
from types import SimpleNamespace

from django.utils.dateparse import parse_datetime

from cases import actions
from cases.models import Case, Verb
from engagement import loading
from engagement.actions import call_back
from engagement.models import Callback, Report
from tests import stories
from tests.engagement.ground import received


def with_hours(w: SimpleNamespace) -> SimpleNamespace:
    """From now on people are called at the hours, so often and so far apart as the shipped rows say."""
    for read, load, name in (
        (loading.read_hours, loading.load_hours, "call_hours"),
        (loading.read_rule, loading.load_rule, "call_rules"),
        (loading.read_script, loading.load_script, "call_script"),
    ):
        load(read(loading.DATA / f"{name}.csv"))
    return w


def waiting(w: SimpleNamespace, monkeypatch, **more) -> Report:
    """A report whose case waits to be called back since Monday, 13:00."""
    monkeypatch.setattr(stories, "reported", lambda w, **_more: received(w, **more).case)
    return stories.calling_back(w).reports.get()


def on(said: str) -> datetime:
    """A moment in the week of the small world: "Mon 14:00"."""
    day, hour = said.split()
    number = 9 + ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(day)
    return parse_datetime(f"2026-03-{number:02d}T{hour}:00+08:00")


def called(w: SimpleNamespace, report: Report, when: str, outcome: str = "no_answer", **said) -> Callback:
    at = on(when)
    return call_back(report, outcome=outcome, by=said.pop("by", None) or w.of(w.clerk, at), at=at, **said)


def state_of(report: Report) -> str:
    return Case.objects.get(pk=report.case_id).state


def closed_by_the_desk(w: SimpleNamespace, report: Report, when: str) -> Case:
    at = on(when)
    case = Case.objects.get(pk=report.case_id)
    return actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer, at), at=at, note="多次未联系上，按程序办结")
