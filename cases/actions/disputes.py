"""The row of a dispute and the clock of the bench before which it lies: raised, handed up, decided, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Duty
from accountability.starting import Wanted, start_each
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
    _start([(ledger, dispute)], Bench.DESK)
    return dispute


def put_before(handed: Sequence[tuple[Ledger, Summons, Dispute]], bench: Bench) -> None:
    """The next bench gets the whole of its own time, whenever the one below let go; many disputes at once."""
    if not handed:
        return
    _stop(handed)
    for ledger, _call, dispute in handed:
        dispute.bench = bench
        if bench == Bench.CONFERRAL:
            dispute.conferred_at = ledger.at
    Dispute.objects.bulk_update([dispute for _ledger, _call, dispute in handed], ["bench", "conferred_at"])
    _start([(ledger, dispute) for ledger, _call, dispute in handed], bench)


def decide(
    ledger: Ledger, call: Summons, dispute: Dispute, ruling: Ruling, *, words: str, called: Unit | None = None
) -> None:
    _stop([(ledger, call, dispute)])
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


def _start(pairs: list[tuple[Ledger, Dispute]], bench: Bench) -> None:
    charged = _charged_with(bench, pairs[0][0].at)
    start_each(KIND, [
        Wanted(dispute.pk, Start(PHASES[bench], charged or _office(ledger.case, bench)), ledger.case.urgency, ledger.at)
        for ledger, dispute in pairs
    ])  # fmt: skip


def _stop(handed: Sequence[tuple[Ledger, Summons, Dispute]]) -> None:
    of = {dispute.pk: (ledger, call) for ledger, call, dispute in handed}
    for clock in clocks.stop(KIND, of, phases=list(PHASES.values()), at=handed[0][0].at):
        ledger, call = of[clock.subject_id]
        ledger.add_lapses([clock], call)


def _charged_with(bench: Bench, at: datetime) -> int | None:
    """Who is charged with deciding: the desk, the office that convenes the conferral; the leader is no unit's."""
    if bench == Bench.LEADER:
        return None
    held = UnitRole.objects.current(at).filter(role=CONFERRING[0]).order_by("pk") if bench == Bench.CONFERRAL else None
    office = held.values_list("unit", flat=True).first() if held is not None else None
    return office or seat_of(Seat.DESK)


def _office(case: Case, bench: Bench) -> int | None:
    """Where the district has no such unit, the office of the case."""
    return None if bench == Bench.LEADER else case.office_id
