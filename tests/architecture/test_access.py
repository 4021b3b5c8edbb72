"""Every address × every role × own, other street, other department × GET and POST, against a table of what is expected.

An address that the table does not name fails the build: say in ROUTES who may open it before it goes live.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

from admission.api.bodies import OF_APPLICATION, OF_PLEDGE, OF_TASK
from audit import clock
from audit.models import Event, SecurityLog
from cases.models import Verb
from desk.actions import exports
from desk.asking import Question
from engagement.actions.linking import digest_of
from engagement.models import AnswerLink
from grids.maps import map_file
from grids.standing import standing_of
from people.actions import take_role
from people.models import UnitRole, User
from tests import stories
from tests.architecture.ground import NOBODY, OTHER_DEPARTMENT, OTHER_STREET, OURS, PHONE, RELATIONS, ground

pytestmark = pytest.mark.django_db

EVERY = {OURS, OTHER_STREET, OTHER_DEPARTMENT}
STREET = {OURS, OTHER_DEPARTMENT}
# Which of the three cases each person of the small world sees.
SEES: dict[str, set[str]] = {
    "worker": STREET,
    "next_worker": set(),
    "far_worker": {OTHER_STREET},
    "community_worker": STREET,
    "dispatcher": STREET,
    "street_leader": STREET,
    "outsider": {OTHER_STREET},
    "works_officer": {OURS},
    "police_officer": {OURS},
    "market_officer": {OTHER_STREET, OTHER_DEPARTMENT},
    "station_officer": set(),
    "desk_officer": EVERY,
    "clerk": EVERY,
    "inspector": EVERY,
    "assessor": EVERY,
    "establishment": set(),
    "bystander": set(),
    NOBODY: set(),
}
# Whose leading unit's mark each person sees.
SEES_MARKS: dict[str, set[str]] = {
    "dispatcher": STREET, "street_leader": STREET, "outsider": {OTHER_STREET}, "works_officer": {OURS},
    "market_officer": {OTHER_STREET, OTHER_DEPARTMENT}, "desk_officer": EVERY, "inspector": EVERY, "assessor": EVERY,
}  # fmt: skip
REVEALS = {"dispatcher": STREET, "outsider": {OTHER_STREET}, "desk_officer": EVERY, "clerk": EVERY}
LOOKERS = {"worker", "next_worker", "far_worker", "community_worker"}

ANSWERED = {200, 302, 304, 400, 409, 412, 422}
REFUSED, UNSEEN, NOT_SO = {403}, {404}, {405}
SIGN_IN = "sign in first"
Answer = set[int] | str
Rule = Callable[[str, str], Answer]


def everybody(name: str, relation: str) -> Answer:
    return ANSWERED


def staff(name: str, relation: str) -> Answer:
    return SIGN_IN if name == NOBODY else ANSWERED


def never(name: str, relation: str) -> Answer:
    return NOT_SO


def leaves(name: str, relation: str) -> Answer:
    return SIGN_IN


def too_old(name: str, relation: str) -> Answer:
    """Whoever holds a link is answered, whoever they are; this one has had its time."""
    return {410}


def an_old_link(place) -> str:
    times = {"made_at": place.report.received_at, "expires_at": place.report.received_at}
    AnswerLink.objects.get_or_create(
        digest=digest_of(PHONE), defaults={"report": place.report, "round": 1, "by": User.objects.all()[0], **times}
    )
    return PHONE


def hidden(name: str, relation: str) -> Answer:
    return UNSEEN


def refused(name: str, relation: str) -> Answer:
    return REFUSED


def only(*names: str) -> Rule:
    return lambda name, relation: SIGN_IN if name == NOBODY else ANSWERED if name in names else REFUSED


def seen(name: str, relation: str) -> Answer:
    """Who sees the case is answered, be it by a refusal; to others it is not there."""
    if name == NOBODY:
        return SIGN_IN
    return ANSWERED | REFUSED if relation in SEES[name] else UNSEEN


def photo_seen(name: str, relation: str) -> Answer:
    return {200} if relation in SEES[name] else UNSEEN


def mark_seen(name: str, relation: str) -> Answer:
    return SIGN_IN if name == NOBODY else {200} if relation in SEES_MARKS.get(name, set()) else UNSEEN


def reveals(name: str, relation: str) -> Answer:
    if seen(name, relation) in (SIGN_IN, UNSEEN):
        return seen(name, relation)
    return ANSWERED if relation in REVEALS.get(name, set()) else REFUSED


def restrains(name: str, relation: str) -> Answer:
    """The hotline and the district desk, of the whole district; nobody else finds the page."""
    if name in ("clerk", "desk_officer"):
        return seen(name, relation)
    return SIGN_IN if name == NOBODY else UNSEEN


def just(*names: str) -> Rule:
    """For these people it is there, for all others it is not."""
    return lambda name, relation: SIGN_IN if name == NOBODY else ANSWERED if name in names else UNSEEN


def hidden_unless(*names: str) -> Rule:
    return lambda name, relation: ANSWERED if name in names else UNSEEN


def program(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else {200}


def program_never(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else NOT_SO


def program_unseen(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else UNSEEN


def program_seen(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else {200} if relation in SEES[name] else UNSEEN


def program_mark(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else {200} if relation in SEES_MARKS.get(name, set()) else UNSEEN


def program_moves(*names: str) -> Rule:
    """These make the move; others who see the case are refused with the reason, and to the rest it is not there."""

    def rule(name: str, relation: str) -> Answer:
        if name == NOBODY:
            return {401}
        return UNSEEN if relation not in SEES[name] else {200, 409, 422} if name in names else {403, 409}

    return rule


def program_reports(name: str, relation: str) -> Answer:
    return {401} if name == NOBODY else {201} if name == "clerk" else REFUSED


@dataclass(frozen=True)
class Route:
    """Who may read it, who may send to it, and its address for one of the three cases."""

    get: Rule
    post: Rule
    at: Callable[[SimpleNamespace], list] | None = None
    body: dict | None = None


def number(place: SimpleNamespace) -> list:
    return [place.case.number]


def a_draft(place: SimpleNamespace) -> list:
    return [place.draft.pk]


def photo(place: SimpleNamespace) -> list:
    return [place.photo.pk]


def summons(place: SimpleNamespace) -> list:
    return [place.summons.pk]


def answering(place: SimpleNamespace) -> list:
    return [place.case.number, place.summons.pk, "reply"]


def reporting(place: SimpleNamespace) -> list:
    return [place.case.number, place.report.pk]


# Who drafts or decides limits, and who changes of any kind.
DECIDING = ("desk_officer", "assessor", "inspector", "establishment")
RULING = (
    *DECIDING, "dispatcher", "street_leader", "outsider", "works_officer", "police_officer", "market_officer",
    "station_officer",
)  # fmt: skip


def of_a_change(*names: str) -> Rule:
    """Of those who read the change these are answered, the others refused; to the rest it is not there."""

    def rule(name: str, relation: str) -> Answer:
        if name == NOBODY:
            return SIGN_IN
        return UNSEEN if name not in DECIDING else ANSWERED if name in names else REFUSED

    return rule


def unnamed(name: str, relation: str) -> Answer:
    """Of what no address names there is nothing to draft."""
    return SIGN_IN if name == NOBODY else UNSEEN


def reckons(name: str, relation: str) -> Answer:
    """An inspector of the place; to others there is nothing to write."""
    return SIGN_IN if name == NOBODY else ANSWERED if name == "inspector" else UNSEEN


def proposes(name: str, relation: str) -> Answer:
    """Everybody who works with the list."""
    return SIGN_IN if name == NOBODY else UNSEEN if name == "bystander" else ANSWERED


KEEPERS = (
    "dispatcher", "outsider", "works_officer", "police_officer", "market_officer", "station_officer",
)  # fmt: skip


def kept(name: str, relation: str) -> Answer:
    """A unit's own template: changed by who answers for the unit and by the district desk, read by the rest of the
    unit, and to others it is not there."""
    if name in (NOBODY, "bystander"):
        return SIGN_IN if name == NOBODY else REFUSED
    return ANSWERED if name in ("works_officer", "desk_officer") else UNSEEN


def importing(answer: Answer) -> Rule:
    """Whoever may import gets the answer of an import that is not there; what is there stands in tests/gateway."""
    return lambda name, relation: SIGN_IN if name == NOBODY else answer if name == "desk_officer" else REFUSED


def writing(answer: Answer) -> Rule:
    """Whoever writes drafts of the list; to others there is none."""
    return lambda name, relation: SIGN_IN if name == NOBODY else answer if name == "establishment" else UNSEEN


def imported(place: SimpleNamespace) -> list:
    return ["6c2f5d0e-0b52-5b2c-9f0e-1f7e3f0a1d11"]


def imported_at(place: SimpleNamespace) -> list:
    return [*imported(place), 0]


# Who has a part in what is handed down to streets. Nothing is here; where something is, tests/admission asks.
ADMITTING = (
    "dispatcher",
    "street_leader",
    "outsider",
    "works_officer",
    "police_officer",
    "market_officer",
    "desk_officer",
    "inspector",
    "assessor",
    "establishment",
)
OF_DEPARTMENTS = ("works_officer", "police_officer", "market_officer")
ENTERING = (*OF_DEPARTMENTS, "dispatcher", "street_leader", "outsider", "establishment")


def none_here(place: SimpleNamespace) -> list:
    return [1]


def one_of_none(method: str) -> Route:
    """A page, or a move, of something that is not there."""
    unseen = just()
    return Route(unseen, never, none_here) if method == "get" else Route(never, unseen, lambda place: [1, method])


ADMISSION: dict[str, Route] = {
    **{f"admission:{name}": Route(just(*ADMITTING), never) for name in (
        "applications", "permits", "tasks", "pledges", "load",
    )},
    "admission:attempts": Route(just(*OF_DEPARTMENTS, "inspector", "establishment"), never),
    "admission:apply": Route(only(*OF_DEPARTMENTS), only(*OF_DEPARTMENTS)),
    "admission:hand": Route(only(*OF_DEPARTMENTS), only(*OF_DEPARTMENTS)),
    "admission:enter": Route(only(*ENTERING), only(*ENTERING)),
    "admission:cancelled": Route(everybody, never),
    "admission:revoked": Route(everybody, never),
    "admission:application": one_of_none("get"),
    "admission:task": one_of_none("get"),
    "admission:pledge": one_of_none("get"),
    "admission:resend": Route(just(), just(), none_here),
    "admission:move": one_of_none("forward"),
    "admission:task_move": one_of_none("take"),
    "admission:pledge_move": one_of_none("cancel"),
}  # fmt: skip
ITEM = ["ZHZF-01"]
UNITS = {"works_officer", "market_officer"}
HOTLINE = {"channel": "hotline", "words": "路灯不亮", "place": "甲一路口"}
CONTACT = {**stories.CONTACT, "note": "约定现场见"}
CALLING = {
    "kind": "prominent",
    "first_action": "已劝阻",
    "why": "无处罚权",
    "calls": [{"unit": "SJ", "leads": True, "reason": "食品"}],
}
# Of each resource of the API its list, and one row of it where there is such an address.
READ: dict[str, Route] = {
    **{f"api:{name}-list": Route(program, program_never) for name in (
        "area", "unit", "category", "item", "list-version", "situation", "case", "whistle", "joint", "summons", "step",
        "clock", "mark", "change", "permit", "task", "function", "application", "pledge",
    )},
    "api:area-detail": Route(program, program_never, lambda place: ["990102001"]),
    "api:unit-detail": Route(program, program_never, lambda place: ["CG"]),
    "api:category-detail": Route(program, program_never, lambda place: ["city"]),
    "api:item-detail": Route(program, program_never, lambda place: ITEM),
    "api:list-version-detail": Route(program, program_never, lambda place: [place.draft.base_id]),
    "api:situation-detail": Route(program, program_never, lambda place: [place.situation.code]),
    "api:case-detail": Route(program_seen, program_never, number),
    "api:summons-detail": Route(program_seen, program_never, summons),
    "api:joint-detail": Route(  # nobody comes together here; tests/api/test_joint.py asks where somebody does
        lambda name, relation: program_seen(name, "nowhere"), program_never, lambda place: [1]
    ),
    "api:whistle-detail": Route(program_seen, program_never, lambda place: [place.case.whistles.get().pk]),
    "api:step-detail": Route(program_seen, program_never, lambda place: [place.case.steps.first().pk]),
    "api:change-detail": Route(
        lambda name, relation: {401} if name == NOBODY else {200} if name in DECIDING else UNSEEN,
        program_never, lambda place: [place.change.pk],
    ),
    **{f"api:{name}-detail": Route(  # none is here; where some are, tests/admission asks
        lambda name, relation: program_seen(name, "nowhere"), program_never, lambda place: [1]
    ) for name in ("permit", "task", "application", "pledge")},
    **{f"api:{name}": Route(  # none is here; where some are, tests/admission/test_programs.py asks
        lambda name, relation: {401} if name == NOBODY else NOT_SO,
        lambda name, relation: {401} if name == NOBODY else UNSEEN, lambda place: [1],
    ) for name in (
        *(f"application-{verb.value}" for verb in OF_APPLICATION), *(f"task-{verb.value}" for verb in OF_TASK),
        *(f"pledge-{verb.value}" for verb in OF_PLEDGE),
    )},
    "api:mark-detail": Route(program_mark, program_never, lambda place: [place.mark.pk]),
}  # fmt: skip
# Claimed, given and handed over is only where a unit has several people.
OVERSEERS = ("desk_officer", "inspector")
STREETS = ("dispatcher", "street_leader", "outsider")
MEETING = {
    "kind": "meeting", "place": "北门", "meets_at": "2030-03-12T15:00:00+08:00", "lead": "CG", "members": ["CG"],
    "note": "先查后清",
}  # fmt: skip
MOVED_BY = {
    "case-place": (program_moves(), {"street": "990102001"}),
    "case-accept": (program_moves(), {"summary": "烧烤", "category": "city", "urgency": "normal"}),
    "case-turn_down": (program_moves(), {"note": "重复"}),
    "case-self_handle": (program_moves(), {"level": "street", "note": "今晚清理"}),
    "case-whistle": (program_moves("dispatcher", "outsider"), CALLING),
    "case-dispatch": (program_moves(), {"calls": []}),
    "case-withdraw": (program_moves("dispatcher", "outsider"), {"note": "已自行撤离"}),
    "case-merge": (program_moves("dispatcher", "outsider"), {"main": "nobody", "note": "同一摊位"}),
    "case-unmerge": (program_moves("dispatcher", "outsider"), {"note": "并非同一事项"}),
    "case-undo": (program_moves("dispatcher", "outsider"), {"note": "误按受理"}),
    "case-repeat": (program_moves("street_leader"), {"main": "nobody", "note": "已答复"}),
    "case-split": (
        program_moves("dispatcher", "outsider", "desk_officer"),
        {"summary": "井盖", "category": "city", "note": "属水务"},
    ),
    "case-transfer": (program_moves(), {"outlet": "petition", "note": "信访事项"}),
    "case-get_back": (program_moves(), {"note": "该部门退回"}),
    "case-approve": (program_moves("street_leader"), {}),
    "case-pass_up": (program_moves("street_leader"), {}),
    "case-reject": (program_moves("street_leader"), {"note": "先再上门"}),
    "case-confirm": (program_moves("street_leader"), {}),
    "case-object": (program_moves("street_leader"), {"note": "不必"}),
    "case-send_back": (program_moves(), {"note": "先处置"}),
    "case-convene": (program_moves("dispatcher", "outsider"), MEETING),
    "case-conclude": (program_moves("dispatcher", "outsider"), {"note": "三家到场"}),
    "case-pass": (program_moves(), {"note": "已看过"}),
    "case-rework": (program_moves(), {"note": "又回来了"}),
    "case-ask_again": (program_moves("street_leader", "inspector"), {"note": "照片上摊位还在"}),
    "case-close": (program_moves(), {"note": "办结"}),
    "case-reopen": (program_moves(), {"note": "又摆出来了"}),
    "case-conceal": (program_moves(*OVERSEERS), {"summary": "北门夜间占道", "note": "怕被找上门"}),
    "case-unveil": (program_moves("inspector"), {"note": "本人同意"}),
    "call-back": (program_moves(), {"outcome": "no_answer"}),
    "summons-sign": (program_moves(*UNITS), {}),
    "summons-respond": (program_moves(*UNITS), CONTACT),
    "summons-arrive": (program_moves(*UNITS), {"people": 2, "note": "到场"}),
    "summons-claim": (program_moves(), {}),
    "summons-assign": (program_moves(), {"to": "nobody"}),
    "summons-hand_over": (program_moves(), {"to": "nobody", "note": "已联系"}),
    "summons-decline": (program_moves(*UNITS), {"to": "DC", "note": "不是我局职责"}),
    "summons-put_to": (program_moves(), {"ruling": "denied", "note": "按清单办"}),
    "summons-uphold": (program_moves(), {"to": "SJ", "note": "由市监查处"}),
    "summons-deny": (program_moves(), {"note": "按清单办"}),
    "summons-confer": (program_moves(), {"note": "两个事项都沾边"}),
    "summons-refer": (program_moves(), {"note": "意见不一"}),
    "summons-extend": (program_moves(*UNITS), {"until": "2026-03-20", "note": "等配件"}),
    "case-shelve": (
        program_moves("dispatcher", "outsider"),
        {"until": "2026-09-30", "note": "年度改造", "plan": "夏季施工", "leader": "nobody"},
    ),
    "case-allow": (program_moves(*OVERSEERS), {}),
    "case-disallow": (program_moves(*OVERSEERS), {"note": "不同意"}),
    "case-resume": (program_moves("dispatcher", "outsider", *OVERSEERS), {}),
    "summons-reach": (program_moves(*UNITS), {"milestone": "围护", "note": "围挡到位"}),
    "summons-hand_up": (program_moves(), {"level": "street", "note": "不肯开门"}),
    "summons-take_back": (program_moves("dispatcher", "outsider"), {"note": "统一安排"}),
    "summons-hand_on": (program_moves("dispatcher", "outsider"), {"level": "street", "note": "请到场"}),
    "summons-attend": (program_moves(*UNITS), {"who": "王队", "people": 2}),
    "summons-outcome": (program_moves(*UNITS), {"note": "已查处"}),
    "summons-let_go": (program_moves("dispatcher", "outsider"), {}),
    "summons-recall": (program_moves("dispatcher", "outsider"), {"note": "再到场"}),
    "summons-excuse": (program_moves("dispatcher", "outsider"), {"note": "不需要"}),
    "summons-pause": (program_moves(*UNITS), {"until": "2026-03-20", "note": "低温"}),
    "summons-allow": (program_moves(*STREETS, *OVERSEERS), {}),
    "summons-disallow": (program_moves(*STREETS, *OVERSEERS), {"note": "不同意"}),
    "summons-resume": (program_moves(*STREETS, *OVERSEERS, *UNITS), {}),
    "summons-order": (program_moves("inspector"), {"note": "请说明逾期原因"}),
    "summons-answer": (program_moves(*UNITS), {"note": "周四修复"}),
    "summons-return": (program_moves("inspector"), {"note": "未写日期"}),
    "summons-close_order": (program_moves("inspector"), {"verdict": "remedied", "note": "已看过"}),
    "summons-reply": (program_moves(*UNITS), {"note": "办好了"}),
}  # fmt: skip
MADE: dict[str, Route] = {
    f"api:{name}": Route(program_never, rule, number if name.startswith(("case", "call")) else summons, body)
    for name, (rule, body) in MOVED_BY.items()
}
ROUTES: dict[str, Route] = {
    "desk:my_work": Route(everybody, never),
    "desk:queue": Route(staff, never),
    "desk:cases": Route(staff, never),
    "desk:dashboard": Route(just(*SEES_MARKS, "police_officer", "station_officer"), never),
    "desk:map": Route(staff, never),
    "desk:map_counts": Route(staff, never),
    "desk:map_points": Route(lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN, never),
    "desk:bulk": Route(staff, staff, None, {"verb": "sign", "case": "990102-20260309-01-1:1"}),
    "desk:views": Route(staff, staff),
    "desk:view": Route(never, just("dispatcher"), lambda place: [place.view.pk], {"delete": "1"}),
    "desk:exports": Route(never, staff, None, {"query": "state=all"}),
    "desk:export": Route(just("dispatcher"), never, lambda place: [place.export.pk]),
    "desk:export_file": Route(just("dispatcher"), never, lambda place: [place.export.pk]),
    "desk:case": Route(seen, never, number),
    "desk:case_bundle": Route(seen, seen, number),
    "desk:check_bundle": Route(staff, never),
    "desk:bundle": Route(just("dispatcher"), never, lambda place: [place.bundle.pk]),
    "desk:bundle_file": Route(just("dispatcher"), never, lambda place: [place.bundle.pk]),
    "desk:search": Route(staff, never),
    "desk:reckonings": Route(seen, reckons, number, {"duty": 1, "evidence": "未到场", "opinion": "约谈"}),
    "desk:reckoned": Route(staff, never),
    "desk:reckoning": Route(unnamed, unnamed, lambda place: [1]),  # none is here; tests/assessment/test_replying.py
    "desk:reckoning_bundle": Route(never, unnamed, lambda place: [1]),  # asks who
    "desk:proposals": Route(staff, never),
    "desk:proposal_new": Route(proposes, proposes),
    "desk:proposal": Route(unnamed, unnamed, lambda place: [1]),  # none is here; tests/desk/test_proposals.py asks
    "desk:items": Route(staff, never),
    "desk:item": Route(staff, never, lambda place: ITEM),
    "desk:manual": Route(staff, never, lambda place: ITEM),
    "desk:list_versions": Route(staff, never),
    "desk:list_difference": Route(lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN, never),
    "desk:list_impact": Route(lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN, never),
    "desk:list_draft_new": Route(never, only("establishment"), None, {"kind": "2019"}),
    "desk:list_draft": Route(just("establishment"), never, a_draft),
    "desk:list_forward": Route(just("establishment"), just("establishment"), a_draft),
    "desk:list_import_new": Route(just("establishment"), just("establishment"), a_draft),
    "desk:list_import_begin": Route(never, writing({201}), a_draft, {"name": "a.xlsx", "size": 1}),
    "desk:list_import_piece": Route(never, writing({415}), lambda place: [place.draft.pk, *imported_at(place)]),
    "desk:list_import_status": Route(just(), never, lambda place: [place.draft.pk, *imported(place)]),
    "desk:list_import": Route(just(), never, imported),  # none is here; tests/desk/test_workbooks.py asks
    "desk:list_import_save": Route(never, just(), imported),
    "desk:list_import_again": Route(never, just(), imported),
    "desk:list_import_give_up": Route(never, just(), imported),
    "desk:list_export": Route(never, just("establishment"), a_draft),
    "desk:functions_book_new": Route(just("establishment"), just("establishment")),
    "desk:functions_book_begin": Route(never, writing({409}), None, {"name": "a.xlsx", "size": 1}),
    "desk:functions_book_piece": Route(never, writing({415}), imported_at),
    "desk:functions_book_status": Route(just(), never, imported),
    "desk:functions_book": Route(just(), just(), imported),  # none: tests/desk/test_function_workbooks.py asks
    "desk:functions_book_give_up": Route(never, just(), imported),
    "desk:functions_export": Route(never, just(), lambda place: [1]),  # no functions are here
    "desk:list_refresh": Route(never, just("establishment"), a_draft),
    "desk:list_discard": Route(never, just("establishment"), a_draft),
    "desk:item_add": Route(just("establishment"), just("establishment"), a_draft),
    "desk:item_edit": Route(just("establishment"), just("establishment"), lambda place: [*a_draft(place), *ITEM]),
    "desk:flow_edit": Route(just("establishment"), just("establishment"), lambda place: [*a_draft(place), *ITEM]),
    "desk:manual_edit": Route(just("establishment"), just("establishment"), lambda place: [*a_draft(place), *ITEM]),
    "desk:item_off": Route(never, just("establishment"), lambda place: [*a_draft(place), *ITEM]),
    "desk:item_back": Route(never, just("establishment"), lambda place: [*a_draft(place), *ITEM]),
    "desk:manual_file": Route(staff, never, lambda place: ITEM),
    "desk:changes": Route(just(*RULING), never),
    "desk:change_new": Route(unnamed, unnamed),
    "desk:change": Route(just(*DECIDING), never, lambda place: [place.change.pk]),
    "desk:change_edit": Route(of_a_change("assessor"), of_a_change("assessor"), lambda place: [place.change.pk]),
    "desk:change_act": Route(
        never, of_a_change("inspector", "establishment"), lambda place: [place.change.pk, "approve"], {"seen": "2"}
    ),
    "desk:supervision": Route(just(*SEES_MARKS, "police_officer", "station_officer"), never),
    "desk:callbacks": Route(just("clerk", "desk_officer"), never),
    "desk:ladder": Route(staff, never),
    "desk:ways": Route(staff, never),
    "desk:whistles": Route(
        just("dispatcher", "street_leader", "outsider", "desk_officer", "inspector", "assessor"), never
    ),
    "desk:marks": Route(staff, never),
    "desk:mark": Route(mark_seen, never, lambda place: [place.mark.pk]),
    "cases:move": Route(seen, seen, lambda place: [place.case.number, "turn_down"], {"note": "不属实"}),
    "cases:whistle": Route(seen, seen, number),
    "cases:dispute": Route(  # nobody has declined here; where somebody has, tests/cases/test_ruling.py asks
        lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN,
        never,
        lambda place: [place.case.number, place.summons.pk],
    ),
    "cases:joint": Route(  # nobody comes together here; where somebody does, tests/cases/test_joint_page.py asks
        lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN, never, lambda place: [place.case.number, 1]
    ),
    "cases:code": Route(seen, never, number),
    "cases:order": Route(seen, never, number),
    "cases:summons_move": Route(seen, seen, answering, {"note": "办好了"}),
    "cases:templates": Route(staff, never),
    "cases:template_add": Route(only(*KEEPERS), only(*KEEPERS)),
    "cases:template": Route(kept, kept, lambda place: [place.template.pk]),
    "cases:template_retire": Route(never, kept, lambda place: [place.template.pk]),
    **ADMISSION,
    "engagement:report": Route(everybody, everybody),
    "engagement:clerk_report": Route(only("clerk"), only("clerk")),
    "engagement:field_report": Route(only(*LOOKERS), only(*LOOKERS)),
    "engagement:field_situations": Route(only(*LOOKERS), never),
    "engagement:suggested": Route(never, only("clerk", *LOOKERS), None, {"words": "路灯不亮"}),
    "engagement:who": Route(everybody, never),
    "engagement:functions": Route(everybody, never),
    "engagement:find": Route(everybody, everybody),
    "engagement:receipt": Route(everybody, everybody, lambda place: [place.report.receipt]),
    "engagement:rate": Route(never, everybody, lambda place: [place.report.receipt]),
    "engagement:reopen": Route(never, everybody, lambda place: [place.report.receipt]),
    "engagement:doubt": Route(never, everybody, lambda place: [place.report.receipt]),
    "engagement:add_photos": Route(never, everybody, lambda place: [place.report.receipt]),
    "engagement:call_back": Route(seen, seen, number),
    "engagement:answer": Route(too_old, too_old, lambda place: [an_old_link(place)]),
    "engagement:make_link": Route(never, seen, reporting),
    "engagement:reveal": Route(reveals, reveals, reporting, {"reason": "要问清位置"}),
    "engagement:restraints": Route(just("clerk", "desk_officer", "inspector"), never),
    "engagement:restraint": Route(  # none is here; where one is, tests/engagement/test_restraining.py asks
        lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN,
        lambda name, relation: SIGN_IN if name == NOBODY else UNSEEN,
        lambda place: [1],
        {"words": "听过录音"},
    ),
    "engagement:restrain": Route(restrains, restrains, reporting, {"reason": "多次来电辱骂"}),
    "gateway:imports": Route(only("desk_officer"), only("desk_officer")),
    "gateway:begin": Route(never, importing({201}), None, {"name": "a.csv", "size": 1}),
    "gateway:piece": Route(never, importing(UNSEEN | {415}), imported_at),
    "gateway:status": Route(importing(UNSEEN), never, imported),
    "gateway:import": Route(importing(UNSEEN), never, imported),
    "gateway:take": Route(never, importing(UNSEEN), imported),
    "gateway:give_up": Route(never, importing(UNSEEN), imported),
    "gateway:rows": Route(importing(UNSEEN), never, imported),
    "people:sign_in": Route(everybody, everybody),
    "people:demo_sign_in": Route(never, hidden, None, {"username": "worker"}),
    "people:sign_out": Route(never, leaves),
    "people:size": Route(never, everybody),
    "alerts:inbox": Route(staff, never),
    "alerts:digest": Route(never, just("desk_officer"), lambda place: [place.alert.pk]),
    "alerts:read_all": Route(never, staff),
    "alerts:open": Route(never, just("desk_officer"), lambda place: [place.alert.pk]),
    "files:begin": Route(never, refused, None, {"name": "a.jpg", "size": 1}),
    "files:piece": Route(never, lambda name, relation: {415}, lambda place: [place.photo.pk, 0]),
    "files:status": Route(photo_seen, never, photo),
    "files:remove": Route(never, everybody, photo),
    "files:original": Route(never, hidden_unless("inspector"), photo, {"reason": "核对拍摄时间"}),
    "files:photo": Route(photo_seen, never, lambda place: [place.photo.pk, "small"]),
    "grids:outlines": Route(everybody, never, lambda place: ["street", map_file("street").mark]),
    "people:tokens": Route(staff, staff),
    "people:revoke_token": Route(never, just(), lambda place: ["0" * 15]),
    "api:who": Route(everybody, never),
    "api:suggest": Route(program_never, program, None, {"summary": "路灯不亮"}),
    "api:function-detail": Route(program_unseen, program_never, lambda place: ["ZN-NICHTS"]),  # none is loaded here
    "api:reports": Route(program_never, program_reports, None, HOTLINE),
    **READ,
    **MADE,
    "api:case-other-move": Route(program_never, program_moves(), lambda place: [place.case.number, "rate"]),
    "api:summons-other-move": Route(program_never, program_moves(), lambda place: [place.summons.pk, "release"]),
    "api:schema": Route(everybody, never),
    "api:docs": Route(everybody, never),
    "api:nothing": Route(hidden, hidden, lambda place: ["v1/nowhere/"]),
    "set_language": Route(everybody, everybody, None, {"language": "en"}),
    "healthz": Route(everybody, never),
    "readyz": Route(lambda name, relation: {200, 503}, never),
}


def names(resolver: URLResolver | None = None, space: str = "") -> set[str]:
    """Every address of the site by its name, or by its words where it has none."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= names(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            found.add(f"{space}{entry.name or entry.pattern}")
    return found


@pytest.fixture(scope="module")  # the ground is laid once; what a test does to it is taken back
def g(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        yield ground()
        transaction.set_rollback(True)


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """What one request does to rows and cookies is undone before the next."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def address(name: str, place: SimpleNamespace) -> str:
    route = ROUTES[name]
    if ":" not in name and name not in ("set_language",):
        return f"/{name}"
    return reverse(name, args=route.at(place) if route.at else [])


def asked_for(g, name: str, rule: Rule) -> Iterator[tuple[str, str]]:
    """Those of the three places that have an address of their own; what no page takes, it takes nowhere."""
    known = set()
    for relation in (OURS,) if rule in (never, program_never) else RELATIONS:
        where = address(name, g.places[relation])
        if where not in known:
            yield relation, where
        known.add(where)


def agrees(answer, expected: Answer) -> bool:
    to_sign_in = answer.status_code == 302 and answer.url.startswith("/sign-in")
    if expected == SIGN_IN:
        return to_sign_in
    return answer.status_code in expected and not to_sign_in


def test_every_address_is_in_the_table():
    assert names() == set(ROUTES)


def test_every_person_of_the_small_world_is_in_the_table(g):
    assert set(g.clients) == set(SEES)


def sent(client: Client, method: str, where: str, route: Route, place: SimpleNamespace):
    """As a browser sends it, or as a program does: JSON, with the version read and a key of its own."""
    if not where.startswith("/api/"):
        return getattr(client, method)(where, route.body or {} if method == "post" else None)
    headers = {"If-Match": f'"{place.case.version}"', "Idempotency-Key": str(uuid4())}
    return getattr(client, method)(where, route.body or {}, content_type="application/json", headers=headers)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ROUTES)
def test_everybody_gets_what_the_table_says(g, name, method):
    route, wrong = ROUTES[name], []
    rule = route.get if method == "get" else route.post
    for relation, where in asked_for(g, name, rule):
        for person, client in g.clients.items():
            expected = rule(person, relation)
            with taken_back(client):
                answer = sent(client, method, where, route, g.places[relation])
            if not agrees(answer, expected):
                wrong.append(f"{person} {relation}: {answer.status_code}, expected {expected}")
    assert wrong == [], "\n".join(wrong)


# ---- What a page lists

LISTS = ("desk:my_work", "desk:cases", "desk:marks", "alerts:inbox")


def listed(g, person: str, name: str) -> set[str]:
    page = g.clients[person].get(reverse(name)).content.decode()
    return {relation for relation, place in g.places.items() if place.case.number in page}


@pytest.mark.parametrize("name", LISTS)
def test_no_list_shows_a_case_that_its_reader_may_not_see(g, name):
    shown = {person: listed(g, person, name) - SEES[person] for person in SEES}
    assert {person: more for person, more in shown.items() if more} == {}


def test_the_list_of_cases_shows_each_reader_exactly_what_they_see(g):
    people = set(SEES) - {NOBODY}
    assert {person: listed(g, person, "desk:cases") for person in people} == {person: SEES[person] for person in people}


def test_list_counts_and_export_agree_for_everybody(g):
    """Whoever sees a case finds it in the list, in its count and in the file, and nobody finds another."""
    for person in set(SEES) - {NOBODY}:
        user = g.people[person]
        page = g.clients[person].get(reverse("desk:cases"), {"state": "all"})
        shown = [line.case.number for line, _fits, _ticked in page.context["rows"]]
        with taken_back(g.clients[person]):
            at = clock.now()
            question = Question({"state": "all"}, at=at, by=standing_of(user, at))
            job = exports.ask(user, question, at=at)
            exports.run(job.pk, now=clock.now)
            job.refresh_from_db()
            assert (job.total or 0) == len(shown) == page.context["count"].exact == len(SEES[person]), person
            if job.total:
                book = CalamineWorkbook.from_filelike(BytesIO(exports.hand_out(job, by=user, address=None)))
                assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == shown


# ---- Who may make which move: the form opens for exactly these, and only for them does sending it write a step

FORMS: dict[Verb, tuple[str, set[str]]] = {
    Verb.ACCEPT: ("reported", {"dispatcher"}),
    Verb.TURN_DOWN: ("reported", {"dispatcher"}),
    Verb.PLACE: ("reported", {"desk_officer"}),
    Verb.SELF_HANDLE: ("accepted", {"dispatcher", "worker", "community_worker"}),
    Verb.WHISTLE: ("accepted", {"dispatcher"}),
    Verb.DISPATCH: ("at_desk", {"desk_officer"}),
    Verb.SEND_BACK: ("at_desk", {"desk_officer"}),
    Verb.PASS: ("inspecting", {"worker", "next_worker", "community_worker", "inspector"}),
    Verb.REWORK: ("inspecting", {"worker", "next_worker", "community_worker", "inspector"}),
    Verb.ASK_AGAIN: ("closing", {"street_leader", "inspector"}),
    Verb.CLOSE: ("closing", {"dispatcher", "desk_officer"}),
}
SENT = {Verb.TURN_DOWN, Verb.SEND_BACK, Verb.PASS, Verb.REWORK, Verb.CLOSE}


@pytest.mark.parametrize("verb", FORMS)
def test_a_form_opens_for_those_who_may_make_the_move(g, verb):
    stage, people = FORMS[verb]
    where = reverse("cases:move", args=[getattr(stories, stage)(g.w).number, verb.value])
    answers = {person: client.get(where).status_code for person, client in g.clients.items()}
    assert {person for person, status in answers.items() if status == 200} == people
    assert set(answers.values()) <= {200, 302, 403, 404}


@pytest.mark.parametrize("verb", sorted(SENT))
def test_only_those_who_may_make_a_move_make_it(g, verb):
    stage, people = FORMS[verb]
    case = getattr(stories, stage)(g.w)
    where = reverse("cases:move", args=[case.number, verb.value])
    assert made(g, case, where, {"note": "情况属实，已看过", "seen": case.version}) == people


@pytest.mark.parametrize("relation", RELATIONS)
def test_only_the_unit_called_signs(g, relation):
    place = g.places[relation]
    where = reverse("cases:summons_move", args=[place.case.number, place.summons.pk, "sign"])
    assert made(g, place.case, where, {}) == {"works_officer" if relation == OURS else "market_officer"}


def test_only_the_hotline_and_the_desk_call_back(g):
    case = stories.calling_back(g.w)
    report = g.places[OURS].report
    report.__class__.objects.create(case=case, receipt="A" * 12, words="油烟", received_at=g.w.at)
    said = {"outcome": "reached", "solved": "yes", "grade": "satisfied", "seen": case.version}
    assert made(g, case, reverse("engagement:call_back", args=[case.number]), said) == {"clerk", "desk_officer"}


def test_moves_whose_facts_come_from_elsewhere_are_refused_at_the_general_address(g):
    case = stories.calling_back(g.w)
    for verb in (Verb.CALL_BACK, Verb.MISS, Verb.RATE):
        assert made(g, case, reverse("cases:move", args=[case.number, verb.value]), {"note": "x"}) == set()


def made(g, case, where: str, body: dict) -> set[str]:
    """Who of all people writes a step by sending this; each try is taken back before the next."""
    found = set()
    for person, client in g.clients.items():
        before = case.steps.count()
        with taken_back(client):
            client.post(where, body)
            if case.steps.count() > before:
                found.add(person)
    return found


# ---- Details of the public, and roles that end


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_phone_number_stands_on_no_page_unasked(g, relation):
    place = g.places[relation]
    pages = [reverse(name, args=[place.case.number]) for name in ("desk:case", "engagement:call_back")]
    pages += [reverse("engagement:receipt", args=[place.report.receipt]), *map(reverse, LISTS)]
    for client in g.clients.values():
        assert all(PHONE not in client.get(page).content.decode() for page in pages)


def test_details_are_shown_after_a_reason_and_a_line_in_the_log(g):
    place = g.places[OURS]
    where = reverse("engagement:reveal", args=[place.case.number, place.report.pk])
    client = g.clients["dispatcher"]
    assert PHONE not in client.post(where, {"reason": ""}).content.decode()
    assert not SecurityLog.objects.filter(event=Event.REVEALED).exists()
    assert PHONE in client.post(where, {"reason": "要问清位置"}).content.decode()
    assert SecurityLog.objects.get(event=Event.REVEALED).actor == g.people["dispatcher"]


def test_a_report_is_not_revealed_through_another_case(g):
    where = reverse("engagement:reveal", args=[g.places[OURS].case.number, g.places[OTHER_STREET].report.pk])
    assert g.clients["dispatcher"].post(where, {"reason": "要问清位置"}).status_code == 404


def test_a_summons_is_not_answered_through_another_case(g):
    ours, other = g.places[OURS], g.places[OTHER_STREET]
    where = reverse("cases:summons_move", args=[ours.case.number, other.summons.pk, "sign"])
    assert g.clients["works_officer"].post(where).status_code == 404


def test_a_role_taken_away_closes_its_pages_at_the_next_request(g):
    place, client = g.places[OURS], g.clients["works_officer"]
    pages = [reverse("desk:case", args=[place.case.number]), reverse("files:photo", args=[place.photo.pk, "small"])]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    take_role(UnitRole.objects.get(user=g.people["works_officer"]), by=None, at=clock.now())
    assert [client.get(page).status_code for page in pages] == [404, 404]
