"""Loads a district's areas, units, list, calendar and limits from CSV files; a second run writes nothing."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accountability import ladder_loading
from accountability import loading as duties
from alerts import loading as news
from cases import loading as matters
from engagement import loading as calling
from grids import loading as ground
from people import loading as people
from people.loading import Loaded
from people.models import Unit
from people.rows import RefusedRows

# What does not differ from district to district; a folder without these files takes the ones that came with us.
NATIONWIDE = {
    "categories", "calendars", "work_hours", "covered_years", "day_exceptions", "limits", "station_kinds", "profiles",
    "reply_templates", "ladder", "stock_phrases", "call_hours", "call_rules", "call_script", "quiet_hours",
}  # fmt: skip


# Of a district's own situations; a folder may come without.
LEFT_OUT_WITHOUT = {"milestones"}


class Command(BaseCommand):
    help = "Load a district from CSV files: this checkout's own, or those of the folder given."

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, help="a folder with all files side by side, for another district")

    def handle(self, *args, **options):
        began = monotonic()
        try:
            with transaction.atomic():
                done = [self.tell(loaded, options["verbosity"]) for loaded in load(options["data"])]
        except RefusedRows as refused:
            raise CommandError(_("Nothing was saved.") + "\n" + str(refused)) from refused
        taken = {"seconds": f"{monotonic() - began:.1f}", "count": sum(loaded.added for loaded in done)}
        nothing_new = _("Nothing new: everything was there already (%(seconds)s s).") % taken
        if options["verbosity"]:
            self.stdout.write(_("%(count)s rows added in %(seconds)s s.") % taken if taken["count"] else nothing_new)

    def tell(self, loaded: Loaded, verbosity: int) -> Loaded:
        line = _("%(what)s: %(added)s added, %(kept)s kept") % vars(loaded)
        if loaded.differing:
            line += " " + _("(%(differing)s differ from the file and stay as they are)") % vars(loaded)
        if verbosity and (loaded.added or loaded.kept):
            self.stdout.write(line)
        return loaded


def place(folder: Path | None, own: Path, name: str) -> Path:
    given = folder / f"{name}.csv" if folder else None
    if given and (given.is_file() or name not in NATIONWIDE):
        return given
    return own / f"{name}.csv"


def load(folder: Path | None) -> Iterator[Loaded]:
    """Every file is read and checked before the first row is written."""
    units = people.read_units(place(folder, people.DATA, "units"))
    known = {row["code"] for row in units.rows} | set(Unit.objects.values_list("code", flat=True))
    areas = ground.read_ground(*(place(folder, ground.DATA, name) for name in ("areas", "outlines")), known)
    streets = [row["code"] for row in areas.sheet.rows if row["kind"] == "street"]
    station_files = (place(folder, ground.DATA, name) for name in ("station_kinds", "stations"))
    stations = ground.read_stations(*station_files, known, streets)
    files = {name: place(folder, duties.DATA, name) for name in duties.COLUMNS}
    there = {name: path for name, path in files.items() if name not in LEFT_OUT_WITHOUT or path.is_file()}
    sheets = duties.read_sheets(there, known)
    ladder = ladder_loading.read_ladder(place(folder, duties.DATA, "ladder"))
    profiles = matters.read_profiles(place(folder, matters.DATA, "profiles"))
    phrases = matters.read_phrases(place(folder, matters.DATA, "stock_phrases"))
    quiet = news.read_quiet_hours(place(folder, news.DATA, "quiet_hours"))
    known = [row["code"] for row in sheets["categories"].rows]
    templates = matters.read_templates(place(folder, matters.DATA, "reply_templates"), known)
    hours = calling.read_hours(place(folder, calling.DATA, "call_hours"))
    rule = calling.read_rule(place(folder, calling.DATA, "call_rules"))
    script = calling.read_script(place(folder, calling.DATA, "call_script"))

    yield people.load_units(units)
    yield from ground.load_areas(areas)
    yield from ground.load_stations(*stations)
    yield duties.load_categories(sheets["categories"])
    yield from duties.load_list(sheets)
    yield duties.load_situations(sheets["situations"])
    yield from duties.load_calendar(sheets)
    yield from duties.load_limits(sheets)
    yield ladder_loading.load_ladder(ladder)
    yield matters.load_profiles(profiles)
    yield matters.load_templates(templates)
    yield matters.load_phrases(phrases)
    yield calling.load_hours(hours)
    yield calling.load_rule(rule)
    yield calling.load_script(script)
    yield news.load_quiet_hours(quiet)
