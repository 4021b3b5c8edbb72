"""What was promised to several at once, or is to be decided for several: the earliest day holds for all of them."""

from datetime import datetime

from accountability import clocks
from accountability.models import Clock, Phase
from cases.clocks import prepared_for_case
from cases.ledger import Ledger
from cases.models import Case, State


def promised(case: Case, at: datetime) -> Clock | None:
    """The promise that runs for whoever reported this case, or, not accepted yet, the one that would begin now."""
    if not case.has_citizen:
        return None
    running = Clock.objects.of("case", [case.pk]).running().filter(phase=Phase.PROMISE).first()
    return running or next(iter(prepared_for_case(case, [Phase.PROMISE], at)), None)


def decided_by(case: Case, at: datetime) -> Clock | None:
    """The time that a street has left to decide who comes; what is overdue is charged already."""
    if case.state != State.ACCEPTED:
        return None
    running = Clock.objects.of("case", [case.pk]).running().filter(phase=Phase.DISPATCH)
    return running.filter(lapsed_at=None, due_at__gte=at).first()


def keep_the_earlier(ledger: Ledger, other: Clock | None) -> None:
    """From now on the case runs on the other's clock of this phase, where that is due earlier than its own."""
    case = ledger.case
    if other is None or other.due_at is None:
        return
    mine = Clock.objects.of("case", [case.pk]).running().filter(phase=other.phase).first()
    if mine and mine.due_at is not None and mine.due_at <= other.due_at:
        return
    ledger.add_lapses(clocks.stop("case", [case.pk], phases=[Phase(other.phase)], at=ledger.at))
    clocks.run_like(other, "case", case.pk, round=case.round, at=ledger.at)


def decide_by_the_earlier(ledger: Ledger, other: Clock | None) -> None:
    """Merged into one that is to be decided too, by the same office: a younger case gives no new time for it."""
    case = ledger.case
    if other is not None and case.state == State.ACCEPTED and other.holder_id == case.office_id:
        keep_the_earlier(ledger, other)
