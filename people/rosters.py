"""Which row of a duty roster holds at a moment, and what no roster may say."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from people.models import DutyRoster

DAY = timedelta(days=1)


class RosterRefused(ValidationError):
    """The roster stays as it was: the sentence says why."""


def on_duty(rows: Iterable[DutyRoster], at: datetime) -> dict[int, DutyRoster]:
    """For each unit the row that holds now: one for certain days goes before one for a weekday, and that before all."""
    holding = [row for row in rows if holds(row, at)]
    return {row.unit_id: row for row in sorted(holding, key=_narrowness)}


def holds(row: DutyRoster, at: datetime) -> bool:
    """Duty that ends no later than it begins goes on into the next day, and is of the day on which it began."""
    local = localtime(at)
    today, clock = local.date(), local.time()
    if row.begins < row.ends:
        return _is_for(row, today) and row.begins <= clock < row.ends
    return (_is_for(row, today) and clock >= row.begins) or (_is_for(row, today - DAY) and clock < row.ends)


def check(rows: Sequence[DutyRoster]) -> None:
    """Raises RosterRefused where a roster would not say whom to ring."""
    for row in rows:
        if not (row.who and row.phone and row.basis):
            raise RosterRefused(_("Write who is on duty, under which number, and on what ground."), code="nobody_named")
        if row.since and row.until and row.until < row.since:
            raise RosterRefused(_("The last day lies before the first. Turn them round."), code="days_reversed")
    for one, other in combinations(rows, 2):
        if _days(one) == _days(other) and (_covers(one, other) or _covers(other, one)):
            told = {"who": one.who, "other": other.who}
            sentence = _("%(who)s and %(other)s are on duty at the same time. Name the one to ring first.")
            raise RosterRefused(sentence, code="two_at_once", params=told)


def _is_for(row: DutyRoster, day: date) -> bool:
    begun = row.since is None or row.since <= day
    ended = row.until is not None and row.until < day
    return begun and not ended and row.weekday in (None, day.isoweekday())


def _narrowness(row: DutyRoster) -> tuple[bool, bool]:
    return bool(row.since or row.until), row.weekday is not None


def _days(row: DutyRoster) -> tuple[date | None, date | None, int | None]:
    return row.since, row.until, row.weekday


def _covers(one: DutyRoster, other: DutyRoster) -> bool:
    """Whether the one is on duty when the other begins, on the same days."""
    if one.begins < one.ends:
        return one.begins <= other.begins < one.ends
    return other.begins >= one.begins or (one.weekday is None and other.begins < one.ends)
