"""Thirty days of what came in and what was closed, with the mean of seven; each point leads to its list."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum

from audit.kept import Kept
from cases.models import CaseDay
from cases.models.day import Happening
from cases.remembered import remembered
from desk.dashboard.scopes import Scope

DAYS = 30
WEEK = 7


@dataclass(frozen=True)
class Day:
    """What came in and was closed on a day, and on the mean of the seven days up to it."""

    day: date
    came: int
    closed: int
    came_mean: float
    closed_mean: float
    came_href: str
    closed_href: str


@dataclass(frozen=True)
class Trend:
    days: list[Day]

    @property
    def came(self) -> int:
        return sum(day.came for day in self.days)

    @property
    def closed(self) -> int:
        return sum(day.closed for day in self.days)

    @property
    def growth(self) -> int:
        return self.came - self.closed


def trend_of(scope: Scope, today: date, at: datetime) -> Trend:
    """One query, over the days alone. What a unit gets in are its calls."""
    coming = Happening.CALLED if scope.unit else Happening.OPENED
    first = today - timedelta(days=DAYS + WEEK - 2)
    unit = scope.unit.pk if scope.unit else None

    def count() -> tuple[dict[tuple[date, str], int], None]:
        rows = _counted(unit, scope.area, first=first, last=today)
        return {(day, what): number for day, what, number in rows}, None

    counts: dict[tuple[date, str], int] = defaultdict(int)
    counts.update(remembered(("trend", unit, scope.area, first, today), at, count))
    shown = [today - timedelta(days=back) for back in range(DAYS)][::-1]
    return Trend([_day(scope, day, coming, counts) for day in shown])


@Kept
def _counted(unit: int | None, area: str, first: date, last: date) -> QuerySet:
    coming = Happening.CALLED if unit else Happening.OPENED
    rows = CaseDay.objects.filter(day__gte=first, day__lte=last, what__in=(coming, Happening.CLOSED))
    rows = rows.filter(unit=unit) if unit else rows.filter(unit=None, street_code__startswith=area)
    return rows.order_by().values_list("day", "what").annotate(Sum("number"))


def _day(scope: Scope, day: date, coming: str, counts: dict[tuple[date, str], int]) -> Day:
    def mean(what: str) -> float:
        return sum(counts[day - timedelta(days=back), what] for back in range(WEEK)) / WEEK

    on = day.isoformat()
    came = {"called": on} if scope.unit else {"opened_from": on, "opened_to": on}
    return Day(
        day,
        counts[day, coming],
        counts[day, Happening.CLOSED],
        mean(coming),
        mean(Happening.CLOSED),
        scope.cases(state="all", **came),
        scope.cases(state="closed", closed_from=on, closed_to=on),
    )  # fmt: skip
