"""Who drafts and who decides the district's rules."""

from django.utils.translation import gettext_lazy as _

from changes.kinds import Who
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
