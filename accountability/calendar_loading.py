"""Loads the working calendar; a year that is covered already and its days stay as they are."""

from django.utils.translation import gettext as _

from accountability.loading import without
from accountability.models import Calendar, CoveredYear, DayException, WorkHours
from people.loading import Loaded, add_missing
from people.rows import Row, Sheet


def load_calendar(sheets: dict[str, Sheet]) -> list[Loaded]:
    """New calendars, and years that a calendar did not cover yet. A covered year and its days stay as they are."""
    versions = set(Calendar.objects.values_list("version", flat=True))
    covered = set(CoveredYear.objects.values_list("calendar__version", "year"))
    wanted = [Calendar(**row.values) for row in sheets["calendars"].rows]
    loaded = [add_missing(_("calendars"), ["version"], wanted)]
    ids = dict(Calendar.objects.values_list("version", "id"))
    hours = [row for row in sheets["work_hours"].rows if row["calendar"] not in versions]
    days = [row for row in sheets["day_exceptions"].rows if (row["calendar"], row["day"].year) not in covered]
    return loaded + [
        of_calendar(_("office hours"), WorkHours, "begins", hours, ids),
        of_calendar(_("covered years"), CoveredYear, "year", sheets["covered_years"].rows, ids),
        of_calendar(_("holidays and make-up workdays"), DayException, "day", days, ids),
    ]


def of_calendar(what: str, model: type, key: str, rows: list[Row], ids: dict[int, int]) -> Loaded:
    wanted = [model(calendar_id=ids[row["calendar"]], **without(row, "calendar")) for row in rows]
    return add_missing(what, ["calendar_id", key], wanted)
