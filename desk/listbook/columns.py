"""The sheets and columns of a workbook of the list. Their names are the file's own: Chinese in every language."""

from dataclasses import dataclass

from django.db.models import Model

from accountability.models import Duty, DutyKind, FlowStep, Item, ItemVersion, Line, Stage, WrittenFlow, WrittenManual
from accountability.steps import MOST_WAYS
from desk.flowforms import LONGEST_WHEN
from people.models import Unit


@dataclass(frozen=True)
class Column:
    """One column: what it is called in code and in the file, how wide it is drawn, how long its words may be."""

    name: str
    header: str
    width: int = 14
    longest: int | None = None
    day: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its columns from left to right."""

    title: str
    columns: tuple[Column, ...]


def _of(model: type[Model], field: str, header: str, width: int = 14, name: str = "") -> Column:
    """A column of words that go into this field."""
    return Column(name or field, header, width, model._meta.get_field(field).max_length)


def _day(name: str, header: str) -> Column:
    return Column(name, header, 16, day=True)


ABOUT = Sheet(
    "清单",
    (
        Column("kind", "清单种类", 28), Column("label", "版本", 40), _day("in_force_from", "施行日期"),
        _day("in_force_until", "失效日期"), Column("basis", "依据", 60), Column("reference", "是否参考稿", 12),
    ),
)  # fmt: skip
AREAS = Sheet("所属部分", (_of(ItemVersion, "area", "所属部分", 24),))
ITEMS = Sheet(
    "事项",
    (
        _of(Item, "code", "事项代码"), Column("category", "分类", 16), _of(ItemVersion, "area", "所属部分", 16),
        _of(ItemVersion, "title", "事项名称", 44), Column("street_led", "街道主责", 10, optional=True),
        _of(ItemVersion, "legal_basis", "法律依据", 44), _day("basis_from", "依据施行日期"),
        _day("basis_until", "依据失效日期"), _of(ItemVersion, "evidence", "办结凭据", 36),
        _of(ItemVersion, "limit", "办理时限", 30), _of(ItemVersion, "closing_test", "办结标准", 36),
    ),
)  # fmt: skip
DUTIES = Sheet(
    "职责",
    (
        _of(Item, "code", "事项代码"), Column("kind", "职责", 12), Column("party", "责任方类型", 14),
        _of(Unit, "code", "单位代码", name="unit"), _of(Duty, "party_name", "责任方", 36),
        _of(Duty, "text", "职责内容", 80),
    ),
)  # fmt: skip


def _ways() -> tuple[Column, ...]:
    """Where a step leads, with its condition; a workbook may leave those out that it does not need."""
    longest = FlowStep._meta.get_field("key").max_length
    pairs = (
        (
            Column(f"to_{at}", f"接着到{at + 1}", 10, longest, optional=True),
            Column(f"when_{at}", f"条件{at + 1}", 14, LONGEST_WHEN, optional=True),
        )
        for at in range(MOST_WAYS)
    )
    return tuple(column for pair in pairs for column in pair)


FLOWS = Sheet(
    "流程",
    (
        _of(Item, "code", "事项代码"), _of(FlowStep, "key", "步骤代号", 12), _of(FlowStep, "name", "做什么", 36),
        _of(FlowStep, "who", "由谁办", 30), Column("line", "哪一条线", 14), Column("stage", "案件环节", 18),
        _of(FlowStep, "limit", "时限", 14), _of(FlowStep, "document", "文书", 24), *_ways(),
        _of(WrittenFlow, "basis", "流程依据", 36),
    ),
)  # fmt: skip
PARTS = {
    "when": "什么时候用", "who": "谁", "how": "怎么办", "evidence": "证据", "forms": "文书", "contacts": "打给谁",
    "mistakes": "常见错误",
}  # fmt: skip
MANUALS = Sheet(
    "说明书",
    (
        _of(Item, "code", "事项代码"),
        *(_of(WrittenManual, part, PARTS[part], 44) for part in WrittenManual.PARTS),
    ),
)
SHEETS = (ABOUT, AREAS, ITEMS, DUTIES, FLOWS, MANUALS)
NEEDED = (ITEMS, DUTIES)

YES_NO = {True: "是", False: "否"}
KINDS = {DutyKind.LEAD: "主体责任", DutyKind.SUPPORT: "配合责任"}
LINES = {Line.STREET: "街道和网格", Line.DEPARTMENT: "部门和区级"}
STAGES = {
    Stage.REPORTED: "待受理", Stage.ACCEPTED: "已受理，待定办法", Stage.AT_DESK: "待区专席派单",
    Stage.CALLED: "由应哨单位办理", Stage.OWN: "街道自办", Stage.INSPECTING: "待核查", Stage.CALLING_BACK: "待回访",
    Stage.CLOSING: "待结案", Stage.CLOSED: "已结案", Stage.TURNED_DOWN: "不予受理",
}  # fmt: skip
PARTIES = {Duty.Party.UNIT: "单位", Duty.Party.STREET: "街道", Duty.Party.OTHER: "其他"}
