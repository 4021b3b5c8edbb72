"""What each move takes: names and types. What the words must say, the forms and actions of the pages judge."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accountability.models import Urgency
from cases.api.confiding import SENT_CONFIDING, Conceal
from cases.api.disputing import SENT_OF_DISPUTES, Decline, Deny, PutTo, Uphold
from cases.api.inspecting import SENT_OF_PASSING, Pass
from cases.api.linking import SENT_OF_LINKS, Merge, Split
from cases.api.on_the_spot import SENT_ON_THE_SPOT, Arrive, Attend, Convene
from cases.api.ordering import SENT_OF_ORDERS, CloseOrder, OfOrder
from cases.api.transferring import SENT_OF_TRANSFERS, Transfer
from cases.forms.moves import RespondForm
from cases.models import Level, Verb, WhistleKind
from people.api.fields import Body, Choice, Code, Day, Flag, Moment, Words

OWN_LEVELS = [choice for choice in Level.choices if choice[0] != Level.CALLED]


class Nothing(Body):
    about = _("Only the move itself.")


class Note(Body):
    note = Words(max_length=1000)


class MaybeNote(Body):
    note = Words(max_length=1000, required=False, allow_blank=True)


class Place(Body):
    street = Code(help_text=_("The code of the street"))
    note = Words(max_length=1000, required=False, allow_blank=True)


class Accept(Body):
    summary = Words(max_length=200, help_text=_("In your own words, with what and where; no names, no phone numbers."))
    category = Code()
    item = Code(
        required=False, help_text=_("The list says who leads and who supports. Leave it open when nothing fits.")
    )
    function = Code(required=False, help_text=_("In place of an item: what a department does beyond the list"))
    situation = Code(required=False)
    urgency = Choice(Urgency.choices)
    confidential = Flag(
        required=False, help_text=_("Who handles it does not learn who reported it, nor their own words")
    )
    note = Words(max_length=1000, required=False, allow_blank=True)


class SelfHandle(Body):
    about = _("Who of the place settles it: a person by their account, or a station by its unit's code.")

    level = Choice(OWN_LEVELS)
    worker = Words(max_length=40, required=False, help_text=_("The account of the person, for grid and community"))
    unit = Code(required=False, help_text=_("The code of the station"))
    note = Words(max_length=1000)


class Called(Body):
    unit = Code()
    leads = Flag(default=False)
    reason = Words(
        max_length=300, required=False, allow_blank=True,
        help_text=_("Why it is called, where the list does not say so"),
    )  # fmt: skip


class LeftOut(Body):
    unit = Code()
    reason = Words(max_length=300)


class Calling(Body):
    calls = Called(many=True, max_length=20)
    left_out = LeftOut(many=True, required=False, max_length=20, help_text=_("Units of the list that are not called"))
    lead_why = Words(
        max_length=200, required=False, allow_blank=True, help_text=_("Why another unit leads than the list says")
    )


class Whistle(Calling):
    kind = Choice(WhistleKind.choices)
    first_action = Words(max_length=600, help_text=_("Who, when, and how far it got. The units read this."))
    why = Words(max_length=300, help_text=_("Why the street cannot finish it"))
    item = Code(
        required=False, help_text=_("The list then says who comes. Where nothing fits, the district desk decides.")
    )
    function = Code(required=False, help_text=_("In place of an item: what a department does beyond the list"))


class Dispatch(Calling):
    note = Words(max_length=1000, required=False, allow_blank=True)


class Respond(Body):
    contact = Words(max_length=60, help_text=_("Who they are to the matter; no phone number here"))
    contacted_at = Moment()
    means = Choice(RespondForm.MEANS)
    note = Words(max_length=1000)


class Assign(Body):
    to = Words(max_length=40, help_text=_("The account of a colleague who answers for the unit"))
    note = Words(max_length=1000, required=False, allow_blank=True)


class HandOver(Body):
    to = Words(max_length=40, help_text=_("The account of a colleague who answers for the unit"))
    note = Words(max_length=1000)


class Extend(Body):
    until = Day(help_text=_("The working day by whose end the reply will be there"))
    note = Words(max_length=1000, help_text=_("The person who reported it reads this reason."))


class HandOn(Body):
    about = _("One of the street's own levels: a person by their account, or the street office.")

    level = Choice([choice for choice in OWN_LEVELS if choice[0] != Level.STATION])
    worker = Words(max_length=40, required=False, help_text=_("The account of the person, for grid and community"))
    note = Words(max_length=1000)


class Reach(Body):
    milestone = Words(max_length=40, help_text=_("The name of a milestone of this summons' clocks"))
    note = Words(max_length=1000)


class Pause(Body):
    until = Day(help_text=_("A working day; it goes on by itself when its work ends"))
    note = Words(max_length=1000)


class Shelve(Pause):
    plan = Words(max_length=1000)
    leader = Words(max_length=40, help_text=_("The account of the leader who answers for it"))


OF_CASE: dict[Verb, type[Body]] = {
    Verb.PLACE: Place, Verb.ACCEPT: Accept, Verb.TURN_DOWN: Note, Verb.SELF_HANDLE: SelfHandle, Verb.WHISTLE: Whistle,
    Verb.UNDO: Note, Verb.MERGE: Merge, Verb.UNMERGE: Note, Verb.REPEAT: Merge, Verb.SPLIT: Split,
    Verb.TRANSFER: Transfer, Verb.GET_BACK: Note,
    Verb.APPROVE: MaybeNote, Verb.PASS_UP: MaybeNote, Verb.REJECT: Note, Verb.CONFIRM: MaybeNote, Verb.OBJECT: Note,
    Verb.DISPATCH: Dispatch, Verb.SEND_BACK: Note, Verb.WITHDRAW: Note, Verb.PASS: Pass,
    Verb.REWORK: Note, Verb.ASK_AGAIN: Note, Verb.CLOSE: Note, Verb.REOPEN: Note,
    Verb.CONCEAL: Conceal, Verb.UNVEIL: Note,
    Verb.SHELVE: Shelve, Verb.ALLOW: MaybeNote, Verb.DISALLOW: Note, Verb.RESUME: MaybeNote,
    Verb.CONVENE: Convene, Verb.CONCLUDE: Note,
}  # fmt: skip
OF_SUMMONS: dict[Verb, type[Body]] = {
    Verb.SIGN: Nothing, Verb.RESPOND: Respond, Verb.ARRIVE: Arrive, Verb.REPLY: Note, Verb.EXTEND: Extend,
    Verb.REACH: Reach, Verb.PAUSE: Pause, Verb.ALLOW: MaybeNote, Verb.DISALLOW: Note, Verb.RESUME: MaybeNote,
    Verb.DECLINE: Decline, Verb.PUT_TO: PutTo, Verb.UPHOLD: Uphold, Verb.DENY: Deny, Verb.CONFER: Note,
    Verb.REFER: Note,
    Verb.HAND_UP: HandOn, Verb.TAKE_BACK: Note, Verb.HAND_ON: HandOn,
    Verb.ORDER: Note, Verb.ANSWER: OfOrder, Verb.RETURN: OfOrder, Verb.CLOSE_ORDER: CloseOrder,
    Verb.CLAIM: Nothing, Verb.ASSIGN: Assign, Verb.HAND_OVER: HandOver,
    Verb.ATTEND: Attend, Verb.OUTCOME: Note, Verb.LET_GO: MaybeNote, Verb.RECALL: Note, Verb.EXCUSE: Note,
}  # fmt: skip

CALLS = [{"unit": "QZ-17", "leads": True}, {"unit": "QZ-09"}]
SENT: dict[Verb, Any] = {
    Verb.PLACE: {"street": "370102001", "note": "地址在该街道"},
    Verb.ACCEPT: {"summary": "路口夜间烧烤占道", "category": "enforcement", "item": "ZHZF-01", "urgency": "normal"},
    Verb.TURN_DOWN: {"note": "与在办案件重复"},
    **SENT_OF_LINKS,
    **SENT_OF_TRANSFERS,
    Verb.SELF_HANDLE: {"level": "grid", "worker": "demo-grid-001002-1", "note": "今晚清理，明早复查"},
    Verb.WHISTLE: {
        "kind": "enforcement", "first_action": "昨晚两次劝离，散后复来", "why": "无处罚权", "item": "ZHZF-01",
        "calls": CALLS, "left_out": [{"unit": "QZ-12", "reason": "先由两家处置"}],
    },
    Verb.APPROVE: {"note": "同意"},
    Verb.PASS_UP: {"note": "同意，请专席协调"},
    Verb.REJECT: {"note": "请先与社区再上门一次"},
    Verb.CONFIRM: {"note": "情况紧急，同意"},
    Verb.OBJECT: {"note": "本街道中队两条街外即可到场"},
    Verb.DISPATCH: {"calls": CALLS, "note": "请当日到场"},
    Verb.WITHDRAW: {"note": "摊贩已自行撤离"},
    Verb.SEND_BACK: {"note": "属街道自办事项，请先处置"},
    **SENT_OF_PASSING,
    Verb.REWORK: {"note": "又回来一个摊位"},
    Verb.ASK_AGAIN: {"note": "照片上摊位还在，回访却记为已解决"},
    Verb.CLOSE: {"note": "三个摊位已清离，三月前每晚巡查"},
    Verb.UNDO: {"note": "误按受理"},
    Verb.REOPEN: {"note": "结案两天后摊位又摆了出来"},
    **SENT_CONFIDING,
    Verb.SIGN: {},
    Verb.RESPOND: {
        "contact": "诉求人", "contacted_at": "2026-03-12T14:45:00+08:00", "means": "phone", "note": "约定今晚现场见",
    },
    Verb.REPLY: {"note": "三个摊位已清离"},
    Verb.EXTEND: {"until": "2026-03-20", "note": "需等配件到货，预计十九日到"},
    Verb.HAND_UP: {"level": "street", "note": "店主不肯开门，须持证人员到场"},
    Verb.TAKE_BACK: {"note": "改由街道统一安排"},
    Verb.HAND_ON: {"level": "grid", "worker": "demo-grid-001002-1", "note": "请当日到场"},
    Verb.REACH: {"milestone": "围护", "note": "四面围挡到位，夜间警示灯已设"},
    Verb.PAUSE: {"until": "2026-03-20", "note": "连日低温，路面须五度以上才能封缝"},
    Verb.SHELVE: {
        "until": "2026-09-30", "note": "需列入年度改造计划", "plan": "春季立项，夏季施工", "leader": "demo-leader",
    },
    Verb.ALLOW: {"note": "请按计划恢复"},
    Verb.DISALLOW: {"note": "周四另有队伍可派"},
    Verb.RESUME: {"note": "气温已回升"},
    **SENT_OF_DISPUTES,
    **SENT_OF_ORDERS,
    **SENT_ON_THE_SPOT,
    Verb.CLAIM: {},
    Verb.ASSIGN: {"to": "demo-qz-17-2", "note": "请今晚到场"},
    Verb.HAND_OVER: {"to": "demo-qz-17-2", "note": "已联系两次，周四十点复测"},
}  # fmt: skip


class MovedShape(serializers.Serializer):
    about = _("Where the case stands after the move; `version` is what the next move names in If-Match.")

    case = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    round = serializers.IntegerField()
    due_at = serializers.DateTimeField(allow_null=True)
    summons = serializers.DictField(allow_null=True, help_text=_("Of a unit's move: its summons and its state"))
