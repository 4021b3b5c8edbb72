"""Three demo cases whose units come together: one joint action is planned, one goes on, one has its minutes."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from cases import actions
from cases.joint import may_come
from cases.models import Case, Origin, Summons, Verb
from cases.moves import MoveRefused
from cases.proving import code_of
from grids.standing import Standing
from liixia.demo.cast import Crew

# Scenes in which the units are there and the one that leads has not replied yet.
PLANNED, RUNNING, FINISHED = 8, 21, 34
LATELY = timedelta(minutes=40)
PLAN = "牵头单位查处，配合单位协助取证、维持秩序，街道负责疏导和公示；结束后一并拍照留存。"
FOUND = "现场情况已核实，下达通知一份，当事人当场签收，照片已留存。"
MINUTES = "各单位按时到场，问题当场整改大部，余下部分由牵头单位一周内完成，社区每日巡看，街道周五复查。"
DEMO = {"origin": Origin.DEMO}


def of_case(case: Case, number: int, *, crew: Crew, street: Standing, at: datetime, now: datetime) -> None:
    """Within the last forty minutes, so that nobody is silent yet when somebody looks."""
    case = Case.objects.get(pk=case.pk)
    if number not in (PLANNED, RUNNING, FINISHED) or not may_come(case):
        return
    begins = max(at, now - LATELY)
    moments = [begins + (now - begins) * n / 8 for n in range(1, 8)]
    try:
        _played(case, number, crew, street, moments)
    except MoveRefused:  # this one came too late for it
        return


def _played(case: Case, number: int, crew: Crew, street: Standing, moments: list[datetime]) -> None:
    calls = may_come(case)
    lead = next((call for call in calls if call.leads), calls[0])
    meets_at = _in_two_days(moments[0]) if number == PLANNED else moments[1]
    facts = {
        "kind": "meeting" if number == PLANNED else "enforcement", "place": case.place or "案件现场",
        "lead": lead.unit.code, "members": [call.unit.code for call in calls], "meets_at": meets_at.isoformat(),
    }  # fmt: skip
    actions.advance(case, Verb.CONVENE, by=street, at=moments[0], note=PLAN, facts=facts, **DEMO)
    if number == PLANNED:
        return
    _answer(crew, lead, Verb.ATTEND, moments[2], code=code_of(case, moments[2]).figures)
    others = [call for call in calls if call.pk != lead.pk]
    for call in others if number == FINISHED else others[:1]:
        _answer(crew, call, Verb.ATTEND, moments[3], **_beside(case))
    if number == FINISHED:
        for call in (*others, lead):
            _answer(crew, call, Verb.OUTCOME, moments[4] if call in others else moments[5])
        actions.advance(case, Verb.CONCLUDE, by=street, at=moments[6], note=MINUTES, **DEMO)


def _answer(crew: Crew, call: Summons, verb: Verb, at: datetime, **facts: object) -> None:
    who = {"who": "带队负责人等三人", "people": 3, **facts} if verb == Verb.ATTEND else {}
    note = FOUND if verb == Verb.OUTCOME else ""
    actions.answer(call, verb, by=crew.answering(call), at=at, note=note, facts=who, **DEMO)


def _beside(case: Case) -> dict[str, float]:
    """A few steps from the point of the case, as a phone would say it."""
    if case.lon is None or case.lat is None:
        return {}
    return {"lon": case.lon + 3e-4, "lat": case.lat + 2e-4, "accuracy": 15.0}


def _in_two_days(at: datetime) -> datetime:
    return localtime(at + timedelta(days=2)).replace(hour=15, minute=0, second=0, microsecond=0)
