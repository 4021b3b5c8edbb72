"""What programs send to decline a call, and to rule on whose matter it is."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.conferring import RULES
from cases.models import Verb
from people.api.fields import Body, Choice, Code, Whole, Words

RULINGS = [(one.value, one.label) for one in RULES.values()]


class Decline(Body):
    duty = Whole(
        required=False,
        help_text=_("The id of a duty of the case's item in the case's own version; left out where it has no item"),
    )
    note = Words(max_length=1000, help_text=_("The ground: why that duty is not this matter"))
    to = Code(help_text=_("The code of the unit believed right"))


class Deny(Body):
    note = Words(max_length=1000, help_text=_("The ruling and its reasons"))


class Uphold(Deny):
    to = Code(help_text=_("The code of the unit that is called in its place"))


class PutTo(Deny):
    ruling = Choice(RULINGS)
    to = Code(required=False, help_text=_("Of one that upholds: the code of the unit that would be called"))


SENT_OF_DISPUTES: dict[Verb, Any] = {
    Verb.DECLINE: {"duty": 12, "to": "QZ-09", "note": "清单中我局职责为食品安全，占道摊位由综合执法部门查处"},
    Verb.PUT_TO: {"ruling": "denied", "note": "三定方案写明由该局牵头，请司法会商"},
    Verb.UPHOLD: {"to": "QZ-09", "note": "摊位占用人行道，清单由该局牵头"},
    Verb.DENY: {"note": "清单该事项点名你局牵头，继续办理"},
    Verb.CONFER: {"note": "两个事项点名的单位不同"},
    Verb.REFER: {"note": "编办、司法意见不一致"},
}
