"""Made-up breaches of the list in demo cases: one to which the unit has replied, one to which it has not."""

from datetime import datetime

from assessment.models import Reckoning
from assessment.reckoning import citable, may_reckon, may_reply, reckon, reply
from cases.models import Case, Dispute, Origin
from grids.standing import Standing, standing_of
from people.models import Role, User

EVIDENCE = "演示：清单写明由该单位办理，本件退单后半日无人到场，环节与时限都在证据包里。"
OPINION = "演示：约谈分管负责人，一周内报整改情况。"
WORDS = "演示：退单待裁定期间已派人先行处置，到场签到可查，请核。"
WANTED = 2


def write_reckonings(*, at: datetime) -> int:
    """In cases that were disputed, since these show what the list says. Returns how many there are now."""
    there = Reckoning.objects.count()
    inspectors = User.objects.filter(demo=True, postings__role=Role.INSPECTOR).order_by("pk").distinct()
    by = next((standing_of(one, at) for one in inspectors), None)
    if by and there < WANTED:
        said = Dispute.objects.filter(case__origin=Origin.DEMO, duty__isnull=False, case__reckonings=None)
        cases = Case.objects.filter(disputes__in=said).select_related("item", "list_version", "office").distinct()
        made = [_written(case, by, at) for case in cases.order_by("pk")[: WANTED - there] if may_reckon(case, by)]
        for one in made[: WANTED - 1 - there]:
            _replied(one, at)
    return Reckoning.objects.count()


def _written(case: Case, by: Standing, at: datetime) -> Reckoning:
    return reckon(case, duty=citable(case)[0], evidence=EVIDENCE, opinion=OPINION, by=by, at=at)


def _replied(one: Reckoning, at: datetime) -> None:
    """By somebody of the demo who answers for the unit."""
    people = User.objects.filter(demo=True, unit_roles__unit=one.unit).order_by("pk").distinct()
    by = next((who for who in (standing_of(user, at) for user in people) if may_reply(one, who)), None)
    if by:
        reply(one, words=WORDS, by=by, at=at)
