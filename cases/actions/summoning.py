"""Writing one summons: the row, its first step and its clocks."""

from cases.calling import Call
from cases.clocks import start_for_summons
from cases.ledger import Ledger
from cases.models import Summons, Verb, Whistle
from cases.summons import first_state, phases
from people.models import User


def summon(
    ledger: Ledger, call: Call, *, level: str, whistle: Whistle | None = None, worker: User | None = None
) -> Summons:
    made = Summons(
        case=ledger.case, whistle=whistle, unit=call.unit, worker=worker, level=level, leads=call.leads, duty=call.duty,
        reason=call.reason.strip()[:300], called_at=ledger.at,
    )  # fmt: skip
    made.state = first_state(made)
    made.save()
    start_for_summons(made, phases(made), ledger.at, whole=True)
    if made.parts_left:
        made.save(update_fields=["parts_left"])
    ledger.add(Verb.SUMMON, "", made.state, call=made, note=call.reason, facts={"leads": call.leads, "level": level})
    return made
