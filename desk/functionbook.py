"""The functions of departments (职能目录) as a workbook: a sheet of rows that comes in as it goes out, one about them.

Names of sheets and columns are the file's own: Chinese in every language. Nothing in it is evaluated.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from accountability import catalogue
from accountability.models import Function, FunctionList, Item, TimeUnit
from cases.changing.functions import faults_of
from changes.kinds import Row
from desk.listbook.columns import YES_NO, Column, Sheet
from desk.listbook.sheets import Fault, Line, Table
from desk.workbook import Cell, Workbook
from gateway.refusals import FileRefused
from gateway.tables import sheets_of
from people.addresses import number_in
from people.models import Unit

MOST = 1_000
FILE_TONGUE = "zh-hans"


def _longest(name: str) -> int | None:
    return Function._meta.get_field(name).max_length


ABOUT = Sheet(
    "职能目录",
    (
        Column("label", "版本", 40), Column("in_force_from", "施行日期", 16, day=True), Column("basis", "依据", 60),
        Column("reference", "是否参考稿", 12),
    ),
)  # fmt: skip
ROWS = Sheet(
    "职能",
    (
        Column("code", "职能代码", 14, _longest("code")), Column("area", "所属部分", 16, _longest("area")),
        Column("title", "职能名称", 40, _longest("title")), Column("kind", "办理方式", 14),
        Column("unit", "单位代码", 14), Column("unit_name", "单位", 30, optional=True), Column("amount", "时限", 8),
        Column("time_unit", "时限单位", 14), Column("answer", "答复或找谁", 60, _longest("answer")),
        Column("words", "日常说法", 60, _longest("words")),
    ),
)  # fmt: skip
SHEETS = (ABOUT, ROWS)
FILLED = {
    "title": gettext_lazy("Write what it is."),
    "words": gettext_lazy("Write the everyday words by which it is found, a blank between them."),
}


def written(version: FunctionList, at: datetime) -> tuple[bytes, int]:
    """The file, and how many functions it holds."""
    rows = catalogue.rows_of(version)
    about = [[version.label, version.in_force_from, version.basis, YES_NO[version.reference]]]
    with Workbook(at, ABOUT.title, _heads(ABOUT), _widths(ABOUT)) as book:
        book.write(about)
        words = [number for number, column in enumerate(ROWS.columns) if column.name != "amount"]
        book.begin(ROWS.title, _heads(ROWS), _widths(ROWS), words)
        book.write(_cells(rows))
    return book.data, len(rows)


def _heads(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]


def _widths(sheet: Sheet) -> list[int]:
    return [column.width for column in sheet.columns]


def _cells(rows: Iterable[Row]) -> Iterator[list[Cell]]:
    kinds, spans = _in_file(Function.Kind), _in_file(TimeUnit)
    names = dict(Unit.objects.values_list("code", "name"))
    for row in rows:
        unit, span = row["unit"] or "", spans.get(row["time_unit"] or "", "")
        yield [
            row["code"], row["area"], row["title"], kinds[row["kind"]], unit, names.get(unit, ""), row["amount"], span,
            row["answer"], row["words"],
        ]  # fmt: skip


def _in_file(choices: type[Function.Kind] | type[TimeUnit]) -> dict[str, str]:
    """What the file calls each of them."""
    with override(FILE_TONGUE):
        return {str(one.value): str(one.label) for one in choices}


def read(name: str, data: bytes) -> tuple[list[Row], list[Fault]]:
    """Every row as it is to stand, and every fault by sheet, row and column; nothing counts while there are faults.

    Raises FileRefused for what is no workbook that can be read, and for a larger one.
    """
    found = sheets_of(name, data)
    if len(found.get(ROWS.title, ())) > MOST + 1:
        refused = gettext_noop("%(file)s has more than %(most)s rows on the sheet %(sheet)s. Split it.")
        raise FileRefused(refused, file=name, most=f"{MOST:,}", sheet=ROWS.title)
    faults: list[Fault] = []
    for title in found.keys() - {sheet.title for sheet in SHEETS}:
        faults.append(Fault(title, 1, "", _("A workbook of the functions has no such sheet. Take it out.")))
    if ROWS.title not in found:
        faults.append(Fault(ROWS.title, 1, "", _("This sheet is missing. Begin with a workbook from here.")))
        return [], faults
    rows = list(_Reading().rows(Table(ROWS, found[ROWS.title], faults)))
    if not rows and not faults:
        faults.append(Fault(ROWS.title, 1, "", _("There is no function in it. Begin with a workbook from here.")))
    return rows, sorted(faults, key=lambda one: (one.sheet, one.row))


class _Reading:
    """What the cells are compared with, read once for all rows."""

    def __init__(self) -> None:
        units = list(Unit.objects.values_list("code", "name"))
        self.codes, self.names = {code for code, _name in units}, {name: code for code, name in units}
        self.kinds = {words: value for value, words in _in_file(Function.Kind).items()}
        self.spans = {words: value for value, words in _in_file(TimeUnit).items()}
        self.taken = dict.fromkeys(Item.objects.values_list("code", flat=True), 0)

    def rows(self, table: Table) -> Iterator[Row]:
        for line in table.lines():
            row = self._row(line)
            self._check_code(line)
            for name, told in FILLED.items():
                if not line[name]:
                    line.fault(name, str(told))
            for column, _code, sentence in faults_of(row) if not line.bad else ():
                line.fault(column, sentence)
            yield row

    def _row(self, line: Line) -> Row:
        kind = line.one_of("kind", self.kinds)
        span = line.one_of("time_unit", self.spans) if line["time_unit"] else None
        plain = {name: line[name] for name in ("code", "area", "title", "answer", "words")}
        return {**plain, "kind": kind, "amount": self._amount(line), "unit": self._unit(line), "time_unit": span}

    def _amount(self, line: Line) -> int | None:
        words = line["amount"].removesuffix(".0")
        number = number_in(words)
        if words and not number:
            line.fault("amount", _("Write a whole number, for example 7."))
        return number or None

    def _unit(self, line: Line) -> str | None:
        """By its code; where there is none, by its whole name."""
        code = line["unit"] or self.names.get(line["unit_name"], "")
        if line["unit"] and code not in self.codes:
            line.fault("unit", _("No unit has the code “%(code)s”.") % {"code": code})
        elif line["unit_name"] and not code:
            line.fault("unit_name", _("No unit has this name. Write its code."))
        return code or None

    def _check_code(self, line: Line) -> None:
        code = line["code"]
        if code in self.taken:
            row = self.taken[code]
            told = _("%(code)s stands in row %(row)s already. A code is one function's own.")
            of_list = _("%(code)s is an item of the responsibility list. Give the function a code of its own.")
            line.fault("code", (told if row else of_list) % {"code": code, "row": row})
        self.taken.setdefault(code, line.row)
