"""What a closed case says of each responsible unit: in time, solved, satisfied. Pure rules over rows read once.

响应: the first contact within its limit. 解决 and 满意: what the resident said after the last rework; nobody who was
not asked counts as satisfied or as dissatisfied. A supporting unit is judged on its response only, and the street
office on its own duty, accepting in time: what the street merely supports is never held against it (济南:
对街道承担配合责任的事项一律不再考核).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from accountability.models import Clock, Phase
from accountability.worktime import LOCAL
from assessment.models import Mark, Part
from cases.hearing import OF_A_ROUND, answered, counts, last_words
from cases.models import Case, Level, Step, Summons, Verb
from cases.posts import has_street
from cases.reopening import AGAIN

# A unit is called, or called once more; and it is let go.
CALLED = (Verb.SUMMON, Verb.REOPEN, Verb.RECALL)
OUT = (Verb.RELEASE, Verb.EXCUSE)
GRADES = ("satisfied", "fairly", "dissatisfied")
SATISFIED = {"satisfied": True, "fairly": True, "dissatisfied": False}


@dataclass(frozen=True)
class Figure:
    """One figure of a mark: its value (None: does not count), the key of its sentence, and the rows behind it."""

    value: bool | None
    says: str
    params: dict[str, Any] = field(default_factory=dict)
    clocks: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()

    def evidence(self) -> dict[str, Any]:
        return {"says": self.says, "params": self.params, "clocks": list(self.clocks), "steps": list(self.steps)}


@dataclass
class Rows:
    """What the marks of one closing rest on: its open summonses, their clocks, and what the resident said before it.

    `again`: the case had been closed before. Then only what has happened since it was opened again is marked; what
    was marked at the earlier closing stays.
    """

    again: bool = False
    calls: list[Summons] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    accepts: list[Clock] = field(default_factory=list)
    said: list[Step] = field(default_factory=list)


def marks_of(steps: Sequence[Step]) -> list[Mark]:
    """The marks that follow from these closing steps, one step after the other; unsaved."""
    rows = rows_of(steps)
    return [mark for step in steps for mark in marks_from(step, rows[step.pk])]


def rows_of(steps: Sequence[Step]) -> dict[int, Rows]:
    """The rows behind the marks of these closing steps, by step; four statements for all."""
    cases = {step.case_id for step in steps}
    calls = _by("case_id", Summons.objects.filter(case__in=cases).order_by("pk"))
    pks = [call.pk for mine in calls.values() for call in mine]
    clocks = _by("subject_id", Clock.objects.of("summons", pks).filter(phase=Phase.RESPOND).order_by("pk"))
    accepts = _by("subject_id", Clock.objects.of("case", cases).filter(phase=Phase.ACCEPT).order_by("pk"))
    told = Q(verb__in=OF_A_ROUND, summons=None) | Q(verb__in=(*CALLED, *OUT), summons__isnull=False)
    words = _by("case_id", Step.objects.filter(told, case__in=cases).order_by("case", "seq"))
    found = {}
    for step in steps:
        before = [word for word in words[step.case_id] if word.seq < step.seq]
        mine = _marked(calls[step.case_id], before, step)
        timed = [clock for call in mine for clock in clocks[call.pk]]
        accepted = [clock for clock in accepts[step.case_id] if clock.holder_id == step.case.office_id]
        found[step.pk] = _since_it_was_opened(step, before, mine, timed, accepted)
    return found


def _marked(calls: list[Summons], before: list[Step], step: Step) -> list[Summons]:
    """Of the units called by then those that had not been let go: as it was at this closing, whatever came later."""
    out = {word.summons_id for word in before if word.verb in OUT}
    return [call for call in calls if call.called_at <= step.at and call.pk not in out]


def _since_it_was_opened(
    step: Step, before: list[Step], calls: list[Summons], clocks: list[Clock], accepts: list[Clock]
) -> Rows:
    """What of all this belongs to this closing and to no earlier one."""
    said = [word for word in before if word.summons_id is None]
    opened = next((word for word in reversed(said) if word.verb in AGAIN), None)
    clocks = [clock for clock in clocks if clock.started_at <= step.at]
    if opened is None:
        return Rows(False, calls, clocks, accepts, said)
    once_more = {word.summons_id for word in before if word.verb in CALLED and word.seq > opened.seq}
    calls = [call for call in calls if call.pk in once_more]
    return Rows(True, calls, [clock for clock in clocks if clock.started_at >= opened.at], [], said)


def _by(name: str, rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def marks_from(step: Step, rows: Rows) -> list[Mark]:
    """The marks that follow from a closing step and these rows; pure."""
    case, calls, accepts, said = step.case, rows.calls, rows.accepts, last_words(rows.said)
    marks = [
        _unit_mark(step, call, [clock for clock in rows.clocks if clock.subject_id == call.pk], accepts, said)
        for call in calls
    ]
    if has_street(case) and not rows.again and not any(call.unit_id == case.office_id for call in calls):
        marks.append(_mark(step, case.office_id, None, Part.STREET, _in_time(accepts, "accepted"), NOT_THE_STREETS))
    return marks


NOT_THE_STREETS = (Figure(None, "street_called_others"), Figure(None, "street_called_others"))
NOT_A_SUPPORTERS = (Figure(None, "support_not_counted"), Figure(None, "support_not_counted"))


def _unit_mark(step: Step, call: Summons, clocks: list[Clock], accepts: list[Clock], said: list[Step]) -> Mark:
    own = call.level in (Level.GRID, Level.COMMUNITY, Level.STREET)
    responded = _in_time(clocks, "responded") if clocks or not own else _in_time(accepts, "accepted")
    if not call.leads:
        return _mark(step, call.unit_id, call, Part.SUPPORT, responded, NOT_A_SUPPORTERS)
    return _mark(
        step, call.unit_id, call, Part.LEAD, responded, (_solved(step.case, said), _satisfied(step.case, said))
    )


def _mark(
    step: Step, unit_id: int, call: Summons | None, part: str, responded: Figure, said: tuple[Figure, Figure]
) -> Mark:
    figures = dict(zip(("responded", "solved", "satisfied"), (responded, *said), strict=True))
    values = {name: figure.value for name, figure in figures.items()}
    evidence = {name: figure.evidence() for name, figure in figures.items()}
    return Mark(
        case=step.case, unit_id=unit_id, summons=call, step=step, part=part, evidence=evidence,
        closed_on=localdate(step.at, LOCAL), **values,
    )  # fmt: skip


def _in_time(clocks: Iterable[Clock], word: str) -> Figure:
    """In time when no clock of the phase ran past its due moment, whoever noticed it and when."""
    told = [(clock.pk, clock.due_at, clock.stopped_at) for clock in clocks if clock.stopped_at and clock.due_at]
    if not told:
        return Figure(None, f"{word}_no_limit")
    late = [row for row in told if row[2] > row[1]]
    _, due, stopped = (late or told)[0]
    params = {"due_at": due.isoformat(), "stopped_at": stopped.isoformat()}
    says = f"{word}_late" if late else f"{word}_in_time"
    return Figure(not late, says, params, clocks=tuple(row[0] for row in told))


def _solved(case: Case, said: Sequence[Step]) -> Figure:
    """Solved when nobody of those who were reached says otherwise."""
    asked = [step for step in said if counts(step) and step.facts.get("solved") is not None]
    if not asked:
        return _not_asked(case, said)
    deciding = next((step for step in reversed(asked) if not step.facts["solved"]), asked[-1])
    solved = bool(deciding.facts["solved"])
    return Figure(solved, "said_solved" if solved else "said_unsolved", _of_several(asked), steps=_keys(asked))


def _satisfied(case: Case, said: Sequence[Step]) -> Figure:
    """As satisfied as the least satisfied of those who were reached; the evidence names every one of them."""
    asked = [step for step in said if counts(step) and step.facts.get("grade") in SATISFIED]
    if not asked:
        return _not_asked(case, said)
    deciding = max(reversed(asked), key=lambda step: GRADES.index(step.facts["grade"]))
    grade = deciding.facts["grade"]
    return Figure(SATISFIED[grade], f"said_{grade}", _of_several(asked), steps=_keys(asked))


def _of_several(asked: Sequence[Step]) -> dict[str, Any]:
    """How many were asked and how many of them are satisfied, where it was more than one."""
    content = sum(bool(SATISFIED.get(step.facts.get("grade", ""))) for step in asked)
    return {"asked": len(asked), "content": content} if len(asked) > 1 else {}


def _keys(steps: Iterable[Step]) -> tuple[int, ...]:
    return tuple(step.pk for step in steps)


def _not_asked(case: Case, said: Sequence[Step]) -> Figure:
    if not case.has_citizen:
        return Figure(None, "nobody_to_ask")
    left_out = [step for step in said if not counts(step) and answered(step)]
    if left_out:
        return Figure(None, "left_out", steps=_keys(left_out))
    return Figure(None, "not_reached", steps=_keys(said[-1:])) if said else Figure(None, "not_asked")
