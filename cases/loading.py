"""Loads profiles of cases, stock phrases and the first reply templates; adds what is missing and overwrites nothing."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.models import Category
from cases.models import Answer, Outlet, PairRule, Profile, ReplyTemplate, Retention, State, StockPhrase
from cases.moves import MoveRefused
from cases.reply_templates import TEMPLATED, check_gaps
from people.loading import Loaded, add_missing
from people.rows import Sheet, day, filled, one_of, text, whole, yes_or_no

DATA = Path(__file__).parent / "data"
COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "name_en": filled(40),
    "stages": filled(60),
    "basis": filled(200),
}
TEMPLATE_COLUMNS = {
    "code": filled(32),
    "verb": one_of([verb.value for verb in TEMPLATED]),
    "state": one_of(["", *State.values, *Answer.values]),
    "category": text(20),
    "title": filled(40),
    "text": filled(600),
    "basis": filled(200),
}


PHRASE_COLUMNS = {"words": filled(60), "basis": filled(200)}


def read_phrases(path: Path) -> Sheet:
    sheet = Sheet(path, PHRASE_COLUMNS)
    sheet.unique("words")
    sheet.check()
    return sheet


def load_phrases(sheet: Sheet) -> Loaded:
    return add_missing(str(_("stock phrases")), ["words"], [StockPhrase(**row.values) for row in sheet.rows])


PAIR_COLUMNS = {"metres": whole, "basis": filled(200), "since": day}


def read_pair_rules(path: Path) -> Sheet:
    """How far apart two photos of one spot may have been taken."""
    sheet = Sheet(path, PAIR_COLUMNS)
    sheet.unique("since")
    for row in sheet.rows:
        if not row["metres"]:
            sheet.refuse(row, "metres", _("no phone knows its place to the metre"))
    sheet.check()
    return sheet


def load_pair_rules(sheet: Sheet) -> Loaded:
    return add_missing(str(_("rules of photo pairs")), ["since"], [PairRule(**row.values) for row in sheet.rows])


RETENTION_COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "name_en": filled(40),
    "order": whole,
    "confidential": yes_or_no,
    "categories": text(200),
    "urgencies": text(60),
    "archive_days": whole,
    "keep_years": whole,
    "basis": filled(200),
}


def read_retentions(path: Path) -> Sheet:
    """Classes of keeping; a category that a district does not have fits nothing."""
    sheet = Sheet(path, RETENTION_COLUMNS)
    sheet.unique("code")
    sheet.unique("order")
    sheet.check()
    return sheet


def load_retentions(sheet: Sheet) -> Loaded:
    lists = [{name: row[name].split() for name in ("categories", "urgencies")} for row in sheet.rows]
    wanted = [Retention(**{**row.values, **more}) for row, more in zip(sheet.rows, lists, strict=True)]
    return add_missing(str(_("classes of keeping")), ["code"], wanted)


OUTLET_COLUMNS = {
    "code": filled(20),
    "name": filled(40),
    "name_en": filled(60),
    "discreet": yes_or_no,
    "since": day,
    "basis": filled(200),
}


def read_outlets(path: Path) -> Sheet:
    sheet = Sheet(path, OUTLET_COLUMNS)
    sheet.unique("code")
    sheet.check()
    return sheet


def load_outlets(sheet: Sheet) -> Loaded:
    return add_missing(str(_("outside authorities")), ["code"], [Outlet(**row.values) for row in sheet.rows])


def read_profiles(path: Path) -> Sheet:
    sheet = Sheet(path, COLUMNS)
    sheet.unique("code")
    sheet.check()
    return sheet


def load_profiles(sheet: Sheet) -> Loaded:
    wanted = [Profile(**{**row.values, "stages": row["stages"].split()}) for row in sheet.rows]
    return add_missing(str(_("profiles of cases")), ["code"], wanted)


def read_templates(path: Path, categories: Iterable[str]) -> Sheet:
    """Of the ones that came with us, those of categories that a district does not have are left out when loading."""
    sheet = Sheet(path, TEMPLATE_COLUMNS)
    sheet.unique("code")
    if path.parent != DATA:
        sheet.known("category", categories)
    for row in sheet.rows:
        try:
            check_gaps(row["text"])
        except MoveRefused as refused:
            sheet.refuse(row, "text", refused.sentence)
    sheet.check()
    return sheet


def load_templates(sheet: Sheet) -> Loaded:
    """Whoever changed or retired one since keeps it so."""
    ids = dict(Category.objects.values_list("code", "pk"))
    rows = [row.values for row in sheet.rows if not row["category"] or row["category"] in ids]
    own = [{name: value for name, value in row.items() if name != "category"} for row in rows]
    wanted = [ReplyTemplate(**said, category_id=ids.get(row["category"])) for said, row in zip(own, rows, strict=True)]
    return add_missing(str(_("reply templates")), ["code"], wanted)
