"""A few demo calls that are declined: one lies before the desk, one before the conferral, one was decided there."""

from datetime import datetime, timedelta

from cases import actions
from cases.citing import citable
from cases.disputing import called_now
from cases.models import Origin, Ruling, Summons, Verb
from cases.moves import MoveRefused
from liixia.demo.cast import Crew
from liixia.demo.scenes import DECLINED
from people.models import Role, Unit, User

AT_DESK, CONFERRED, DECIDED = DECLINED
LATELY = timedelta(minutes=30)
GROUND = "我局在清单中的职责是业务指导和协助，现场处置不在我局职责之内，请由更对口的单位办理。"
UP = "两家单位的职责在清单里都有涉及，专席定不了，请编办、司法会商。"
RULING = "清单点名该单位主办，三定方案也写明由其查处；需要别的单位配合的，由街道另行呼叫。"


def of_unit(call: Summons, number: int, *, crew: Crew, at: datetime, now: datetime) -> Summons:
    """Declined within the last half hour, so that the desk's time is not over before anybody looks."""
    if number not in DECLINED or not call.leads:
        return call
    begins = max(at, now - LATELY)
    moments = [begins + (now - begins) * n / 4 for n in range(1, 4)]
    try:
        return _played(call, number, crew, moments)
    except MoveRefused:  # this one came too late for it
        return call


def _played(call: Summons, number: int, crew: Crew, moments: list[datetime]) -> Summons:
    facts = {"to": _another(call, crew).code, **cites(call)}
    demo = {"origin": Origin.DEMO}
    call = actions.decline(call, by=crew.answering(call), at=moments[0], note=GROUND, facts=facts, **demo)
    if number != AT_DESK:
        call = actions.put_before(call, Verb.CONFER, by=crew.desk, at=moments[1], note=UP, **demo)
    if number == DECIDED:
        editor, lawyer = _holding(Role.ESTABLISHMENT), _holding(Role.LEGAL)
        first = {
            "by": crew.standing(editor),
            "at": moments[1] + (moments[2] - moments[1]) / 2,
            "facts": {"ruling": Ruling.DENIED},
        }
        call = actions.put_to(call, note=RULING, **first, **demo)
        call = actions.deny(call, by=crew.standing(lawyer), at=moments[2], note=RULING, **demo)
    return call


def cites(call: Summons) -> dict[str, int]:
    """The duty that the list gives to the unit itself; else the first for the item; nothing where there is no item."""
    texts = citable(call.case)
    found = next((duty for duty in texts if duty.unit_id == call.unit_id), texts[0] if texts else None)
    return {"duty": found.pk} if found else {}


def _another(call: Summons, crew: Crew) -> Unit:
    others = Unit.objects.filter(pk__in=crew.responders).exclude(pk__in=called_now(call.case))
    return others.order_by("code")[0]


def _holding(role: Role) -> User:
    return User.objects.filter(demo=True, unit_roles__role=role)[0]
