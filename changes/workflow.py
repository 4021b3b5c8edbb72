"""How a change goes from hand to hand: a table of moves, and who may make each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.kinds import ChangeRefused, Holder, Kind, Words, kind_of
from changes.models import Change, State, Verb
from people.models import THREE_ADMINS


@dataclass(frozen=True)
class Move:
    """From which states, to which, by whom: the author, the second person, anybody who drafts, or the system."""

    sources: tuple[State, ...]
    target: State
    who: str
    needs_note: bool = False


AUTHOR, SECOND, DRAFTER, SYSTEM = "author", "second", "drafter", "system"
MOVES = {
    Verb.EDIT: Move((State.DRAFT, State.SUBMITTED), State.DRAFT, AUTHOR),
    Verb.SUBMIT: Move((State.DRAFT,), State.SUBMITTED, AUTHOR),
    Verb.APPROVE: Move((State.SUBMITTED,), State.APPROVED, SECOND),
    Verb.REJECT: Move((State.SUBMITTED,), State.REJECTED, SECOND, needs_note=True),
    Verb.WITHDRAW: Move((State.DRAFT, State.SUBMITTED, State.APPROVED), State.WITHDRAWN, AUTHOR),
    Verb.APPLY: Move((State.APPROVED,), State.APPLIED, SYSTEM),
    Verb.RETURN: Move((State.APPROVED,), State.DRAFT, SYSTEM),
    Verb.ROLL_BACK: Move((State.APPLIED,), State.APPLIED, DRAFTER),
    Verb.UNDO: Move((State.APPLIED,), State.ROLLED_BACK, SYSTEM),
}
WHOSE: dict[str, Words] = {
    AUTHOR: gettext_lazy("the person who drafted it"),
    SECOND: gettext_lazy("a second person, who decides such changes"),
    DRAFTER: gettext_lazy("whoever drafts such changes"),
    SYSTEM: gettext_lazy("the system, on its day"),
}


def check(change: Change, verb: Verb, by: Holder | None, note: str = "") -> None:
    """Raises ChangeRefused where this person cannot make this move now: state, person, words, in this order."""
    move = MOVES[verb]
    if change.state not in move.sources:
        said = {"state": change.get_state_display(), "verb": verb.label}
        raise ChangeRefused(_("“%(verb)s” is not open: the change is “%(state)s”."), "wrong_state", said)
    if (by is None) != (move.who == SYSTEM):
        raise ChangeRefused(_("Only the system does this, on the day of the change."), "wrong_person")
    if by is not None:
        _check_person(change, move.who, by)
    if move.needs_note and not note.strip():
        raise ChangeRefused(_("Write why, for example: the basis names another phase."), "note_missing")


def check_drafter(kind: Kind, subject: str, by: Holder) -> None:
    """The three administrators look after accounts, the machine and its logs; the district's rules are not theirs."""
    if by.roles.intersection(THREE_ADMINS) or not kind.DRAFTS.allows(by, subject):
        told = {"who": kind.DRAFTS.label}
        raise ChangeRefused(
            _("Such a change is drafted by %(who)s. Tell them what should stand here."), "wrong_person", told
        )


def _check_person(change: Change, who: str, by: Holder) -> None:
    kind = kind_of(change.kind)
    if who == SECOND:
        _check_second(change, kind, by)
    else:
        check_drafter(kind, change.subject, by)
    if who == AUTHOR and by.user_id != change.drafted_by_id:
        told = {"who": change.drafted_by.name}
        raise ChangeRefused(_("Only its author does this. Ask %(who)s."), "wrong_person", told)


def _check_second(change: Change, kind: Kind, by: Holder) -> None:
    told = {"who": kind.DECIDES.label}
    if by.user_id == change.drafted_by_id:
        raise ChangeRefused(_("You drafted this change, so somebody else decides it: %(who)s."), "same_person", told)
    if by.roles.intersection(THREE_ADMINS) or not kind.DECIDES.allows(by, change.subject):
        raise ChangeRefused(_("Such a change is decided by %(who)s."), "wrong_person", told)
    if kind.DECIDES.hands and by.user_id in kind.DECIDES.hands(change):
        raise ChangeRefused(_("You wrote at this draft, so somebody else decides it: %(who)s."), "same_person", told)


def first_day(kind: Kind, at: datetime) -> date:
    """The first local day on which a change decided now may be in force. Never a day that has been lived through."""
    return localdate(at) + timedelta(days=not kind.AT_ONCE)


def may(change: Change, verb: Verb, by: Holder) -> bool:
    return change.state in MOVES[verb].sources and _refusal(change, verb, by) is None


def open_to(change: Change, by: Holder) -> dict[Verb, ChangeRefused | None]:
    """The moves of people from this state, with what keeps this person from making them."""
    found: dict[Verb, ChangeRefused | None] = {}
    for verb, move in MOVES.items():
        if move.who != SYSTEM and change.state in move.sources:
            found[verb] = _refusal(change, verb, by)
    return found


def _refusal(change: Change, verb: Verb, by: Holder) -> ChangeRefused | None:
    try:
        check(change, verb, by, note="-")
    except ChangeRefused as refusal:
        return refusal
    return None
