"""Loads the quiet hours; a row that is there already stays as it is."""

from pathlib import Path

from django.utils.translation import gettext as _

from accountability.models import Urgency
from alerts.models import QuietHours
from people.loading import Loaded, add_missing
from people.rows import Sheet, day, filled, hour, one_of

DATA = Path(__file__).parent / "data"


def _urgencies(value: str) -> str:
    """Names of urgencies with blanks between them."""
    for name in value.split():
        one_of(Urgency.values)(name)
    return value


COLUMNS = {"begins": hour, "ends": hour, "loud": _urgencies, "basis": filled(300), "since": day}


def read_quiet_hours(path: Path) -> Sheet:
    sheet = Sheet(path, COLUMNS)
    sheet.unique("since")
    return sheet


def load_quiet_hours(sheet: Sheet) -> Loaded:
    return add_missing(_("quiet hours"), ["since"], [QuietHours(**row.values) for row in sheet.rows])
