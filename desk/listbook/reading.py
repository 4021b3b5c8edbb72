"""Reads a workbook of the list: every item as it is to stand in a draft, and every fault by sheet, row and column."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accountability.actions import Said, Wanted, Wording
from accountability.models import Category, Duty, DutyKind, ListVersion
from accountability.wordings import CODE, WORDS, faults
from accountability.wordings import Fault as Wrong
from desk.listbook.beside import kept, penned, read_flows, read_manuals
from desk.listbook.columns import (
    ABOUT,
    AREAS,
    DUTIES,
    FLOWS,
    ITEMS,
    KINDS,
    MANUALS,
    NEEDED,
    PARTIES,
    SHEETS,
    YES_NO,
)  # fmt: skip
from desk.listbook.given import Given, given_for
from desk.listbook.known import Known
from desk.listbook.sheets import Fault, Line, Table
from gateway.refusals import FileRefused
from gateway.tables import Row, sheets_of
from people.models import Unit

MOST_ITEMS = 5_000
MOST_DUTIES = 40_000
MOST_STEPS = 40_000
BOUNDS = {ITEMS.title: MOST_ITEMS, DUTIES.title: MOST_DUTIES, FLOWS.title: MOST_STEPS, MANUALS.title: MOST_ITEMS}
KIND_OF = {words: kind for kind, words in KINDS.items()}
PARTY_OF = {words: party for party, words in PARTIES.items()}
YES_OR_NO = {words: said for said, words in YES_NO.items()}
IN_FILE = {"party": "party_name"}  # what a rule of the list calls otherwise than the workbook


@dataclass
class Book:
    """What a workbook says; nothing counts while there are faults."""

    wanted: list[Wanted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(name: str, data: bytes, draft: ListVersion) -> Book:
    """All of it at once. Raises FileRefused for what is no workbook that can be read, and for a larger one."""
    found = sheets_of(name, data)
    _check_size(name, found)
    book, known = Book(), Known(draft)
    tables = _tables(found, book.faults)
    _check_kind(tables, known)
    areas = known.areas | {line["area"] for line in tables[AREAS.title].lines()}
    items = _items(tables[ITEMS.title], known, areas)
    _duties(tables[DUTIES.title], items, known)
    read_flows(tables[FLOWS.title], items)
    read_manuals(tables[MANUALS.title], items)
    keeps = kept(found.keys())
    book.wanted = [_wanted(code, given, keeps, known) for code, given in items.items()]
    order = {title: number for number, title in enumerate(found)}
    book.faults.sort(key=lambda one: (order.get(one.sheet, len(order)), one.row))
    return book


def _check_size(name: str, found: dict[str, list[Row]]) -> None:
    for title, most in BOUNDS.items():
        if len(found.get(title, ())) > most + 1:
            raise FileRefused(
                gettext_noop("%(file)s has more than %(most)s rows on the sheet %(sheet)s. Split it."),
                file=name, most=f"{most:,}", sheet=title,
            )  # fmt: skip


def _tables(found: dict[str, list[Row]], faults: list[Fault]) -> dict[str, Table]:
    known = {sheet.title for sheet in SHEETS}
    for title in found.keys() - known:
        faults.append(Fault(title, 1, "", _("A workbook of the list has no such sheet. Take it out.")))
    for sheet in NEEDED:
        if sheet.title not in found:
            faults.append(Fault(sheet.title, 1, "", _("This sheet is missing. Begin with a workbook from here.")))
    return {
        sheet.title: Table(sheet, found[sheet.title], faults) if sheet.title in found else Table.absent(sheet)
        for sheet in SHEETS
    }


def _check_kind(tables: dict[str, Table], known: Known) -> None:
    for line in tables[ABOUT.title].lines():
        if line["kind"] not in ("", known.kind.name, known.kind.code):
            told = {"kind": known.kind.name}
            line.fault("kind", _("This workbook is of another kind of list; the draft is of “%(kind)s”.") % told)


def _items(table: Table, known: Known, areas: set[str]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for line in table.lines():
        code = line["code"]
        if code in found:
            told = {"code": code, "row": found[code].line.row}
            line.fault("code", _("%(code)s stands in row %(row)s already. A code is one item's own.") % told)
        category = _category(line, known)
        if code not in known.items and not re.fullmatch(CODE, code):
            line.fault("code", _("A code is of capital letters and digits, like ZHZF-12."))
        if line["area"] and line["area"] not in areas:
            told = {"sheet": AREAS.title, "area": line["area"]}
            line.fault("area", _("“%(area)s” is no part of the list. Write it on the sheet %(sheet)s too.") % told)
        found.setdefault(code, Given(line, category))
    return found


def _category(line: Line, known: Known) -> Category:
    """The lasting category of an item; one that nobody has seen yet may have any."""
    named: Category | None = line.one_of("category", known.categories)
    held = known.category_ids.get(known.items.get(line["code"], 0))
    if named and held and named != held:
        told = {"category": held.name}
        line.fault("category", _("The category of this item is %(category)s for good. Write that.") % told)
    return named or held or Category()


def _duties(table: Table, items: dict[str, Given], known: Known) -> None:
    for line in table.lines():
        given, wording = given_for(line, items), _wording(line, known)
        if given:
            given.duties.append((line, wording))


def _wording(line: Line, known: Known) -> Wording:
    """A duty as the row says it; where it does not make sense, something that needs no second fault."""
    kind = line.one_of("kind", KIND_OF) or DutyKind.SUPPORT
    party = line.one_of("party", PARTY_OF)
    unit = _unit(line, known) if party == Duty.Party.UNIT else None
    if party in (Duty.Party.STREET, Duty.Party.OTHER) and line["unit"]:
        line.fault("unit", _("Only a party of the type “%(unit)s” has a code.") % {"unit": PARTIES[Duty.Party.UNIT]})
    name = line["party_name"] or (unit.name if unit else "")
    return Wording(kind, line["text"], unit, party or Duty.Party.OTHER, name)


def _unit(line: Line, known: Known) -> Unit | None:
    """By its code; where there is none, by its whole name."""
    unit = known.units.get(line["unit"]) if line["unit"] else known.named.get(line["party_name"])
    if unit is None and line["unit"]:
        line.fault("unit", _("No unit that can be called has the code “%(code)s”.") % {"code": line["unit"]})
    elif unit is None and line["party_name"]:
        line.fault("party_name", _("No unit that can be called has this name. Write its code."))
    return unit


def _wanted(code: str, given: Given, keeps: frozenset[str], known: Known) -> Wanted:
    line = given.line
    words = {name: line[name] for name in WORDS}
    days = {name: line.day(name) for name in ("basis_from", "basis_until")}
    said = Said(duties=[wording for _line, wording in given.duties], **words, **days)
    for wrong in faults(said):
        _place(wrong, given)
    _check_street(line, said)
    return Wanted(code, given.category, said, penned(given, said, keeps, known))


def _place(wrong: Wrong, given: Given) -> None:
    """Where in the file the rule of the list is broken; not again where the cells are no words at all."""
    if wrong.duty is not None:
        line = given.duties[wrong.duty][0]
        if not line.bad.intersection({"party", "unit", "party_name"} if wrong.field == "party" else ()):
            line.fault(IN_FILE.get(wrong.field, wrong.field), wrong.message)
    elif wrong.field:
        given.line.fault(wrong.field, wrong.message)
    elif not any("kind" in line.bad for line, _wording in given.duties):
        given.line.fault("code", wrong.message)


def _check_street(line: Line, said: Said) -> None:
    """Who leads says whether the street leads; a cell that says otherwise is a mistake in one of them."""
    if not line["street_led"]:
        return
    told = line.one_of("street_led", YES_OR_NO)
    leading = next((one for one in said.duties if one.kind == DutyKind.LEAD), None)
    if told is not None and leading and told != (leading.party == Duty.Party.STREET):
        says = _("Who leads this item, on the sheet %(sheet)s, says otherwise.") % {"sheet": DUTIES.title}
        line.fault("street_led", says)
