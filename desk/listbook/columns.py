"""The sheets and columns of a workbook of the list. Their names are the file's own: Chinese in every language."""

from dataclasses import dataclass

from django.db.models import Model

from accountability.models import Duty, DutyKind, Item, ItemVersion
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
SHEETS = (ABOUT, AREAS, ITEMS, DUTIES)
NEEDED = (ITEMS, DUTIES)

YES_NO = {True: "是", False: "否"}
KINDS = {DutyKind.LEAD: "主体责任", DutyKind.SUPPORT: "配合责任"}
PARTIES = {Duty.Party.UNIT: "单位", Duty.Party.STREET: "街道", Duty.Party.OTHER: "其他"}
