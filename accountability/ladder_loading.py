"""Loads the ladder of reminding and supervising; a rung that is there already stays as it is."""

from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext as _

from accountability.models import Action, Clock, Phase, Rung, Trigger, Urgency
from accountability.models.rung import OF_TIME
from people.loading import Loaded, add_missing
from people.rows import Sheet, day, filled, one_of, text, whole

# Only a unit's own clocks climb the ladder.
CLIMBING = (Phase.SIGN, Phase.RESPOND, Phase.ARRIVE, Phase.RESULT)
COLUMNS = {
    "code": filled(20),
    "order": whole,
    "trigger": one_of(Trigger.values),
    "threshold": whole,
    "within": text(4),
    "phase": one_of(["", *CLIMBING]),
    "urgency": one_of(["", *Urgency.values]),
    "action": one_of(Action.values),
    "basis": filled(300),
    "since": day,
}


def read_ladder(path: Path) -> Sheet:
    sheet = Sheet(path, COLUMNS)
    sheet.unique("code", "urgency", "since")
    for row in sheet.rows:
        if (row["trigger"] in OF_TIME) != bool(row["phase"]):
            sheet.refuse(row, "phase", _("a rung of time names its phase, another names none"))
        if (row["trigger"] == Trigger.REPEATS) != row["within"].isdigit():
            sheet.refuse(row, "within", _("repeats count within a number of days, and nothing else does"))
        if row["order"] == 0:
            sheet.refuse(row, "order", _("the lowest rung is the first"))
        if row["trigger"] == Trigger.USED and row["threshold"] > 100:
            sheet.refuse(row, "threshold", _("more than the whole time is never used"))
    sheet.check()
    return sheet


def load_ladder(sheet: Sheet) -> Loaded:
    """New rungs; what runs already is looked at by the next sweep, which finds where on them it stands."""
    rows = [Rung(**{**row.values, "within": int(row["within"] or 0) or None}) for row in sheet.rows]
    loaded = add_missing(_("rungs of the ladder"), ["code", "urgency", "since"], rows)
    if loaded.added:
        phases = {row["phase"] for row in sheet.rows if row["phase"]}
        waiting = Clock.objects.running().filter(phase__in=phases, milestone="", rung_at=None, due_at__isnull=False)
        waiting.update(rung_at=F("started_at"))
    return loaded
