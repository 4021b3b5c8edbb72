"""What must always hold of people: who is switched off holds no role, and nobody is two of the three administrators."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken
from people.models import THREE_ADMINS

SWITCHED_OFF = Question(
    _("%(username)s is switched off, but is still %(role)s."),
    """
SELECT u.username, r.role FROM people_unitrole r JOIN people_user u ON u.id = r.user_id
 WHERE NOT u.is_active AND r.since <= %(at)s AND (r.until IS NULL OR r.until > %(at)s)""",
)
TWO_ADMINS = Question(
    _("%(username)s is %(role)s and %(other)s at the same time."),
    """
SELECT u.username, r.role, o.role AS other FROM people_unitrole r
  JOIN people_unitrole o ON o.user_id = r.user_id AND o.role > r.role
   AND tstzrange(o.since, o.until) && tstzrange(r.since, r.until)
  JOIN people_user u ON u.id = r.user_id
 WHERE r.role = ANY(%(admins)s) AND o.role = ANY(%(admins)s)""",
)


def faults(at: datetime) -> Iterator[str]:
    return broken((SWITCHED_OFF, TWO_ADMINS), {"at": at, "admins": [str(role) for role in THREE_ADMINS]})
