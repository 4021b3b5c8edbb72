"""Knowing the same caller again without knowing the number: a keyed mark of it, which nobody can turn round.

The mark hangs on the oldest of `FIELD_KEYS`: while that one is kept, callers of before are known again.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from cases.confiding import keeps
from cases.models import Case
from engagement.models import Report
from engagement.public import may_reveal
from grids.standing import Standing

LATELY = timedelta(days=180)
SHOWN, LOOKED_AT = 5, 40
LENGTH = 32
AREA_CODE = "86"
MOBILE = 11


def mark_of(phone: str) -> str:
    """The same for the same number, however it is written; "" without one."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if len(digits) == len(AREA_CODE) + MOBILE and digits.startswith(AREA_CODE):
        digits = digits[len(AREA_CODE) :]
    if not digits:
        return ""
    key = hashlib.sha256(b"caller:" + settings.FIELD_KEYS[-1].encode()).digest()
    return hmac.new(key, digits.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def earlier_of(case: Case, standing: Standing, at: datetime) -> list[Case]:
    """At most five other cases of the last half year that the same person reported, the newest first.

    For those who may learn who reported this one, of the cases that they see; a confidential one only to its keepers.
    """
    if not may_reveal(case, standing):
        return []
    marks = Report.objects.filter(case=case).exclude(caller="").values("caller")
    others = Report.objects.filter(caller__in=marks, received_at__gte=at - LATELY).exclude(case=case)
    seen = Case.objects.visible_to(standing).filter(pk__in=others.values("case")).select_related("area")
    return [one for one in seen.order_by("-pk")[:LOOKED_AT] if keeps(one, standing)][:SHOWN]
