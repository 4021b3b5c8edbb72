"""What the moves about orders of supervision take."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Verb, Verdict
from people.api.fields import Body, Choice, Whole, Words


class OfOrder(Body):
    order = Whole(required=False, min_value=1, help_text=_("The number of the order, where several are open"))
    note = Words(max_length=1000)


class CloseOrder(OfOrder):
    verdict = Choice(Verdict.choices)


SENT_OF_ORDERS: dict[Verb, Any] = {
    Verb.ORDER: {"note": "请说明逾期原因、已做工作和办结日期"},
    Verb.ANSWER: {"note": "施工队调度不及，周四由陈立带队修复"},
    Verb.RETURN: {"note": "未写明完成日期"},
    Verb.CLOSE_ORDER: {"verdict": "remedied", "note": "周五现场查看，已修复"},
}
