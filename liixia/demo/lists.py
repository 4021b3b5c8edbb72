"""Made-up drafts of the list: one that two people have written and sent, and one that is only begun."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accountability.actions import Said, Wording, begin, propose, save_flow, save_item, save_manual
from accountability.actions.flows import flow_stamp
from accountability.actions.items import stamp
from accountability.actions.manuals import manual_stamp
from accountability.duties import duty_texts, latest
from accountability.flows import beginning
from accountability.models import DutyKind, Item, ItemVersion, ListKind, ListVersion
from accountability.wordings import said_in
from changes.actions import submit
from changes.models import Change
from grids.standing import Standing, standing_of
from people.models import Role, UnitRole

BASIS = "演示数据，非真实文件"
DAY = timedelta(days=1)


def make_lists(*, at: datetime) -> int:
    """Where no demo draft is there yet and a list is; returns how many changes of the list there are now."""
    kind = ListKind.objects.filter(calls=True).first()
    if kind and latest(kind) and not ListVersion.objects.filter(number=None).exists():
        seats = UnitRole.objects.filter(role=Role.ESTABLISHMENT, user__demo=True).select_related("user").order_by("pk")
        editors = [standing_of(seat.user, at) for seat in seats]
        if editors:
            _sent(kind, editors, at)
            _begun(kind, editors[-1], at)
    return Change.objects.filter(demo=True, kind="list").count()


def _sent(kind: ListKind, editors: list[Standing], at: datetime) -> None:
    """Another unit leads one item, and one duty is said more plainly: an impact with something to show."""
    draft = begin(kind, by=editors[0], at=at, label="职责调整（演示）")
    led, plain = _items(draft)
    _write(draft, led, _led_by_its_supporter, editors[0], at)
    _write(draft, plain, _plainer, editors[-1], at)
    change = propose(
        draft, title="主体责任调整（演示）", basis=BASIS, reason="部门职责划转，清单跟着改", day=localdate(at) + DAY,
        by=editors[0], at=at, demo=True,
    )  # fmt: skip
    submit(change, seen=change.version, by=editors[0], at=at)


def _begun(kind: ListKind, by: Standing, at: datetime) -> None:
    """What proves that an item is done, with its flow and a part of its manual; not put forward yet."""
    draft = begin(kind, by=by, at=at, label="办结标准（演示，起草中）")
    item = _items(draft)[1]
    _write(draft, item, _proved, by, at)
    steps = beginning(ItemVersion.objects.get(version=draft, item=item)).steps
    shown = [replace(step, limit="当日（演示）") if step.key == "first" else step for step in steps]
    mine = {"seen": "", "by": by, "at": at}
    if not flow_stamp(draft, item):
        save_flow(draft, item, steps=shown, basis=BASIS, **mine)
    if not manual_stamp(draft, item):
        save_manual(draft, item, parts={"how": "先到现场看，再定请谁来（演示）"}, **mine)


def _items(draft: ListVersion) -> list[Item]:
    """An item that one unit leads and another supports, and one after it; those under which most cases stand first."""
    rows = ItemVersion.objects.filter(version=draft, duties__kind=DutyKind.LEAD, duties__party="unit")
    both = rows.filter(pk__in=ItemVersion.objects.filter(duties__kind=DutyKind.SUPPORT, duties__party="unit"))
    items = Item.objects.filter(versions__in=both).order_by("code").distinct()
    return sorted(items, key=lambda item: (-item.cases.count(), item.code))[:2]


def _write(draft: ListVersion, item: Item, change, by: Standing, at: datetime) -> None:
    row = ItemVersion.objects.get(version=draft, item=item)
    said = change(said_in(row, duty_texts(item, draft)))
    save_item(draft, item, said=said, seen=stamp(draft, item), by=by, at=at)


def _led_by_its_supporter(said: Said) -> Said:
    lead = next(one for one in said.duties if one.kind == DutyKind.LEAD)
    support = next(one for one in said.duties if one.kind == DutyKind.SUPPORT and one.unit)
    swapped = {id(lead): replace(lead, kind=DutyKind.SUPPORT), id(support): replace(support, kind=DutyKind.LEAD)}
    return replace(said, duties=[swapped.get(id(one), one) for one in said.duties])


def _plainer(said: Said) -> Said:
    first: Wording = said.duties[0]
    return replace(said, duties=[replace(first, text=f"{first.text[:380]}；办理情况当日反馈街道"), *said.duties[1:]])


def _proved(said: Said) -> Said:
    return replace(said, evidence="处置前后同一位置照片各一张（演示）", closing_test="网格员当日复看，未再发生（演示）")
