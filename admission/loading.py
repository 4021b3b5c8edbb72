"""Loads kinds of matters and notices before an end; adds what is missing and overwrites nothing."""

from pathlib import Path

from django.utils.translation import gettext as _

from admission.models import ExpiryNotice, MatterKind
from audit.loaded import keep
from people.loading import Loaded, add_missing
from people.models import Unit
from people.rows import Sheet, filled, text, whole, yes_or_no

DATA = Path(__file__).parent / "data"
KIND_COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "name_en": filled(60),
    "names_body": yes_or_no,
    "blocked": yes_or_no,
    "words": text(200),
    "carrier": text(80),
    "unit": text(20),
    "order": whole,
    "basis": filled(300),
}
NOTICE_COLUMNS = {"days": whole, "basis": filled(300)}


def read_kinds(path: Path) -> Sheet:
    """A blocked kind says who carries the function; `unit` is that unit's code where the district has it."""
    sheet = Sheet(path, KIND_COLUMNS)
    sheet.unique("code")
    for row in sheet.rows:
        if row["blocked"] and not row["carrier"]:
            sheet.refuse(row, "carrier", _("is empty"))
    sheet.check()
    return sheet


def load_kinds(sheet: Sheet) -> Loaded:
    """A kind that was never told other names gets those of the file."""
    nameless = set(MatterKind.objects.filter(words="").values_list("code", flat=True))
    told = {row["code"]: row["words"] for row in sheet.rows if row["words"] and row["code"] in nameless}
    for code, words in told.items():
        MatterKind.objects.filter(code=code).update(words=words)
    units = dict(Unit.objects.values_list("code", "pk"))
    rows = [
        MatterKind(**{name: row[name] for name in KIND_COLUMNS if name != "unit"}, carried_by_id=units.get(row["unit"]))
        for row in sheet.rows
    ]
    loaded = add_missing(str(_("kinds of matters")), ["code"], rows)
    keep(MatterKind, ["code"], again=told)
    return loaded


def read_notices(path: Path) -> Sheet:
    sheet = Sheet(path, NOTICE_COLUMNS)
    sheet.unique("days")
    for row in sheet.rows:
        if not row["days"]:
            sheet.refuse(row, "days", _("an end is told before it comes"))
    sheet.check()
    return sheet


def load_notices(sheet: Sheet) -> Loaded:
    rows = [ExpiryNotice(**row.values) for row in sheet.rows]
    loaded = add_missing(str(_("notices before an end")), ["days"], rows)
    keep(ExpiryNotice, ["days"])
    return loaded
