"""What has happened to a case, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import DutyKind, Phase
from accountability.spans import moment
from cases.alarmed import why_urgent
from cases.confiding import facts_for
from cases.hands import HANDS
from cases.linking import below
from cases.models import Cause, Kind, Level, Ruling, State, Step, Transfer, Verb, Verdict, WhistleKind
from cases.summons import OF_DISPUTES
from cases.transferring import keeps_withheld, name_of
from cases.wording import KNOWN
from desk.case_page.coming import together
from desk.case_page.rows import Rows
from engagement.models import Grade, Outcome

FIRST = 12
UNITS_ONLY = (
    Verb.SUMMON, Verb.SIGN, Verb.RESPOND, Verb.ARRIVE, Verb.REPLY, Verb.ATTEND, Verb.OUTCOME, Verb.LET_GO,
    Verb.RECALL, Verb.EXCUSE, Verb.RELEASE, *OF_DISPUTES, *HANDS,
)  # fmt: skip
COMING = (Verb.ARRIVE, Verb.ATTEND, Verb.CONVENE)
LOOKS = {
    Verb.WHISTLE: "blow", Verb.ASK_DESK: "blow", Verb.ASK_LEADER: "blow", Verb.LAPSE: "late", Verb.RED: "late",
    Verb.ORDER: "late", Verb.ESCALATE: "late",
}  # fmt: skip
ON_THE_LADDER = (Verb.REMIND, Verb.YELLOW, Verb.RED, Verb.ESCALATE)
OF_ORDERS = (Verb.ORDER, Verb.ANSWER, Verb.RETURN, Verb.CLOSE_ORDER)
PUT_OFF = (Verb.EXTEND, Verb.PAUSE, Verb.SHELVE, Verb.ALLOW)
OF_LEVELS = (Verb.SELF_HANDLE, Verb.HAND_UP, Verb.TAKE_BACK, Verb.HAND_ON)
SAID_BACK = (Verb.MISS, Verb.HEAR, Verb.CALL_BACK, Verb.RATE)
OF_LINKS = (Verb.MERGE, Verb.UNMERGE, Verb.TAKE_IN, Verb.GIVE_BACK, Verb.REPEAT, Verb.SPLIT)
PLAIN = (Verb.SIGN, Verb.SUMMON, Verb.RELEASE, Verb.MISS, *HANDS)

# What a step says of whom it names.
NAMING: dict[str, Promise] = {
    Verb.ASSIGN: gettext_lazy("to %(who)s"),
    Verb.HAND_OVER: gettext_lazy("to %(who)s"),
    Verb.DECLINE: gettext_lazy("the unit believed right: %(unit)s"),
    Verb.UPHOLD: gettext_lazy("called in its place: %(unit)s"),
}


@dataclass(frozen=True)
class Event:
    """One step as the timeline tells it."""

    step: Step
    unit: Any
    at: datetime
    when: str
    photos: list[Any]
    detail: str
    said: str = ""

    @property
    def cited(self) -> dict[str, Any] | None:
        """The duty of the list that the step rests on, as it was quoted then."""
        found: dict[str, Any] | None = self.step.facts.get("cited")
        return {**found, "part": str(DutyKind(found["kind"]).label)} if found else None

    @property
    def css(self) -> str:
        return LOOKS.get(Verb(self.step.verb), "" if self.step.verb in PLAIN else "key")

    @property
    def verb(self) -> str:
        return str(self.step.get_verb_display())


@dataclass(frozen=True)
class History:
    """The first steps to show, those folded away, and how many each filter would show."""

    shown: list[Event]
    folded: list[Event]
    only: str
    counts: dict[str, int]

    @property
    def all(self) -> int:
        return self.counts[""]


def history(rows: Rows, only: str) -> History:
    groups = {
        "": [step for step in rows.steps if not _follows(step)],
        "units": [step for step in rows.steps if step.verb in UNITS_ONLY],
        "clocks": [step for step in rows.steps if step.verb in (Verb.LAPSE, *ON_THE_LADDER, *OF_ORDERS)],
    }
    only = only if only in groups else ""
    events = [event_of(step, rows) for step in groups[only]]
    return History(events[:FIRST], events[FIRST:], only, {name: len(steps) for name, steps in groups.items()})


def _follows(step: Step) -> bool:
    """A unit's part of a rework or reopening, which its case's own step tells with the same words."""
    return step.verb in (Verb.REWORK, Verb.REOPEN) and step.summons_id is not None


def event_of(step: Step, rows: Rows) -> Event:
    """As the reader of these rows may have it, told from their moment."""
    call = rows.call_of.get(step.summons_id) if step.summons_id else None
    at, when = _moment(step, rows.at)
    return Event(
        step,
        call.unit if call else step.unit,
        at,
        when,
        rows.photos.get(step.pk, []),
        " · ".join(filter(None, [_detail(step, rows), _stock(step.facts.get("stock"))])),
        _said(step, rows),
    )


def _said(step: Step, rows: Rows) -> str:
    """The words of the step; those that stand elsewhere, for whoever may read them."""
    if step.verb == Verb.COME_BACK:
        return rows.came_back.get(step.at, "")
    there = _transfer(step, rows)
    return there.reason if there else step.note


def _stock(flag: object) -> str:
    """Words that say nothing, as the reader is told of them."""
    if not flag:
        return ""
    return _("stock phrase") if flag == KNOWN else _("the same words in %(count)s cases") % {"count": flag}


def _moment(step: Step, now: datetime) -> tuple[datetime, str]:
    """When it was; what is overdue has been so since its due moment, whenever the sweep noticed."""
    if step.verb in (Verb.LAPSE, *ON_THE_LADDER) and step.facts.get("due_at"):
        due = datetime.fromisoformat(step.facts["due_at"])
        said = _("due %(when)s") if step.verb == Verb.LAPSE else "%(when)s"
        return due, said % {"when": moment(due, now)}
    return step.at, moment(step.at, now)


def _detail(step: Step, rows: Rows) -> str:
    """What the facts of a step say beyond its note."""
    facts = step.facts
    if step.verb in (Verb.LAPSE, *ON_THE_LADDER, *OF_ORDERS):
        return _raised(facts)
    if step.verb == Verb.OPEN:
        told = facts_for(step, rows.standing)
        return why_urgent(facts) or "；".join(told.get("told", ())) or str(told.get("part_of", "")) or _belonging(facts)
    if step.verb == Verb.RESPOND and facts.get("contact"):
        return _("spoke with %(whom)s") % {"whom": facts["contact"]}
    if step.verb in COMING:
        return together(facts, rows.at)
    if step.verb in PUT_OFF and facts.get("until"):
        return _("until %(when)s") % {"when": moment(datetime.fromisoformat(facts["until"]), rows.at)}
    if step.verb in NAMING:
        return str(NAMING[step.verb]) % {"who": facts.get("name", ""), "unit": facts.get("called", "")}
    if step.verb == Verb.SUMMON:
        return _("to lead") if facts.get("leads") else _("to support")
    if step.verb in (Verb.WHISTLE, Verb.ASK_DESK, Verb.ASK_LEADER) and facts.get("kind"):
        return str(WhistleKind(facts["kind"]).label)
    if step.verb in OF_LEVELS and facts.get("level"):
        return " · ".join(filter(None, [str(Level(facts["level"]).label), facts.get("name", "")]))
    return _answer(facts) if step.verb in SAID_BACK else _passed_on(step, rows) or _named(step, rows)


def _belonging(facts: dict[str, Any]) -> str:
    """By code what it was put under: an item of the list, or a function beyond it."""
    if facts.get("function"):
        return _("beyond the list: %(code)s") % {"code": facts["function"]}
    return str(facts.get("item") or "")


def _passed_on(step: Step, rows: Rows) -> str:
    """To whom."""
    there = _transfer(step, rows)
    return name_of(there.outlet) if there else ""


def _transfer(step: Step, rows: Rows) -> Transfer | None:
    """Of a discreet authority neither name nor reason stands on the step: both are read by those who keep the case."""
    return next((one for one in rows.transfers if step.verb == Verb.TRANSFER and one.at == step.at), None)


def _put_to(facts: dict[str, Any]) -> str:
    """How one office of a conferral would rule."""
    return " · ".join(filter(None, [str(Ruling(facts["ruling"]).label), facts.get("called", "")]))


def _named(step: Step, rows: Rows) -> str:
    """The other case, the part of the work, the pair of an inspection, or how an office would rule."""
    given = step.facts
    if step.verb == Verb.ACCEPT:
        return _belonging(given)
    if step.verb == Verb.PUT_TO:
        return _put_to(given)
    if step.verb == Verb.PASS:
        return _seen_by(given)
    if step.verb == Verb.SPLIT and any(given.get("case") == number for number in _out_of_sight(rows)):
        return ""
    return str(given.get("main") or given.get("case", "") if step.verb in OF_LINKS else given.get("milestone", ""))


def _out_of_sight(rows: Rows) -> list[str]:
    """Numbers of parts that were passed on discreetly, for whoever does not keep them."""
    parts = [link.child for link in below(rows.case, Kind.CHILD) if link.child.state == State.WITHHELD]
    return [part.number for part in parts if not keeps_withheld(part.place_code, rows.standing)]


def _seen_by(facts: dict[str, Any]) -> str:
    """The pair of an inspection, and what speaks against it."""
    doubts = [_("far apart")] if facts.get("far") else []
    doubts += [_("the second photo is the unit's own")] if facts.get("own") is False else []
    return " · ".join([_("with the same spot before and after"), *doubts]) if facts.get("before") else ""


def _raised(facts: dict[str, Any]) -> str:
    """Of a card or a reminder the clock, of an order its cause and verdict, of the leader what came up how often."""
    if facts.get("count"):
        said = {"count": facts["count"], "within": facts["within"]}
        return _("the same at this place %(count)s times in %(within)s days") % said
    verdict = str(Verdict(facts["verdict"]).label) if facts.get("verdict") else ""
    cause = str(Cause(facts["cause"]).label) if facts.get("cause") else ""
    phase = str(Phase(facts["phase"]).label) if facts.get("phase") else ""
    return " · ".join(filter(None, [phase, cause, verdict]))


def _answer(facts: dict[str, Any]) -> str:
    """What the person who reported it said, as far as they were reached."""
    solved = {True: _("Solved"), False: _("Not solved")}.get(facts.get("solved"), "")
    outcome = _outcome(facts.get("outcome") or "")
    grade = Grade(facts["grade"]).label if facts.get("grade") else ""
    return " · ".join(str(word) for word in (outcome, solved, grade) if word)


def _outcome(code: str) -> str:
    """How the person was asked: by a call, or by nobody and yet an answer; what comes from elsewhere stays as it is."""
    by_no_call = {"unreachable": _("Called as often as the rule says, nobody reached"), "rated": _("By their receipt")}
    return str({**dict(Outcome.choices), **by_no_call}.get(code, code))
