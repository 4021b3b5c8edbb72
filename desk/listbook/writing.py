"""Writes a version of the list as a workbook: every word of every item, in cells that nothing evaluates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from accountability.flows import step_from
from accountability.models import FlowStep, ItemVersion, ListVersion, WrittenFlow, WrittenManual
from accountability.seals import duties_of
from accountability.steps import MOST_WAYS, Way
from accountability.writings import NOTHING, Writings, writings_in
from desk.listbook.columns import (
    ABOUT,
    AREAS,
    DUTIES,
    FLOWS,
    ITEMS,
    KINDS,
    LINES,
    MANUALS,
    PARTIES,
    STAGES,
    YES_NO,
    Sheet,
)
from desk.workbook import Cell, Workbook
from people.models import Unit

Cells = Sequence[Cell]


def written(version: ListVersion, at: datetime) -> tuple[bytes, int]:
    """The file, and how many items it holds."""
    items = list(version.items.select_related("item__category").order_by("item__code"))
    beside = writings_in(version)
    areas = dict.fromkeys(said.area for said in items)
    with Workbook(at, ABOUT.title, _heads(ABOUT), _widths(ABOUT)) as book:
        book.write([_about(version)])
        for sheet, rows in (
            (AREAS, ([area] for area in areas)),
            (ITEMS, map(_item, items)),
            (DUTIES, _duties(version, items)),
            (FLOWS, _flows(items, beside)),
            (MANUALS, _manuals(items, beside)),
        ):
            words = [number for number, column in enumerate(sheet.columns) if not column.day]
            book.begin(sheet.title, _heads(sheet), _widths(sheet), words)
            book.write(rows)
    return book.data, len(items)


def _heads(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]


def _widths(sheet: Sheet) -> list[int]:
    return [column.width for column in sheet.columns]


def _about(version: ListVersion) -> Cells:
    return (
        version.kind.name, version.label, version.in_force_from, version.in_force_until, version.basis,
        YES_NO[version.reference],
    )  # fmt: skip


def _item(said: ItemVersion) -> Cells:
    return (
        said.item.code, said.item.category.name, said.area, said.title, YES_NO[said.street_led], said.legal_basis,
        said.basis_from, said.basis_until, said.evidence, said.limit, said.closing_test,
    )  # fmt: skip


def _duties(version: ListVersion, items: Sequence[ItemVersion]) -> Iterator[Cells]:
    """Item by item, in the order of the list."""
    found, units = duties_of(version), dict(Unit.objects.values_list("pk", "code"))
    for said in items:
        for one in found[said.pk]:
            unit = units[one.unit_id] if one.unit_id else ""
            yield said.item.code, KINDS[one.kind], PARTIES[one.party], unit, one.party_name, one.text


def _flows(items: Sequence[ItemVersion], beside: Mapping[int, Writings]) -> Iterator[Cells]:
    """Of each item for which somebody has written one, step by step."""
    for said in items:
        flow = beside.get(said.pk, NOTHING).flow
        if flow:
            yield from (_step(said.item.code, flow, step) for step in flow.steps.all())


def _step(code: str, flow: WrittenFlow, step: FlowStep) -> Cells:
    ways = step_from(step).onward
    both = [words for way in (*ways, *[Way("")] * (MOST_WAYS - len(ways))) for words in (way.to, way.when)]
    own = (step.key, step.name, step.who, LINES[step.line], STAGES[step.stage], step.limit, step.document)
    return (code, *own, *both, flow.basis)


def _manuals(items: Sequence[ItemVersion], beside: Mapping[int, Writings]) -> Iterator[Cells]:
    for said in items:
        manual = beside.get(said.pk, NOTHING).manual
        if manual:
            yield (said.item.code, *(getattr(manual, part) for part in WrittenManual.PARTS))
