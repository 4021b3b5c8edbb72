"""The dashboard of one scope, read in a fixed number of queries however many cases there are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from cases.counting import Count, counts_by_unit, counts_of, just_whistled
from cases.filters import due_in, due_of_unit
from cases.models import Case, Summons
from cases.querysets import CaseQuerySet
from desk.dashboard.rates import Period, rates_of
from desk.dashboard.scopes import Scope
from desk.dashboard.tables import Table, tables_of
from desk.dashboard.trend import Trend, trend_of
from desk.dashboard.urgent import Breach, breaches_of
from grids.standing import Standing


@dataclass(frozen=True)
class Page:
    """All numbers of a dashboard."""

    count: Count
    whistled: int
    breaches: list[Breach]
    tables: list[Table]
    rates: list[Period]
    trend: Trend

    @property
    def later(self) -> int:
        """Breaches of today that the page only counts."""
        return self.count.today - len(self.breaches)


def page_of(scope: Scope, standing: Standing, at: datetime, wanted: str) -> Page:
    cases, due = within(scope, Case.objects.visible_to(standing)), "due_at"
    running = cases.open()
    if scope.unit:
        running, due = running.annotate(own_due=due_of_unit(scope.unit.code)), "own_due"
    counts, today = counts_of(running, at, due), localdate(at, LOCAL)
    units = {} if scope.unit else counts_by_unit(running, at)
    return Page(
        count=counts.all,
        whistled=just_whistled(cases, at),
        breaches=breaches_of(scope, running.filter(due_in("today", at, due)), at, due) if counts.all.today else [],
        tables=tables_of(scope, counts, units, wanted),
        rates=rates_of(scope, today),
        trend=trend_of(scope, today, at),
    )


def within(scope: Scope, cases: CaseQuerySet) -> CaseQuerySet:
    if scope.unit is None:
        return cases.under(scope.area)
    return cases.filter(Exists(Summons.objects.open().filter(case=OuterRef("pk"), unit=scope.unit)))
