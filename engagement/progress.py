"""A case in the words of the person who reported it: where it stands, what happened, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability.models import Clock, Phase
from accountability.spans import day_words, moment
from cases.models import Case, Level, State, Step, Verb
from cases.posts import has_street
from cases.reopening import until
from engagement.models import Rating, Report
from people.drawn import english

HEADLINES: dict[str, str | Promise] = {
    State.REPORTED: _("Received; a street is about to take it up"),
    State.TURNED_DOWN: _("It was not taken up"),
    State.ACCEPTED: _("Taken up; the street decides who puts it right"),
    State.AT_DESK: _("Taken up; the district decides who must come"),
    State.IN_HAND: _("It is being put right"),
    State.INSPECTING: _("Reported done; somebody else goes to look"),
    State.CALLING_BACK: _("Done and looked at; now we ask you"),
    State.CLOSING: _("Done; about to be closed"),
    State.CLOSED: _("It is closed"),
    State.ARCHIVED: _("It is closed"),
    State.MERGED: _("It is the same as before, and was answered then"),
    State.TRANSFERRED: _("It was passed on to the authority that is responsible"),
    State.WITHHELD: _("It was passed on to the authority that is responsible"),
}
OF_NO_STREET = _("Received; the district sees whose it is")
SEVERAL = _("%(count)s units are putting it right")

# What a step says to the person; a step that is not named here is the offices' own affair.
WORDS: dict[str, str | Promise] = {
    Verb.OPEN: _("Your report came in."),
    Verb.PLACE: _("The district handed it to the street."),
    Verb.ACCEPT: _("%(unit)s took it up."),
    Verb.TURN_DOWN: _("%(unit)s did not take it up: "),
    Verb.MERGE: _("Others have reported the same. It goes on together with theirs, and you hear of it here."),
    Verb.UNMERGE: _("It goes on by itself again."),
    Verb.UNDO: _("That was undone at once: it waits to be accepted."),
    Verb.REPEAT: _("It is the same as before, and this is the answer: %(note)s"),
    Verb.SPLIT: _("A part of it goes its own way. You get one answer for all of it."),
    Verb.TRANSFER: _(
        "It is no matter of the district's offices: it was passed on to the authority that is responsible."
    ),
    Verb.GET_BACK: _("The district's own offices go on with it."),
    Verb.ASK_DESK: _("The street asked the district to call units."),
    Verb.PASS_UP: _("The street asked the district to call units."),
    Verb.RESPOND: _("%(unit)s made contact."),
    Verb.ARRIVE: _("%(unit)s came to the place."),
    Verb.REACH: _("%(unit)s has reached a part of it: %(milestone)s."),
    Verb.REPLY: _("%(unit)s reported its part done."),
    Verb.EXTEND: _("%(unit)s needs more time, until the end of %(until)s: %(note)s"),
    Verb.ALLOW: _("It rests until the end of %(until)s, with the word of another office: %(note)s"),
    Verb.RESUME: _("It goes on."),
    Verb.CONVENE: _("The street calls several units to the place together."),
    Verb.ATTEND: _("%(unit)s came to the place."),
    Verb.PASS: _("Somebody who had no part in it went to look: it is in order."),
    Verb.REWORK: _("It was not good enough and is being done again."),
    Verb.MISS: _("We rang you and did not reach you."),
    Verb.HEAR: _("We asked you what you think of it."),
    Verb.CALL_BACK: _("We asked you what you think of it."),
    Verb.RATE: _("You said what you think of it."),
    Verb.ASK_AGAIN: _("Somebody else asks you again, so that your answer is on record as you gave it."),
    Verb.CLOSE: _("It was closed."),
    Verb.REOPEN: _("The district opened it again: it was not right yet."),
    Verb.COME_BACK: _("It was opened again, because it is not right: whoever led it is called once more."),
}
CLOSED = _("It was closed: %(note)s")
PASSED_ON = _("It is no matter of the district's offices. It was passed on: %(name)s.")
TOOK_ON = _("%(unit)s is putting it right itself.")
WHISTLED = _("The street blew the whistle: %(unit)s called to come.")
UNASKED: dict[str, str | Promise] = {
    "unreachable": _("We rang as often as the rule says and did not reach you. Nobody answers in your place."),
    "declined": _("You did not wish to say anything about it."),
}
PUT_OFF = _("You asked us to ring again %(when)s.")
ANSWERED_SOLVED = _("You answered: solved, %(grade)s. Thank you.")
ANSWERED_UNSOLVED = _("You answered: not solved, %(grade)s. Thank you; whoever closes it must answer for that.")
OF_UNITS = (Verb.RESPOND, Verb.ARRIVE, Verb.REPLY, Verb.EXTEND, Verb.ALLOW, Verb.RESUME, Verb.REACH, Verb.ATTEND)
KEY = {Verb.ACCEPT, Verb.ARRIVE, Verb.REPLY, Verb.PASS, Verb.CLOSE, Verb.REOPEN, Verb.COME_BACK, Verb.TRANSFER}


# What concerns one of those who reported the matter and nobody else.
OF_ONE = (Verb.MISS, Verb.HEAR, Verb.CALL_BACK, Verb.RATE)
# Of the case that theirs went into, whoever reported theirs has read the like of it already.
BEFORE = (Verb.OPEN, Verb.PLACE, Verb.ACCEPT)


def told_to(report: Report, own: Iterable[Step], of_main: Iterable[Step] = ()) -> list[Step]:
    """The steps that this person reads of: their case's, and of the case that it went into what is not another's."""
    steps = [*own, *(step for step in of_main if step.verb not in BEFORE)]
    mine = (step for step in steps if _concerns(step, report))
    return sorted(mine, key=lambda step: (step.at, step.pk))


def _concerns(step: Step, report: Report) -> bool:
    """What concerns one of those who reported it concerns no other; asked again may be one of them or all."""
    if step.verb == Verb.ASK_AGAIN:
        return step.facts.get("report") in (None, report.pk)
    return step.verb not in OF_ONE or _whose(step, report) == report.pk


def _whose(step: Step, report: Report) -> int:
    return int(step.facts.get("report", report.pk if step.case_id == report.case_id else 0))


@dataclass(frozen=True)
class Line:
    at: datetime
    when: str
    words: str
    look: str


def headline(case: Case, steps: Iterable[Step]) -> str:
    """Where it stands now, as a finding."""
    called = units_at_work(steps)
    if case.state == State.IN_HAND and len(called) > 1:
        return SEVERAL % {"count": len(called)}
    if case.state == State.REPORTED and not has_street(case):
        return str(OF_NO_STREET)
    return str(HEADLINES[case.state])


def units_at_work(steps: Iterable[Step]) -> set[int | None]:
    """The units called and not released."""
    called = {step.summons_id for step in steps if step.verb == Verb.SUMMON}
    return called - {step.summons_id for step in steps if step.verb in (Verb.RELEASE, Verb.EXCUSE)}


def lines(steps: Iterable[Step], now: datetime) -> list[Line]:
    """What happened, newest first; the same said of several units at the same minute is one line."""
    told: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        words = _words(step)
        if words:
            told.setdefault((words, moment(step.at, now)), []).append(step)
    found = [_line(words, when, group) for (words, when), group in told.items()]
    return sorted(reversed(found), key=lambda line: line.at, reverse=True)


def _line(words: str, when: str, steps: list[Step]) -> Line:
    units = "、".join(dict.fromkeys(step.unit.name if step.unit else str(_("The office")) for step in steps))
    look = "blow" if words == WHISTLED else "key" if steps[0].verb in KEY else ""
    return Line(steps[0].at, when, words % {"unit": units}, look)


def _words(step: Step) -> str:
    """The sentence for a step, the unit left open; "" for what is the offices' own affair."""
    if step.verb == Verb.SUMMON:
        return str(WHISTLED if step.facts.get("level") == Level.CALLED else TOOK_ON)
    if step.summons_id and step.verb not in OF_UNITS:
        return ""
    if step.verb == Verb.REACH:
        return str(WORDS[step.verb]) % {"unit": "%(unit)s", "milestone": step.facts["milestone"].replace("%", "%%")}
    if step.verb in (Verb.EXTEND, Verb.ALLOW):  # whoever writes the reason is told that this person reads it
        return _put_off(step)
    if step.verb == Verb.REPEAT:  # whoever writes the answer is told that this person reads it
        return str(WORDS[step.verb]) % {"note": step.note.replace("%", "%%")}
    if step.verb in (Verb.HEAR, Verb.CALL_BACK) and step.facts.get("outcome") in UNASKED:
        return str(UNASKED[step.facts["outcome"]])
    if step.verb == Verb.MISS and step.facts.get("again_at"):
        return str(PUT_OFF) % {"when": moment(datetime.fromisoformat(step.facts["again_at"]), step.at)}
    if step.verb == Verb.CLOSE and step.facts.get("told"):  # the same of the result
        return str(CLOSED) % {"note": step.note.replace("%", "%%")}
    if step.verb == Verb.TURN_DOWN:  # whoever writes the ground is told that this person reads it
        return str(WORDS[step.verb]) + step.note.replace("%", "%%")
    return _passed_on(step) or str(WORDS.get(step.verb, ""))


def _passed_on(step: Step) -> str:
    """To whom; of a discreet authority the step has no name, so nobody reads it over a shoulder either."""
    name = step.facts.get("name_en" if english() else "name", "") if step.verb == Verb.TRANSFER else ""
    return str(PASSED_ON) % {"name": name.replace("%", "%%")} if name else ""


def _put_off(step: Step) -> str:
    until = day_words(localdate(datetime.fromisoformat(step.facts["until"])))
    reason = str(step.facts.get("reason") or step.note).replace("%", "%%")
    return str(WORDS[step.verb]) % {"unit": "%(unit)s", "until": until, "note": reason}


@dataclass(frozen=True)
class Ahead:
    """Something still to come, by when if a clock says so, and what it means for the person."""

    words: str
    means: str


ORDER = (State.REPORTED, State.ACCEPTED, State.AT_DESK, State.IN_HAND, State.INSPECTING, State.CALLING_BACK)
TAKEN_UP = (_("%(office)s takes it up"), _("By %(when)s %(office)s takes it up"))
ANSWERED = (_("You get an answer"), _("By %(when)s you get an answer"))
VISITED, CALLED = _("The street goes there first"), _("We ask you back")


def ahead(case: Case, clocks: Iterable[Clock], now: datetime, *, asks_back: bool) -> list[Ahead]:
    """What comes next, from where it stands; nothing once it has ended."""
    place = ORDER.index(State(case.state)) if case.state in ORDER else len(ORDER)
    due = {clock.phase: clock.due_at for clock in clocks if clock.stopped_at is None}
    office, fresh = str(case.office), place == 0
    plan = [
        (0, _dated(TAKEN_UP, due.get(Phase.ACCEPT), now, office), _("It finds out whose task it is.")),
        (2, VISITED, _("What it cannot settle, it whistles for: then the units of the district must come.")),
        (4, _dated(ANSWERED, due.get(Phase.PROMISE), now), _("The day is set when it is taken up.") if fresh else ""),
        (5, CALLED, _("Two questions: is it solved, are you satisfied. Not asked by those who handled it.")),
    ]
    left_out = [words for words, comes in ((CALLED, asks_back), (VISITED, has_street(case))) if not comes]
    wanted = [(words, means) for until, words, means in plan if place <= until and words not in left_out]
    return [Ahead(str(words), str(means)) for words, means in wanted]


def _dated(words: tuple[str | Promise, str | Promise], due_at: datetime | None, now: datetime, office: str = "") -> str:
    """The sentence with its moment where one is known."""
    when = moment(due_at, now) if due_at else ""
    return str(words[1] if when else words[0]) % {"office": office, "when": when}


def answered(rating: Rating) -> str:
    """What the person said, said back to them."""
    said = ANSWERED_SOLVED if rating.solved else ANSWERED_UNSOLVED
    return said % {"grade": rating.get_grade_display()}


def may_reopen(report: Report, case: Case, at: datetime) -> bool:
    """Closed, and not too long ago."""
    last = until(case)
    return report.of_resident and case.state == State.CLOSED and (last is None or at <= last)


def reopened_until(report: Report, case: Case, at: datetime) -> str:
    """Until when this person may open it again, or could have; nothing where there is nothing to open."""
    last = until(case) if report.of_resident and case.state == State.CLOSED else None
    return moment(last, at) if last else ""


def may_rate(report: Report, case: Case) -> bool:
    """The person is asked while somebody would ring them, and until the case that answers them is closed."""
    return report.of_resident and case.state in (State.CALLING_BACK, State.CLOSING)


def may_doubt(rated: Rating | None, case: Case) -> bool:
    """Of an answer that somebody else wrote down, until the case is closed, and once in a round."""
    return rated is not None and rated.by_id is not None and rated.asking == 1 and case.state == State.CLOSING
