"""What was promised to several at once: the earliest day holds for all of them."""

from datetime import datetime

from accountability import clocks
from accountability.models import Clock, Phase
from cases.clocks import prepared_for_case
from cases.ledger import Ledger
from cases.models import Case


def promised(case: Case, at: datetime) -> Clock | None:
    """The promise that runs for whoever reported this case, or, not accepted yet, the one that would begin now."""
    if not case.has_citizen:
        return None
    running = Clock.objects.of("case", [case.pk]).running().filter(phase=Phase.PROMISE).first()
    return running or next(iter(prepared_for_case(case, [Phase.PROMISE], at)), None)


def keep_the_earlier(ledger: Ledger, other: Clock | None) -> None:
    """From now on the case runs on the other's promise, where that is due earlier than its own."""
    case = ledger.case
    mine = Clock.objects.of("case", [case.pk]).running().filter(phase=Phase.PROMISE).first()
    if other is None or other.due_at is None or (mine and mine.due_at is not None and mine.due_at <= other.due_at):
        return
    ledger.add_lapses(clocks.stop("case", [case.pk], phases=[Phase.PROMISE], at=ledger.at))
    clocks.run_like(other, "case", case.pk, round=case.round, at=ledger.at)
