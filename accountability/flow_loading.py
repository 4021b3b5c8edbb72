"""Loads flows that somebody has written for items, each checked as a whole; a flow that is there stays as it is."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.flows import step_from
from accountability.models import FlowStep, Item, Line, Stage
from accountability.steps import FlowRefused, check
from people.loading import Loaded, add_missing
from people.rows import Row, Sheet, day, filled, one_of, text, whole

BETWEEN = ";"
COLUMNS = {
    "item": filled(12), "since": day, "key": filled(20), "order": whole, "name": filled(60), "who": filled(80),
    "line": one_of(Line.values), "stage": one_of(Stage.values), "limit": text(60), "document": text(80),
    "onward": text(200), "basis": filled(200),
}  # fmt: skip


def read_flows(path: Path, items: Iterable[str]) -> Sheet:
    """A flow with a dead end, or round which one goes for ever, is refused by the name of the step."""
    sheet = Sheet(path, COLUMNS)
    sheet.unique("item", "since", "key")
    sheet.unique("item", "since", "order")
    sheet.known("item", items)
    for _flow, rows in groupby(sorted(sheet.rows, key=_place), key=lambda row: _place(row)[:2]):
        steps = list(rows)
        try:
            check([step_from(_step(row)) for row in steps])
        except FlowRefused as refused:
            sheet.refuse(steps[0], "onward", refused.messages[0])
    sheet.check()
    return sheet


def _place(row: Row) -> tuple:
    return row["item"], row["since"], row["order"]


def _step(row: Row, **more: int) -> FlowStep:
    own = {name: value for name, value in row.values.items() if name not in ("item", "onward")}
    return FlowStep(**own, **more, onward=[word for word in row["onward"].split(BETWEEN) if word])


def load_flows(sheet: Sheet) -> Loaded:
    ids = dict(Item.objects.values_list("code", "id"))
    rows = [_step(row, item_id=ids[row["item"]]) for row in sheet.rows]
    return add_missing(_("steps of flows"), ["item_id", "since", "key"], rows)
