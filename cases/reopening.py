"""Opening a closed case again: who is called once more, until when the resident may, and why it is refused.

The number stays, and so does whatever was judged: marks, cards and what lapsed. The round is another one, with clocks
of its own, and it counts like a rework on the ladder: a street or unit gains no time by closing too early.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from accountability import calendars
from accountability.clocks import limit_of
from accountability.dues import due_of
from accountability.models import Phase
from accountability.spans import moment
from cases.linking import above
from cases.models import Answer, Case, Kind, State, Verb
from cases.models.case import ENDED
from cases.moves import Deed, MoveRefused

# By staff, and by whoever reported it.
AGAIN = (Verb.REOPEN, Verb.COME_BACK)


def until(case: Case) -> datetime | None:
    """The last moment at which whoever reported it may open it again; nothing where no rule or no calendar says."""
    limit = limit_of(case.urgency, Phase.REOPEN, case.closed_at) if case.closed_at else None
    return due_of(limit, case.closed_at, calendars.current()) if limit and case.closed_at else None


def within_the_days(case: Case, at: datetime) -> None:
    """Exactly at the end of them is in time."""
    last = until(case)
    if last is not None and at > last:
        raise MoveRefused(
            _("It could be opened again until %(when)s. If it is not right, report it anew: it gets its own answer."),
            code="reopened_late",
            params={"when": moment(last, at)},
        )


def its_whole_is_open(case: Case) -> None:
    """A part is not opened again while the case that answers for it stays closed."""
    link = above(case)
    if link is not None and link.kind == Kind.CHILD and link.main.state in ENDED:
        raise MoveRefused(
            _("It is a part of %(number)s, which has ended. Open that one again first."),
            code="whole_ended",
            params={"number": link.main.number},
        )


def who_goes_on(case: Case) -> str:
    """The unit that led is called again; where none did, the street decides anew."""
    led = any(call.leads and call.state != Answer.RELEASED for call in case.summonses.all())
    return "" if led else State.ACCEPTED


def undo_the_closing(case: Case, deed: Deed) -> None:
    """The step keeps when it had been closed: the day rows take that closing back, and nothing else does."""
    assert case.closed_at is not None
    deed.facts["closed_at"] = case.closed_at.isoformat()
    case.closed_at = case.archive_at = case.kept_until = case.retention = None
