"""Made-up proposals for the list: by units that declined demo cases; one waits, one was answered."""

from datetime import datetime

from cases import actions
from cases.models import Dispute, Origin, Proposal
from grids.standing import standing_of
from people.models import Role, UnitRole

WISH = "演示：本项请写明由“{believed}”主责，“{unit}”配合。"
REASON = "演示数据，非真实意见：近来同类案件几次来回退单，居民多等。"
WANTED = 2
ANSWER = "演示答复：职责界限已在判例中写明，先按判例办，下一版清单再议。"


def make_proposals(*, at: datetime) -> int:
    """As soon as demo cases of two items were disputed; the second is answered. Returns how many there are now."""
    seats = UnitRole.objects.current(at).filter(role=Role.ESTABLISHMENT, user__demo=True)
    office = seats.select_related("user").first()
    there = Proposal.objects.count()
    if office and there < WANTED:
        said = Dispute.objects.filter(case__origin=Origin.DEMO, case__item__isnull=False, case__item__proposals=None)
        rows = said.order_by("case__item_id", "pk").distinct("case__item_id")
        about = list(rows.select_related("case__item", "unit", "believed")[: WANTED - there])
        made = [one for one in (_proposed(dispute, at) for dispute in about) if one]
        for one in made[1 - there :]:
            actions.answer_proposal(one, upshot="refused", answer=ANSWER, by=standing_of(office.user, at), at=at)
    return Proposal.objects.count()


def _proposed(dispute: Dispute, at: datetime) -> Proposal | None:
    """By somebody who answers for the unit that declined, with its case."""
    rows = UnitRole.objects.current(at).filter(unit=dispute.unit, user__demo=True).select_related("user__unit")
    seat = rows.order_by("pk").first()
    if seat is None:
        return None
    wish = WISH.format(believed=dispute.believed.short_name, unit=dispute.unit.short_name)
    by = standing_of(seat.user, at)
    return actions.propose(dispute.case.item, wish=wish, reason=REASON, numbers=[dispute.case.number], by=by, at=at)
