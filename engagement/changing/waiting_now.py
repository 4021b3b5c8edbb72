"""Who waits to be called back now, for what a change of the rules would mean to them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from accountability.carrying import midnight
from cases.changing.touching import Found, of_the_first, touched
from cases.models import Case, State
from changes.kinds import Touched, Words
from engagement.calling import Plans
from engagement.models import Callback
from engagement.waiting import callers_of_all

READ_AT_MOST = 500  # cases, those that were opened first


def waiting(at: datetime) -> Iterator[tuple[Case, list[Callback]]]:
    """Each who is still to be called, with the calls that were in vain."""
    rows = Case.objects.filter(state=State.CALLING_BACK).select_related("office").order_by("pk")[:READ_AT_MOST]
    cases = {case.pk: case for case in rows}
    for pk, callers in callers_of_all(list(cases.values()), at).items():
        yield from ((cases[pk], caller.calls) for caller in callers if not caller.done)


def of_the_first_cases() -> list[str]:
    """Says so where more wait than were looked at."""
    rows = Case.objects.filter(state=State.CALLING_BACK).order_by().values_list("pk", flat=True)
    return of_the_first(len(rows[: READ_AT_MOST + 1]) - 1, READ_AT_MOST)


def next_calls(old: Plans, new: Plans, day: date, at: datetime, later: Words, sooner: Words) -> list[Touched]:
    """Whose next call would be possible later, and whose sooner, if they still wait when that day begins."""
    since = max(at, midnight(day))
    put_off, brought_on = [], []
    for case, calls in waiting(at):
        was, now = (plans.of(case.urgency).earliest(calls, since) for plans in (old, new))
        if was != now:
            is_later = now is None or was is not None and now > was
            (put_off if is_later else brought_on).append(Found(case.office, "case", case.pk))
    return [*touched(later, put_off), *touched(sooner, brought_on)]


def plans_with(plans: Plans, **parts: object) -> Plans:
    """The same with other hours or another rule."""
    return replace(plans, **parts)  # type: ignore[arg-type]
