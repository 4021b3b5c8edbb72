"""Cases that come in with their past: written as rows, a batch in a fixed number of statements."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from accountability.models import Clock
from cases.actions.intake import number_of
from cases.actions.past import Brought, Play, ground
from cases.days import days_of, street_of
from cases.ledger import write_steps
from cases.models import Case, CaseDay, CaseTerms, Summons
from cases.terms import terms_of

NUMBERS = "SELECT nextval('cases_number') FROM generate_series(1, %s)"


@transaction.atomic
def bring_in(rows: Sequence[Brought], *, at: datetime) -> list[Case]:
    """Each case as its past leaves it, with its steps and the clocks of what is over; what is still open starts now."""
    on = ground()
    plays = [Play(row, number, on) for row, number in zip(rows, _numbers(rows), strict=True)]
    for play in plays:
        play.begin_anew(at)
    cases = Case.objects.bulk_create([play.case for play in plays])
    CaseTerms.objects.bulk_create([CaseTerms(case=case, terms=terms_of(case.summary, case.place)) for case in cases])
    Summons.objects.bulk_create([play.call for play in plays if play.call])
    _write_clocks(plays)
    write_steps([step for play in plays for step in play.ledger.steps])
    CaseDay.objects.bulk_create([day for play in plays for day in _days(play)])
    return cases


def _numbers(rows: Sequence[Brought]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [len(rows)])
        running = [number for (number,) in cursor.fetchall()]
    return [number_of(row.area, "04", row.opened_at, one) for row, one in zip(rows, running, strict=True)]


def _write_clocks(plays: Sequence[Play]) -> None:
    """Their subjects have got their ids by now; so have the clocks, afterwards, for the steps that name them."""
    for play in plays:
        for clock in play.clocks:
            mine = play.call if clock.subject_kind == "summons" and play.call else play.case
            clock.subject_id = mine.pk
    Clock.objects.bulk_create([clock for play in plays for clock in play.clocks])
    for play in plays:
        for place, clock in play.lapses:
            play.ledger.steps[place].facts["clock"] = clock.pk


def _days(play: Play) -> list[CaseDay]:
    case = play.case
    return days_of(case, play.ledger.steps, (street_of(case.place_code), case.category_id))
