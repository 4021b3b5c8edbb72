"""Loads a district's areas, units, list, calendar and limits from CSV files; a second run writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accountability import flow_loading, functions_loading, ladder_loading, situation_loading
from accountability import loading as duties
from accountability.calendar_loading import load_calendar
from admission import loading as admitted
from alerts import loading as news
from cases import loading as matters
from engagement import loading as calling
from grids import loading as ground
from people import loading as people
from people.loading import Loaded
from people.models import Unit
from people.rows import RefusedRows, Sheet

# What does not differ from district to district; a folder without these files takes the ones that came with us.
NATIONWIDE = {
    "categories", "calendars", "work_hours", "covered_years", "day_exceptions", "limits", "station_kinds", "profiles",
    "reply_templates", "ladder", "stock_phrases", "call_hours", "call_rules", "call_script", "quiet_hours",
    "retentions", "pair_rules", "outlets", "restraint_rules", "list_kinds",
    "situation_groups", "matter_kinds", "expiry_notices", "flow_parties",
}  # fmt: skip


# Of a district's own situations, list and units; a folder may come without.
LEFT_OUT_WITHOUT = {"milestones", "flows", "manuals", *functions_loading.COLUMNS}


# Files that nothing else is read with: from which folder of ours, how they are read and written.
ALONE: list[tuple[str, Path, Callable[[Path], Any], Callable[[Any], Loaded]]] = [
    ("ladder", duties.DATA, ladder_loading.read_ladder, ladder_loading.load_ladder),
    ("profiles", matters.DATA, matters.read_profiles, matters.load_profiles),
    ("stock_phrases", matters.DATA, matters.read_phrases, matters.load_phrases),
    ("retentions", matters.DATA, matters.read_retentions, matters.load_retentions),
    ("pair_rules", matters.DATA, matters.read_pair_rules, matters.load_pair_rules),
    ("outlets", matters.DATA, matters.read_outlets, matters.load_outlets),
    ("call_hours", calling.DATA, calling.read_hours, calling.load_hours),
    ("call_rules", calling.DATA, calling.read_rule, calling.load_rule),
    ("call_script", calling.DATA, calling.read_script, calling.load_script),
    ("restraint_rules", calling.DATA, calling.read_restraint_rules, calling.load_restraint_rules),
    ("matter_kinds", admitted.DATA, admitted.read_kinds, admitted.load_kinds),
    ("expiry_notices", admitted.DATA, admitted.read_notices, admitted.load_notices),
    ("quiet_hours", news.DATA, news.read_quiet_hours, news.load_quiet_hours),
]

NAMES = ("name", "short_name")
Write = Callable[[], Iterable[Loaded]]


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
    writes = [
        partial(one, people.load_units, units), *the_ground(folder, known), *the_list(folder, known, units),
    ]  # fmt: skip
    for write in writes:
        yield from write()


def one(write: Callable[..., Loaded], *sheets: Any) -> list[Loaded]:
    return [write(*sheets)]


def the_ground(folder: Path | None, known: set[str]) -> list[Write]:
    """Areas with their outlines, and the stations of the streets."""
    areas = ground.read_ground(*(place(folder, ground.DATA, name) for name in ("areas", "outlines")), known)
    streets = [row["code"] for row in areas.sheet.rows if row["kind"] == "street"]
    files = (place(folder, ground.DATA, name) for name in ("station_kinds", "stations"))
    stations = ground.read_stations(*files, known, streets)
    return [partial(ground.load_areas, areas), partial(ground.load_stations, *stations)]


def files_of(folder: Path | None, names: Iterable[str]) -> dict[str, Path]:
    """Where these files of the list lie, but for those that may be left out and are."""
    files = {name: place(folder, duties.DATA, name) for name in names}
    return {name: path for name, path in files.items() if name not in LEFT_OUT_WITHOUT or path.is_file()}


def what_is_written(folder: Path | None, sheets: dict[str, Sheet], common: list[str]) -> flow_loading.Written:
    """Flows and manuals of items, where the folder has any; flows name the parties of their item and common ones."""
    parties: dict[str, list[str]] = {row["code"]: [] for row in sheets["items"].rows}
    for row in sheets["duties"].rows:
        parties[row["item"]].append(row["party_name"])
    files = files_of(folder, ["flows", "manuals"])
    flows = flow_loading.read_flows(files["flows"], parties, common) if "flows" in files else {}
    manuals = flow_loading.read_manuals(files["manuals"], parties) if "manuals" in files else []
    return flow_loading.Written(flows, manuals)


def the_list(folder: Path | None, known: set[str], units: Sheet) -> list[Write]:
    """What the district's work goes by: the list, the calendar, limits, ladder, words and hours."""
    sheets = duties.read_sheets(files_of(folder, duties.COLUMNS), known)
    items = [row["code"] for row in sheets["items"].rows]
    functions = functions_loading.read_functions(files_of(folder, functions_loading.COLUMNS), known, items)
    parties = flow_loading.read_parties(place(folder, duties.DATA, "flow_parties"))
    common = [row["name"] for row in parties.rows] + [row[name] for row in units.rows for name in NAMES]
    written = what_is_written(folder, sheets, common)
    categories = [row["code"] for row in sheets["categories"].rows]
    templates = matters.read_templates(place(folder, matters.DATA, "reply_templates"), categories)
    return [
        partial(one, duties.load_categories, sheets["categories"]),
        partial(one, duties.load_list_kinds, sheets["list_kinds"]),
        partial(one, flow_loading.load_parties, parties),
        partial(duties.load_list, sheets, written),
        partial(situation_loading.load_situations, sheets["situation_groups"], sheets["situations"]),
        partial(functions_loading.load_functions, functions),
        partial(load_calendar, sheets),
        partial(duties.load_limits, sheets),
        partial(one, matters.load_templates, templates),
        *(partial(one, write, read(place(folder, data, name))) for name, data, read, write in ALONE),
    ]
