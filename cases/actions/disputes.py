"""The row of a dispute and the clock of the bench before which it lies: raised, handed up, decided, withdrawn."""

from datetime import datetime

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Duty
from cases.clocks import seat_of
from cases.disputing import CONFERRING, KIND, PHASES, open_dispute
from cases.ledger import Ledger
from cases.models import Bench, Case, Dispute, Precedent, Ruling, Summons
from cases.precedents import is_one
from people.models import Seat, Unit, UnitRole


def raise_dispute(ledger: Ledger, call: Summons, *, ground: str, duty: Duty | None, believed: Unit) -> Dispute:
    """Before the district desk, whose clock begins."""
    dispute = Dispute.objects.create(
        case=ledger.case, summons=call, unit=call.unit, ground=ground.strip(), duty=duty, believed=believed,
        raised_at=ledger.at,
    )  # fmt: skip
    _start(dispute, ledger)
    return dispute


def put_before(ledger: Ledger, call: Summons, dispute: Dispute, bench: Bench) -> None:
    """The next bench gets the whole of its own time, whenever the one below let go."""
    _stop(ledger, call, dispute)
    dispute.bench = bench
    if bench == Bench.CONFERRAL:
        dispute.conferred_at = ledger.at
    dispute.save(update_fields=["bench", "conferred_at"])
    _start(dispute, ledger)


def decide(
    ledger: Ledger, call: Summons, dispute: Dispute, ruling: Ruling, *, words: str, called: Unit | None = None
) -> None:
    _stop(ledger, call, dispute)
    dispute.ruling, dispute.words, dispute.called = ruling, words.strip(), called
    dispute.decided_by, dispute.decided_at = ledger.by.user if ledger.by else None, ledger.at
    dispute.save(update_fields=["ruling", "words", "called", "decided_by", "decided_at"])


def keep_precedent(ledger: Ledger, dispute: Dispute, unit: Unit) -> None:
    """What the two higher benches find is kept for the same item at the same kind of place."""
    case = ledger.case
    if case.item and is_one(dispute.bench, case):
        Precedent.objects.create(
            item=case.item, place_kind=case.area.kind, unit=unit, words=dispute.words, bench=dispute.bench,
            case=case, dispute=dispute, ruled_at=ledger.at,
        )  # fmt: skip


def withdraw(ledger: Ledger, call: Summons) -> None:
    """Whoever replies has settled what they had declined, and a whistle taken back calls nobody: nothing is left."""
    dispute = open_dispute(call)
    if dispute:
        decide(ledger, call, dispute, Ruling.WITHDRAWN, words="")


def _start(dispute: Dispute, ledger: Ledger) -> None:
    start = Start(PHASES[Bench(dispute.bench)], _holder(ledger.case, dispute.bench, ledger.at))
    clocks.start(KIND, dispute.pk, starts=[start], urgency=ledger.case.urgency, at=ledger.at)


def _stop(ledger: Ledger, call: Summons, dispute: Dispute) -> None:
    ledger.add_lapses(clocks.stop(KIND, [dispute.pk], phases=list(PHASES.values()), at=ledger.at), call)


def _holder(case: Case, bench: str, at: datetime) -> int | None:
    """Who is charged with deciding: the desk, the office that convenes the conferral; the leader is no unit's."""
    if bench == Bench.LEADER:
        return None
    held = UnitRole.objects.current(at).filter(role=CONFERRING[0]).order_by("pk") if bench == Bench.CONFERRAL else None
    office = held.values_list("unit", flat=True).first() if held is not None else None
    return office or seat_of(Seat.DESK) or case.office_id
