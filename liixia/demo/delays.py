"""A few demo cases that take longer: extended, with a pause asked for or on, or shelved."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from accountability.worktime import WorkCalendar
from cases import actions
from cases.extending import running
from cases.models import Case, Origin, Summons, Verb
from cases.moves import MoveRefused
from cases.pausing import leaders
from liixia.demo.cast import Crew

# Among thirteen scenes the seventh stands at first contact and the third is accepted: by number, so that each is there.
EXTENDED, ASKED, PAUSED = 6, 19, 32
SHELVING, SHELVED = 15, 28
EVERY = 200
WHY = {
    Verb.EXTEND: "须等上级批复，批复到后两日内办结，此前现场有人值守。",
    Verb.PAUSE: "须等第三方检测报告，报告出具前无法继续办理。",
    Verb.SHELVE: "涉及多年遗留问题，须列入年度计划分步解决。",
}
PLAN = "一季度摸底，二季度定方案，三季度实施，完成后回访诉求人。"


def of_unit(call: Summons, number: int, *, crew: Crew, street: Any, at: datetime) -> Summons:
    """What a unit in contact asks for, and what the street says to it."""
    which = number % EVERY
    if which == EXTENDED:
        return _extended(call, crew, at)
    if which not in (ASKED, PAUSED):
        return call
    call = _answer(call, Verb.PAUSE, crew.answering(call), at, until=workday(crew.calendar, at, 8))
    return _answer(call, Verb.ALLOW, street, at) if which == PAUSED else call


def _extended(call: Summons, crew: Crew, at: datetime) -> Summons:
    try:
        _clock, due = running(call, at)
    except MoveRefused:
        return call
    return _answer(call, Verb.EXTEND, crew.answering(call), at, until=workday(crew.calendar, due, 4))


def of_street(case: Case, number: int, *, crew: Crew, street: Any, at: datetime) -> Case:
    """What the street asks for of a whole case, and what the district desk says to it."""
    which = number % EVERY
    if which not in (SHELVING, SHELVED):
        return case
    facts = {"until": workday(crew.calendar, at, 120), "plan": PLAN, "leader": leaders(at)[0].pk}
    case = _advance(case, Verb.SHELVE, street, at, facts)
    return _advance(case, Verb.ALLOW, crew.desk, at, {}) if which == SHELVED else case


def workday(calendar: WorkCalendar, at: datetime, days: int) -> str:
    """A workday about so many days ahead, within the years that the calendar knows."""
    ahead = (localdate(at) + timedelta(days=n) for n in range(days, 0, -1))
    return str(next(day for day in ahead if day.year in calendar.years and calendar.is_worked(day)))


def _answer(call: Summons, verb: Verb, by: Any, at: datetime, **facts: Any) -> Summons:
    try:
        return actions.answer(call, verb, by=by, at=at, note=WHY.get(verb, ""), facts=facts, origin=Origin.DEMO)
    except MoveRefused:  # this one came too late for it, or needs no more time
        return call


def _advance(case: Case, verb: Verb, by: Any, at: datetime, facts: dict[str, Any]) -> Case:
    try:
        return actions.advance(case, verb, by=by, at=at, note=WHY.get(verb, ""), facts=facts, origin=Origin.DEMO)
    except MoveRefused:
        return case
