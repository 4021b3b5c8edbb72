"""Loads flows and manuals that somebody has written for items, into a version of the list before it is sealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.flows import row_of, spelled, step_from
from accountability.models import FlowParty, FlowStep, ItemVersion, Line, ListVersion, Stage, WrittenFlow, WrittenManual
from accountability.seals import flow_digest, manual_digest
from accountability.steps import FlowRefused, check_written
from audit.loaded import keep
from people.loading import Loaded, add_missing
from people.rows import Row, Sheet, filled, one_of, text, whole

BETWEEN = ";"
PLACES = {"no_party": "who", "unknown_party": "who", "unreached": "key"}  # the column of a fault; else the ways
PART_LENGTH = 1000
PARTY_COLUMNS = {"name": filled(40), "order": whole}
COLUMNS = {
    "item": filled(12), "key": filled(20), "order": whole, "name": filled(60), "who": text(300),
    "line": one_of(Line.values), "stage": one_of(Stage.values), "limit": text(60), "document": text(80),
    "onward": text(200), "basis": filled(200),
}  # fmt: skip
MANUAL_COLUMNS = {"item": filled(12), **dict.fromkeys(WrittenManual.PARTS, text(PART_LENGTH))}


@dataclass(frozen=True)
class Written:
    """Flows and manuals as read, each flow checked as a whole."""

    flows: Mapping[str, Sequence[Row]]
    manuals: Sequence[Row]

    def load(self, version: ListVersion) -> list[Loaded]:
        """Into a version that has its items and no seal yet."""
        places = dict(ItemVersion.objects.filter(version=version).values_list("item__code", "pk"))
        flows = [_flow(places[code], rows) for code, rows in self.flows.items()]
        WrittenFlow.objects.bulk_create(flow for flow, _steps in flows)
        FlowStep.objects.bulk_create(step for _flow, steps in flows for step in steps)
        manuals = [_manual(places[row["item"]], row) for row in self.manuals]
        WrittenManual.objects.bulk_create(manuals)
        return [Loaded(_("written flows"), len(flows), 0), Loaded(_("written manuals"), len(manuals), 0)]


def read_parties(path: Path) -> Sheet:
    sheet = Sheet(path, PARTY_COLUMNS)
    sheet.unique("name")
    sheet.check()
    return sheet


def load_parties(sheet: Sheet) -> Loaded:
    loaded = add_missing(_("parties of flows"), ["name"], [FlowParty(**row.values) for row in sheet.rows])
    keep(FlowParty, ["name"])
    return loaded


def read_flows(path: Path, parties: Mapping[str, Collection[str]], common: Collection[str]) -> dict[str, list[Row]]:
    """The steps of each item. `parties` are those of each item of the list by its code, `common` those of all.

    A flow with a dead end, one round which one goes for ever, or one that names a party nobody knows, is refused by
    the name of the step.
    """
    sheet = Sheet(path, COLUMNS)
    sheet.unique("item", "key")
    sheet.unique("item", "order")
    sheet.known("item", parties)
    rows = sorted(sheet.rows, key=lambda row: (row["item"], row["order"]))
    flows = {code: list(steps) for code, steps in groupby(rows, key=lambda row: row["item"])}
    for code, steps in flows.items():
        try:
            check_written([step_from(_step(row)) for row in steps], spelled([*common, *parties.get(code, ())]))
        except FlowRefused as refused:
            named = next((row for row in steps if row["key"] == refused.key), steps[0])
            sheet.refuse(named, PLACES.get(str(refused.code), "onward"), refused.sentence)
    sheet.check()
    return flows


def read_manuals(path: Path, items: Collection[str]) -> list[Row]:
    sheet = Sheet(path, MANUAL_COLUMNS)
    sheet.unique("item")
    sheet.known("item", items)
    for row in sheet.rows:
        if not any(row[part] for part in WrittenManual.PARTS):
            sheet.refuse(row, "when", _("a manual has words in one part at least"))
    sheet.check()
    return sheet.rows


def _step(row: Row) -> FlowStep:
    own = {name: value for name, value in row.values.items() if name not in ("item", "onward", "basis")}
    return FlowStep(**own, onward=[word for word in row["onward"].split(BETWEEN) if word])


def _flow(said: int, rows: Sequence[Row]) -> tuple[WrittenFlow, list[FlowStep]]:
    steps = [row_of(step_from(_step(row)), order) for order, row in enumerate(rows, 1)]
    flow = WrittenFlow(item_version_id=said, basis=rows[0]["basis"], digest=flow_digest(rows[0]["basis"], steps))
    for step in steps:
        step.flow = flow
    return flow, steps


def _manual(said: int, row: Row) -> WrittenManual:
    manual = WrittenManual(item_version_id=said, **{part: row[part] for part in WrittenManual.PARTS})
    manual.digest = manual_digest(manual)
    return manual
