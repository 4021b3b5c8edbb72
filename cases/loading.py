"""Loads the profiles of cases; adds what is missing and overwrites nothing."""

from pathlib import Path

from django.utils.translation import gettext as _

from cases.models import Profile
from people.loading import Loaded, add_missing
from people.rows import Sheet, filled

DATA = Path(__file__).parent / "data"
COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "name_en": filled(40),
    "stages": filled(60),
    "basis": filled(200),
}


def read_profiles(path: Path) -> Sheet:
    sheet = Sheet(path, COLUMNS)
    sheet.unique("code")
    sheet.check()
    return sheet


def load_profiles(sheet: Sheet) -> Loaded:
    wanted = [Profile(**{**row.values, "stages": row["stages"].split()}) for row in sheet.rows]
    return add_missing(str(_("profiles of cases")), ["code"], wanted)
