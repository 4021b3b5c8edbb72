"""Who drafts and who decides the district's rules."""

from django.utils.translation import gettext_lazy as _

from changes.kinds import Holder, Who
from people.models import Role

DRAFTING = Who(_("the district desk or the assessment office"), (Role.DISTRICT_DESK, Role.ASSESSOR))
DECIDING = Who(
    _("the inspector, the establishment office or the district leader"),
    (Role.INSPECTOR, Role.ESTABLISHMENT, Role.DISTRICT_LEADER),
)
WHY = _(
    "The desk and the assessment office see every day where a rule does not fit. Whoever is measured by it, or measures"
    " by it, does not set it alone: supervision, the establishment office or the district leader decides."
)

LISTING = Who(_("the establishment office"), (Role.ESTABLISHMENT,))


def _of_another_post(by: Holder, subject: str) -> bool:
    return not by.roles.isdisjoint(LIST_DECIDING.roles) and by.roles.isdisjoint(LISTING.roles)


LIST_DECIDING = Who(_("the legal office or the district leader"), (Role.LEGAL, Role.DISTRICT_LEADER), _of_another_post)
WHY_LISTED = _(
    "The establishment office writes who answers for what. Whoever looks after the law, or leads the district, has read"
    " it before anybody is called by it; nobody who wrote at a draft decides it."
)
