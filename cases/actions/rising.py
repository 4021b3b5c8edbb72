"""What happens when a unit's clock comes to a rung of the ladder: a step in the history, and from one rung on an order.

No deadline moves by it. A case that somebody holds waits for the next round.
"""

from datetime import datetime

from accountability.climbing import Climber
from accountability.ladder import Reached
from accountability.models import Action, Clock
from cases.actions.orders import Wanted, issue_all
from cases.clocks import free_for_rising, write_lapses
from cases.ledger import write_steps
from cases.models import Case, Cause, Order, Step, Summons, Verb

VERBS = {
    Action.REMIND: Verb.REMIND, Action.YELLOW: Verb.YELLOW, Action.RED: Verb.RED, Action.LEADER: Verb.ESCALATE,
}  # fmt: skip


def rise(climbers: list[Climber], at: datetime) -> list[int]:
    """Write a step for each rung that was reached, in the order in which they were; returns the clocks handled."""
    calls = free_for_rising({one.clock.subject_id for one in climbers})
    mine = [(one, calls[one.clock.subject_id]) for one in climbers if one.clock.subject_id in calls]
    steps, wanted = [], []
    for climber, call in mine:
        for reached in climber.reached:
            if reached.rung.action == Action.ORDER:
                wanted.append(Wanted(call.case, call, Cause.OVERDUE, reached.rung, climber.clock.round))
            else:
                steps.append(_step(call.case, call, climber.clock, reached, at))
    ordered = issue_all(wanted, at) if wanted else []
    write_steps(_in_turn(steps, ordered))
    return [climber.clock.pk for climber, _call in mine]


def lapse_orders(due: list[Clock], at: datetime) -> list[int]:
    """An order that was not answered in time; it stays open, and may still be answered."""
    orders = Order.objects.in_bulk({clock.subject_id for clock in due})
    calls = free_for_rising({order.summons_id for order in orders.values()})
    found = [(clock, orders.get(clock.subject_id)) for clock in due]
    return write_lapses([(clock, calls.get(order.summons_id) if order else None) for clock, order in found], at)


def _step(case: Case, call: Summons, clock: Clock, reached: Reached, at: datetime) -> Step:
    """Of the unit that held the clock; the rung's own moment stands in the facts, whenever it was noticed."""
    rung = reached.rung
    facts = {"rung": rung.code, "clock": clock.pk, "phase": clock.phase, "due_at": reached.at.isoformat()}
    return Step(
        case=case, summons=call, unit_id=clock.holder_id, verb=VERBS[Action(rung.action)], source=call.state,
        target=call.state, facts=facts, list_version_id=case.list_version_id, at=at,
    )  # fmt: skip


def _in_turn(steps: list[Step], ordered: list[Step]) -> list[Step]:
    """A late sweep tells of an order before it tells of the leader."""
    last = [step for step in steps if step.verb == Verb.ESCALATE]
    return [step for step in steps if step.verb != Verb.ESCALATE] + ordered + last
