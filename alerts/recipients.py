"""Whom each step concerns: a table from what happened to circles of people. Pure; `alerts.actions` finds the people."""

from enum import StrEnum

from cases.models import State, Verb
from cases.summons import OF_DISPUTES
from people.models import Role


class Circle(StrEnum):
    """People who stand in one relation to a step."""

    DISPATCHERS = "dispatchers"
    STREET_LEADERS = "street_leaders"
    DESK = "desk"
    INSPECTORS = "inspectors"
    CLERKS = "clerks"
    NEIGHBOURS = "neighbours"
    CALLED = "called"
    EVERY_UNIT = "every_unit"
    OPENER = "opener"
    GIVEN = "given"
    LEADERS = "leaders"
    CONFERRING = "conferring"
    HAND = "hand"
    CHIEFS = "chiefs"
    MEMBERS = "members"


# Circles of those who serve the place, or an area around it, in a role.
POSTED = {
    Circle.DISPATCHERS: Role.DISPATCHER,
    Circle.STREET_LEADERS: Role.STREET_LEADER,
    Circle.DESK: Role.DISTRICT_DESK,
    Circle.INSPECTORS: Role.INSPECTOR,
    Circle.CLERKS: Role.CLERK,
    Circle.LEADERS: Role.DISTRICT_LEADER,
}

TOLD = {
    Verb.PLACE: {Circle.DISPATCHERS},
    Verb.TURN_DOWN: {Circle.OPENER},
    Verb.MERGE: {Circle.OPENER, Circle.DISPATCHERS},
    Verb.UNMERGE: {Circle.DISPATCHERS},
    Verb.UNDO: set(),
    Verb.TAKE_IN: {Circle.DISPATCHERS, Circle.EVERY_UNIT},
    Verb.GIVE_BACK: {Circle.DISPATCHERS, Circle.EVERY_UNIT},
    Verb.REPEAT: {Circle.OPENER, Circle.DISPATCHERS},
    Verb.SPLIT: {Circle.DISPATCHERS},
    Verb.TRANSFER: {Circle.OPENER, Circle.DISPATCHERS},
    Verb.GET_BACK: {Circle.DISPATCHERS},
    Verb.APPROVE: {Circle.DISPATCHERS, Circle.DESK},
    Verb.PASS_UP: {Circle.DISPATCHERS},
    Verb.REJECT: {Circle.DISPATCHERS},
    Verb.OBJECT: {Circle.DISPATCHERS, Circle.DESK},
    Verb.WHISTLE: {Circle.DESK},
    Verb.SEND_BACK: {Circle.DISPATCHERS},
    Verb.DISPATCH: {Circle.DISPATCHERS},
    Verb.SUMMON: {Circle.CALLED},
    Verb.RELEASE: {Circle.CALLED},
    Verb.ASSIGN: {Circle.GIVEN},
    Verb.HAND_OVER: {Circle.GIVEN},
    Verb.PAUSE: {Circle.DISPATCHERS, Circle.STREET_LEADERS},
    Verb.SHELVE: {Circle.DESK, Circle.INSPECTORS},
    Verb.ALLOW: {Circle.CALLED, Circle.DISPATCHERS},
    Verb.DISALLOW: {Circle.CALLED, Circle.DISPATCHERS},
    Verb.RESUME: {Circle.CALLED, Circle.DISPATCHERS},
    Verb.EXTEND: {Circle.DISPATCHERS},
    Verb.HAND_UP: {Circle.CALLED, Circle.DISPATCHERS},
    Verb.TAKE_BACK: {Circle.CALLED},
    Verb.HAND_ON: {Circle.CALLED},
    Verb.DECLINE: {Circle.DESK, Circle.DISPATCHERS},
    Verb.CONFER: {Circle.CONFERRING, Circle.CALLED},
    Verb.REFER: {Circle.LEADERS, Circle.CALLED},
    Verb.PUT_TO: {Circle.CONFERRING},
    Verb.UPHOLD: {Circle.CALLED, Circle.DISPATCHERS, Circle.CONFERRING},
    Verb.DENY: {Circle.CALLED, Circle.DISPATCHERS, Circle.CONFERRING},
    Verb.CONVENE: {Circle.MEMBERS},
    Verb.ATTEND: {Circle.DISPATCHERS},
    Verb.OUTCOME: {Circle.DISPATCHERS},
    Verb.LET_GO: {Circle.CALLED},
    Verb.CONCLUDE: {Circle.MEMBERS},
    Verb.RECALL: {Circle.CALLED},
    Verb.EXCUSE: {Circle.CALLED},
    Verb.REWORK: {Circle.EVERY_UNIT, Circle.DISPATCHERS},
    Verb.ASK_AGAIN: {Circle.DISPATCHERS, Circle.DESK},
    Verb.CLOSE: {Circle.EVERY_UNIT, Circle.DISPATCHERS, Circle.OPENER},
    Verb.REOPEN: {Circle.EVERY_UNIT, Circle.DISPATCHERS, Circle.OPENER},
    Verb.COME_BACK: {Circle.EVERY_UNIT, Circle.DISPATCHERS, Circle.DESK, Circle.INSPECTORS},
    Verb.REMIND: {Circle.HAND},
    Verb.YELLOW: {Circle.CALLED},
    Verb.RED: {Circle.CALLED, Circle.CHIEFS},
    Verb.ESCALATE: {Circle.LEADERS, Circle.INSPECTORS},
    Verb.ORDER: {Circle.CALLED, Circle.CHIEFS, Circle.INSPECTORS},
    Verb.ANSWER: {Circle.INSPECTORS},
    Verb.RETURN: {Circle.CALLED},
    Verb.CLOSE_ORDER: {Circle.CALLED},
    Verb.LAPSE: {Circle.CALLED, Circle.DISPATCHERS, Circle.STREET_LEADERS, Circle.INSPECTORS},
}

# Of one unit's summons nobody hears but by these; the case's own steps tell the rest.
OF_SUMMONS = (
    Verb.HAND_UP, Verb.TAKE_BACK, Verb.HAND_ON, Verb.ATTEND, Verb.OUTCOME, Verb.LET_GO, Verb.RECALL, Verb.EXCUSE,
    Verb.SUMMON, Verb.RELEASE, Verb.LAPSE, Verb.ASSIGN, Verb.HAND_OVER, Verb.EXTEND, Verb.PAUSE, Verb.ALLOW,
    Verb.DISALLOW, Verb.RESUME, *OF_DISPUTES, Verb.REMIND, Verb.YELLOW, Verb.RED, Verb.ESCALATE, Verb.ORDER,
    Verb.ANSWER, Verb.RETURN, Verb.CLOSE_ORDER,
)  # fmt: skip

# Whose turn it is when a case comes to rest in a state.
TURNS = {
    State.REPORTED: {Circle.DISPATCHERS},
    State.AT_DESK: {Circle.DESK},
    State.INSPECTING: {Circle.NEIGHBOURS},
    State.CALLING_BACK: {Circle.CLERKS},
    State.CLOSING: {Circle.DESK},
}

# Who stands in where no street is known: the desk has the case, and the inspector alone may go and look.
WITHOUT_A_STREET = {Circle.DISPATCHERS: Circle.DESK, Circle.NEIGHBOURS: Circle.INSPECTORS}


def circles(
    verb: str, *, source: str, target: str, of_summons: bool, street: bool, asks: bool = False
) -> frozenset[Circle]:
    """Everyone a step concerns: those the verb names, those whose turn has come, and the leader whom it asks."""
    if of_summons and verb not in OF_SUMMONS:
        return frozenset()
    told = set(TOLD.get(Verb(verb), ()))
    if asks:
        told.add(Circle.STREET_LEADERS)
    if not of_summons and source != target:
        told |= TURNS.get(State(target), set())
    return frozenset(told if street else {WITHOUT_A_STREET.get(circle, circle) for circle in told})
