"""Loads categories, the list, situations and limits; what is in force or in use stays as it is."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from accountability import situation_loading
from accountability.flow_loading import Written
from accountability.models import (
    Category,
    DayException,
    Duty,
    DutyKind,
    Item,
    ItemVersion,
    Limit,
    ListKind,
    ListVersion,
    Phase,
    Situation,
    TimeUnit,
    Urgency,
)
from accountability.seals import seal
from audit.loaded import keep
from people.loading import Loaded, add_missing
from people.models import Unit
from people.rows import Row, Sheet, day, filled, hour, one_of, text, whole, yes_or_no

DATA = Path(__file__).parent / "data"
COLUMNS = {
    "categories": {"code": filled(20), "name": filled(40), "name_en": filled(60), "order": whole},
    "list_kinds": {
        "code": filled(20),
        "name": filled(60),
        "name_en": filled(80),
        "calls": yes_or_no,
        "basis": filled(300),
        "order": whole,
    },
    "list_version": {
        "number": whole,
        "label": filled(120),
        "in_force_from": day,
        "reference": yes_or_no,
        "basis": filled(300),
    },
    "items": {
        "code": filled(12),
        "area": filled(40),
        "title": filled(120),
        "category": filled(20),
        "street_led": yes_or_no,
        "legal_basis": text(300),
    },
    "duties": {
        "item": filled(12),
        "kind": one_of(DutyKind.values),
        "order": whole,
        "party": one_of(Duty.Party.values),
        "unit": text(20),
        "party_name": filled(60),
        "text": filled(400),
    },
    "situation_groups": situation_loading.GROUP_COLUMNS,
    "situations": situation_loading.COLUMNS,
    "calendars": {"version": whole, "name": filled(60), "basis": filled(300)},
    "work_hours": {"calendar": whole, "begins": hour, "ends": hour},
    "covered_years": {"calendar": whole, "year": whole, "basis": filled(200)},
    "day_exceptions": {"calendar": whole, "day": day, "kind": one_of(DayException.Kind.values), "name": filled(40)},
    "limits": {
        "urgency": one_of(Urgency.values),
        "phase": one_of(Phase.values),
        "amount": whole,
        "unit": one_of(TimeUnit.values),
        "basis": filled(300),
        "since": day,
    },
    "milestones": {
        "urgency": one_of(Urgency.values),
        "situation": filled(16),
        "milestone": filled(40),
        "amount": whole,
        "unit": one_of(TimeUnit.values),
        "basis": filled(300),
        "since": day,
    },
}
UNIQUE = {
    "categories": ("code",),
    "list_kinds": ("code",),
    "list_version": ("number",),
    "items": ("code",),
    "duties": ("item", "kind", "order"),
    "situation_groups": ("code",),
    "situations": ("code",),
    "calendars": ("version",),
    "work_hours": ("calendar", "begins"),
    "covered_years": ("calendar", "year"),
    "day_exceptions": ("calendar", "day"),
    "limits": ("urgency", "phase", "since"),
    "milestones": ("urgency", "situation", "milestone", "since"),
}


def read_sheets(where: dict[str, Path], units: Iterable[str]) -> dict[str, Sheet]:
    """All files of this app, each checked by itself and against the others."""
    sheets = {}
    for name in where:
        sheets[name] = Sheet(where[name], COLUMNS[name])
        sheets[name].unique(*UNIQUE[name])
    items = [row["code"] for row in sheets["items"].rows]
    sheets["items"].known("category", [row["code"] for row in sheets["categories"].rows])
    sheets["duties"].known("item", items)
    sheets["duties"].known("unit", units)
    sheets["situations"].known("item", items)
    sheets["situations"].known("group", [row["code"] for row in sheets["situation_groups"].rows])
    if "milestones" in sheets:
        sheets["milestones"].known("situation", [row["code"] for row in sheets["situations"].rows])
    for name in ("work_hours", "covered_years", "day_exceptions"):
        sheets[name].known("calendar", [row["version"] for row in sheets["calendars"].rows])
    refuse_contradictions(sheets)
    return sheets


def refuse_contradictions(sheets: dict[str, Sheet]) -> None:
    """What one cell allows and another rules out."""
    for row in sheets["duties"].rows:
        if (row["party"] == Duty.Party.UNIT) != bool(row["unit"]):
            sheets["duties"].refuse(row, "unit", _("a party of the kind “unit” names its unit, another names none"))
    for row in sheets["work_hours"].rows:
        if row["ends"] <= row["begins"]:
            sheets["work_hours"].refuse(row, "ends", _("work must end after it begins"))
    _refuse_odd_lists(sheets["list_kinds"], sheets["list_version"])
    for name in sheets.keys() & {"limits", "milestones"}:
        _refuse_odd_limits(sheets[name])
    led = {row["item"] for row in sheets["duties"].rows if row["kind"] == DutyKind.LEAD}
    for row in sheets["items"].rows:
        if row["code"] not in led:
            sheets["items"].refuse(row, "code", _("nobody leads this item"))
    for sheet in sheets.values():
        sheet.check()


def _refuse_odd_lists(kinds: Sheet, versions: Sheet) -> None:
    """Cases go by one kind of list, and its versions come one after the other."""
    for row in [row for row in kinds.rows if row["calls"]][1:]:
        kinds.refuse(row, "calls", _("cases go by one kind of list only"))
    there = dict(ListVersion.objects.calling().values_list("number", "in_force_from"))
    for row in versions.rows:
        if row["number"] not in there and any(
            number > row["number"] or day >= row["in_force_from"] for number, day in there.items()
        ):
            versions.refuse(row, "in_force_from", _("a later version of the list is there already"))
        there.setdefault(row["number"], row["in_force_from"])


def _refuse_odd_limits(sheet: Sheet) -> None:
    for row in sheet.rows:
        if row["amount"] == 0:
            sheet.refuse(row, "amount", _("a limit is longer than nothing"))


def load_categories(sheet: Sheet) -> Loaded:
    return add_missing(_("categories"), ["code"], [Category(**row.values) for row in sheet.rows])


def load_list_kinds(sheet: Sheet) -> Loaded:
    loaded = add_missing(_("kinds of list"), ["code"], [ListKind(**row.values) for row in sheet.rows])
    keep(ListKind, ["code"])
    return loaded


def load_list(sheets: dict[str, Sheet], written: Written) -> list[Loaded]:
    """The list as a version of its own, unless a version of that number is there: that one stays as it stands."""
    categories = dict(Category.objects.values_list("code", "id"))
    items = [Item(code=row["code"], category_id=categories[row["category"]]) for row in sheets["items"].rows]
    loaded = [add_missing(_("items"), ["code"], items)]
    there = {version.number: version for version in ListVersion.objects.calling()}
    rows = sorted(sheets["list_version"].rows, key=lambda row: row["number"])
    differing = sum(_differs(there[row["number"]], row) for row in rows if row["number"] in there)
    new = [row for row in rows if row["number"] not in there]
    loaded.append(Loaded(_("list versions"), len(new), len(rows) - len(new), differing))
    for version in (there[row["number"]] for row in rows if row["number"] in there):
        loaded.append(Loaded(_("items of the version"), 0, version.items.count()))
        loaded.append(Loaded(_("duties"), 0, Duty.objects.filter(item_version__version=version).count()))
    for row in new:
        version = _add_version(row)
        loaded += [load_version(version, sheets["items"]), load_duties(version, sheets["duties"])]
        loaded += written.load(version)
        seal(version)
    return loaded


def _differs(version: ListVersion, row: Row) -> bool:
    return any(getattr(version, name) != value for name, value in row.values.items())


def _add_version(row: Row) -> ListVersion:
    """The next version; the one before it ends on its day."""
    kind = ListKind.objects.get(calls=True)
    ListVersion.objects.filter(kind=kind, number__isnull=False, in_force_until=None).update(
        in_force_until=row["in_force_from"]
    )
    made: ListVersion = ListVersion.objects.create(kind=kind, **row.values)
    return made


def load_version(version: ListVersion, sheet: Sheet) -> Loaded:
    ids = dict(Item.objects.values_list("code", "id"))
    said = ("area", "title", "street_led", "legal_basis")
    rows = [ItemVersion(version=version, item_id=ids[row["code"]], **only(row, said)) for row in sheet.rows]
    return add_missing(_("items of the version"), ["version_id", "item_id"], rows)


def load_duties(version: ListVersion, sheet: Sheet) -> Loaded:
    items = dict(ItemVersion.objects.filter(version=version).values_list("item__code", "id"))
    units = dict(Unit.objects.values_list("code", "id"))
    said = ("kind", "order", "party", "party_name", "text")
    rows = [
        Duty(item_version_id=items[row["item"]], unit_id=units.get(row["unit"]), **only(row, said))
        for row in sheet.rows
    ]
    return add_missing(_("duties"), ["item_version_id", "kind", "order"], rows)


def load_limits(sheets: dict[str, Sheet]) -> list[Loaded]:
    """The limits of each phase, and the milestones of replies in some situations."""
    key = ["urgency", "phase", "situation_id", "milestone", "since"]
    ids = dict(Situation.objects.values_list("code", "id"))
    parts = [
        Limit(phase=Phase.RESULT, situation_id=ids[row["situation"]], **without(row, "situation"))
        for row in (sheets["milestones"].rows if "milestones" in sheets else [])
    ]
    limits = [Limit(**row.values) for row in sheets["limits"].rows]
    return [add_missing(_("limits"), key, limits), add_missing(_("milestones"), key, parts)]


def only(row: Row, columns: Iterable[str]) -> dict:
    return {name: row[name] for name in columns}


def without(row: Row, column: str) -> dict:
    return {name: value for name, value in row.values.items() if name != column}
