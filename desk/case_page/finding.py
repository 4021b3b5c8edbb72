"""The first sentence of the case page: who has it now, what is due next, and what is overdue."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.models import Phase
from accountability.spans import moment
from accountability.worktime import LOCAL
from cases.approving import BEFORE
from cases.disputing import open_dispute
from cases.forms import why_it_waits
from cases.models import Answer, Approval, Case, Rest, State, Summons, Verb
from cases.models.case import ENDED
from cases.posts import has_street
from cases.reopening import AGAIN
from cases.transferring import name_of
from desk.case_page.rows import Rows, Timed
from people.drawn import english

WARN = ("near", "yellow")


@dataclass(frozen=True)
class Finding:
    """`lead` is bold; `kind` is the look of the note."""

    kind: str
    lead: str
    words: str


def finding(rows: Rows) -> Finding:
    late = [timed for timed in rows.running if timed.look.light == "red"]
    due = next((timed for timed in rows.running if timed.look.light != "red" and timed.clock.due_at), None)
    said = [
        *_before_the_leader(rows),
        *_why_at_desk(rows),
        *_opened_again(rows),
        *_kept(rows),
        *_where(rows),
        *_declined(rows),
        *([_late(late)] if late else []),
        *([_due(due)] if due else []),
    ]
    kind = "bad" if late else "warn" if due and due.look.light in WARN else "info"
    if rows.case.state in ENDED:
        kind = "ok" if rows.case.state in (State.CLOSED, State.ARCHIVED) else "info"
    return Finding(kind, _who(rows), joined(said))


def _why_at_desk(rows: Rows) -> list[str]:
    """The rule by which the whistle did not go out at once."""
    if rows.case.state != State.AT_DESK:
        return []
    asked = next((step for step in rows.steps if step.verb in (Verb.ASK_DESK, Verb.ASK_LEADER)), None)
    reason = why_it_waits(asked.facts.get("waits", ""), named=bool(asked.facts.get("wanted"))) if asked else ""
    return [reason] if reason else []


def _before_the_leader(rows: Rows) -> list[str]:
    """What the street's leader has still to say; urgent whistles did not wait for it."""
    words = {
        Approval.AFTER: _("The whistle could not wait; the leader of the street still has to approve it."),
        **dict.fromkeys(BEFORE, _("A whistle waits for the leader of the street.")),
    }
    said = words.get(Approval(rows.case.approval))
    return [said] if said else []


def _opened_again(rows: Rows) -> list[str]:
    """What had been closed before, and what was not right about it."""
    again = next((step for step in rows.steps if step.verb in AGAIN and step.summons_id is None), None)
    if again is None or rows.case.state in ENDED:
        return []
    closed, opened = datetime.fromisoformat(again.facts["closed_at"]), again.at
    said = {"closed": moment(closed, rows.at), "opened": moment(opened, rows.at)}
    return [_("It was closed %(closed)s and opened again %(opened)s; the history says why.") % said]


def _kept(rows: Rows) -> list[str]:
    """When a closed case is locked, and until when an archived one is kept."""
    case = rows.case
    if case.retention is None or case.kept_until is None or case.archive_at is None:
        return []
    said = {"class": _of_retention(case), "day": date_format(case.kept_until, "DATE_FORMAT")}
    if case.state == State.ARCHIVED:
        return [_("Nobody changes it any more. It is kept until %(day)s (%(class)s).") % said]
    when = date_format(localdate(case.archive_at, LOCAL), "DATE_FORMAT")
    return [_("It is archived on %(when)s and kept until %(day)s (%(class)s).") % {**said, "when": when}]


def _where(rows: Rows) -> list[str]:
    """Which authority has it, since when, and the way back."""
    there = next((one for one in rows.transfers if one.back_at is None), None)
    if there is None:
        return []
    said = {"name": name_of(there.outlet), "when": moment(there.at, rows.at)}
    return [_("%(name)s has it since %(when)s. If it comes back, the district desk takes it up again.") % said]


def _of_retention(case: Case) -> str:
    assert case.retention is not None
    return str(case.retention.name_en if english() else case.retention.name)


def _declined(rows: Rows) -> list[str]:
    """Who declines, whom they believe right, and before whom it lies."""
    words = _("%(unit)s declines (to be decided) and believes %(believed)s right; it lies before: %(bench)s.")
    lying = [dispute for dispute in map(open_dispute, rows.open_calls) if dispute]
    return [words % {"unit": one.unit, "believed": one.believed, "bench": one.get_bench_display()} for one in lying]


def joined(sentences: list[str]) -> str:
    """One after the other, with the gap that the language wants."""
    return (
        reduce(lambda one, other: _("%(done)s %(next)s") % {"done": one, "next": other}, sentences) if sentences else ""
    )


def _who(rows: Rows) -> str:
    """Who has to move now."""
    case = rows.case
    said = {"office": str(case.office)}
    if case.rest:
        return _rests(rows)
    if case.state == State.IN_HAND:
        return _who_in_hand(rows)
    if case.state == State.REPORTED and not has_street(case):
        return _("Waits for the district desk to see whose it is: a street's, or a department's.")
    if case.state == State.INSPECTING and not has_street(case):
        return _("All have replied. No street is known, so the inspector goes and looks.")
    sentences = {
        State.REPORTED: _("Waits for %(office)s to accept it.") % said,
        State.TURNED_DOWN: _("Turned down by %(office)s.") % said,
        State.ACCEPTED: _("Waits for %(office)s to decide who settles it.") % said,
        State.AT_DESK: _("Waits for the district desk to decide who comes."),
        State.INSPECTING: _("All have replied. Somebody of the place who did not handle it goes and looks."),
        State.CALLING_BACK: _("Waits for the hotline to ask the person who reported it."),
        State.CLOSING: _("Waits to be closed by the district desk or the street."),
        State.CLOSED: _("Closed."),
        State.ARCHIVED: _("Archived and locked."),
        State.MERGED: _("Whoever reported it is answered with another case."),
        State.TRANSFERRED: _("Passed on to an authority outside."),
        State.WITHHELD: _("Passed on discreetly: only the district desk and the inspectors of the place find it."),
    }
    return sentences[State(case.state)]


def _rests(rows: Rows) -> str:
    """Until when it is shelved; or what is asked for and who decides."""
    verb = Verb.ALLOW if rows.case.rest == Rest.ON else Verb.SHELVE
    step = next(one for one in rows.steps if one.verb == verb and one.summons_id is None)
    said = {"office": str(rows.case.office), "when": moment(datetime.fromisoformat(step.facts["until"]), rows.at)}
    if rows.case.rest == Rest.ON:
        return _("Shelved until %(when)s, then taken up again by itself.") % said
    return _("%(office)s asks to shelve it until %(when)s; the district desk or the inspector decides.") % said


def _who_in_hand(rows: Rows) -> str:
    owing = [call for call in rows.open_calls if call.state != Answer.REPLIED]
    if len(owing) == 1:
        return _("Waits for %(unit)s: %(state)s.") % {"unit": _named(owing[0]), "state": _owes(owing[0])}
    return _("Waits for %(count)s units to reply.") % {"count": len(owing)}


def _named(call: Summons) -> str:
    return f"{call.unit} {call.worker.name}" if call.worker and call.hand else str(call.unit)


def _owes(call: Summons) -> str:
    words = {
        Answer.SENT: _("to sign"),
        Answer.SIGNED: _("to make first contact or reply"),
        Answer.RESPONDED: _("to arrive or reply"),
        Answer.ARRIVED: _("to reply"),
    }
    return words.get(Answer(call.state), "")


def _late(late: list[Timed]) -> str:
    """The one that is over for longest speaks for the others."""
    if len(late) == 1:
        return _("Overdue: %(holder)s, %(phase)s, %(left)s.") % _said(late[0])
    said = {**_said(late[0]), "count": len(late)}
    return _("%(count)s clocks are overdue, the longest: %(holder)s, %(phase)s, %(left)s.") % said


def _due(timed: Timed) -> str:
    return _("Next due: %(holder)s, %(phase)s, %(by)s, %(left)s.") % _said(timed)


def _said(timed: Timed) -> dict[str, str]:
    clock, look = timed.clock, timed.look
    holder = str(clock.holder) if clock.holder else _("the district")
    return {"phase": str(Phase(clock.phase).label), "holder": holder, "left": look.words, "by": look.absolute}
