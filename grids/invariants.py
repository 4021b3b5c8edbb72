"""What must always hold of areas: each lies in the one that its code says, and somebody answers for it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

ASTRAY = Question(
    _("%(kind)s %(code)s does not lie in the area that its code says."),
    """
SELECT a.kind, a.code FROM grids_area a LEFT JOIN grids_area p ON p.id = a.parent_id
 WHERE (a.kind = 'district') <> (a.parent_id IS NULL)
    OR a.parent_id IS NOT NULL AND p.code <> left(a.code, length(a.code) - 3)""",
)
NO_OFFICE = Question(
    _("%(kind)s %(code)s has no office: nobody takes up what is reported there."),
    "SELECT kind, code FROM grids_area WHERE kind IN ('district', 'street') AND office_id IS NULL",
)


def faults(at: datetime) -> Iterator[str]:
    return broken((ASTRAY, NO_OFFICE))
