"""What this reader may do now, and what not and why: the tables of moves, as buttons and dashed boxes."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from cases.choices import Choice, at_this_moment, moves_for_case, moves_for_summons, open_to
from cases.disputing import open_dispute
from cases.hands import HANDS
from cases.levels import OWN
from cases.models import Answer, State, Summons, Verb
from cases.moves import MoveRefused
from cases.posts import ANSWERS, JUDGES, SUPERVISES, has_street
from cases.workflow import MOVES
from desk.case_page.icons import ICONS
from desk.case_page.rows import Rows
from people.drawn import address
from people.words import in_chinese

# In the order in which a case goes on: the first one open is the next action.
FORWARD = (
    Verb.PLACE, Verb.ACCEPT, Verb.APPROVE, Verb.PASS_UP, Verb.CONFIRM, Verb.SELF_HANDLE, Verb.WHISTLE, Verb.DISPATCH,
    Verb.PASS, Verb.CALL_BACK, Verb.CLOSE,
)  # fmt: skip
# Said by another button, or for somebody who has no account.
UNSPOKEN = (Verb.UNDO, Verb.ASK_DESK, Verb.ASK_LEADER, Verb.MISS, Verb.HEAR, Verb.RATE, Verb.COME_BACK)
ORDER = tuple(State)
AT_THE_END = (State.TURNED_DOWN, State.MERGED, State.TRANSFERRED, State.WITHHELD)
AT_THE_STREETS_WISH = (Verb.LET_GO, Verb.RECALL, Verb.EXCUSE)
FEW = 2
FROM_OUTSIDE = (
    Verb.ALLOW, Verb.DISALLOW, Verb.RESUME, Verb.TAKE_BACK, Verb.HAND_ON, Verb.ORDER, Verb.RETURN, Verb.CLOSE_ORDER,
    *AT_THE_STREETS_WISH,
)  # fmt: skip
NOTHING_THERE = (
    "nothing_asked",
    "does_not_rest",
    "no_milestones",
    "not_own",
    "at_the_top",
    "no_whistle",
    "nothing_to_approve",
    "no_order",
    "no_joint",
    "joint_open",
    "nobody_called",
    "signed_in",
    "result_given",
    "result_owed",
    "let_go_already",
    "not_called",
    "gone_on",
    "lead_stays",
    "not_merged",
    "others_hang_on_it",
    "hangs_already",
    "is_a_part",
    "asked_twice",
    "no_answer_yet",
    "concealed_already",
    "not_concealed",
)  # what was never there needs no word
AT_ONE_PRESS = (Verb.SIGN, Verb.CLAIM)


@dataclass(frozen=True)
class Button:
    """A move that this reader may make now; `post` goes at one press."""

    verb: Verb
    label: str
    href: str
    icon: str
    filled: bool = False
    post: bool = False


@dataclass(frozen=True)
class Refusal:
    """A move that stays closed to this reader for now, with the reason."""

    label: str
    reason: str


@dataclass(frozen=True)
class Moves:
    """What is open and what is not; `apart` stands folded: the same few buttons for each of several units."""

    buttons: list[Button]
    apart: list[Button]
    refusals: list[Refusal]


def moves(rows: Rows) -> Moves:
    choices = [one for one in moves_for_case(rows.case, rows.standing) if _said(one, rows)]
    mine = [call for call in rows.open_calls if ANSWERS.holds(call, rows.standing)]
    of_calls = [
        (call, at_this_moment(one, call, rows.at)) for call in mine for one in moves_for_summons(call, rows.standing)
    ]
    of_calls += _to_decide([call for call in rows.calls if _from_outside(call, rows)], mine, rows)
    allowed = [(call, one) for call, one in of_calls if one.allowed]
    allowed += [(None, one) for one in choices if one.allowed]
    first = _next(allowed, rows)
    ordered = [call for call, one in allowed if one.verb == Verb.ORDER]
    buttons = [
        _button(call, one.verb, rows, (call, one) == first, len(mine) > 1 or call not in mine)
        for call, one in allowed
        if one.verb != Verb.ORDER or len(ordered) == 1
    ]
    buttons += _rulings(rows) + _one_for_all(ordered, rows)
    buttons.sort(key=lambda button: not button.filled)
    buttons, apart = _folded(buttons)
    refusals = [Refusal(str(one.verb.label), one.refusal) for call, one in of_calls if _is_owed(one, call, rows)]
    refusals += [_refusal(one, rows) for one in choices if not one.allowed]
    return Moves(buttons, apart, refusals)


def _folded(buttons: list[Button]) -> tuple[list[Button], list[Button]]:
    """Where several units are called, what the street may wish of each of them would bury what it has to do."""
    wishes = [button for button in buttons if button.verb in AT_THE_STREETS_WISH]
    if len(wishes) <= FEW:
        return buttons, []
    return [button for button in buttons if button.verb not in AT_THE_STREETS_WISH], wishes


def _from_outside(call: Summons, rows: Rows) -> bool:
    """Whether somebody outside the unit may have something to say to its call."""
    asked = call.state != Answer.RELEASED and (call.rest or call.whistle_id or call.level in OWN)
    return bool(asked) or SUPERVISES.holds(call, rows.standing)


def _to_decide(calls: list[Summons], mine: list[Summons], rows: Rows) -> list[tuple[Summons, Choice]]:
    """What a unit asks for and somebody outside it may allow."""
    others = [call for call in calls if call not in mine]
    return [(call, one) for call in others for one in open_to(call, rows.standing, FROM_OUTSIDE)]


def _one_for_all(ordered: list[Summons | None], rows: Rows) -> list[Button]:
    """One button for an order, however many units were called; which of them is chosen behind it."""
    if len(ordered) < 2:
        return []
    where = address("cases:order", rows.case.number)
    return [Button(Verb.ORDER, str(Verb.ORDER.label), where, ICONS[Verb.ORDER])]


def _rulings(rows: Rows) -> list[Button]:
    """Whoever has a dispute before them decides it on its own page, where both sides' words and the list stand."""
    lying = [call for call in rows.open_calls if open_dispute(call) and JUDGES.holds(call, rows.standing)]
    label, several = _("Decide whose matter it is"), _("%(verb)s for %(unit)s")
    labels = [several % {"verb": label, "unit": call.unit} if len(lying) > 1 else label for call in lying]
    return [
        Button(Verb.UPHOLD, label, dispute_page(rows.case.number, call.pk), "gavel", filled=True)
        for call, label in zip(lying, labels, strict=True)
    ]


def dispute_page(number: str, call: int) -> str:
    return address("cases:dispute", number, call)


def _is_there(choice: Choice, rows: Rows) -> bool:
    """Whether there is something for somebody else to do: no leader approves a whistle that nobody has blown."""
    try:
        choice.move.demands(rows.case)
    except MoveRefused as refused:
        return refused.code not in NOTHING_THERE
    return True


def _said(choice: Choice, rows: Rows) -> bool:
    """What is behind the case is no refusal; what lies ahead, or is somebody else's to do now, is."""
    if choice.verb in UNSPOKEN or (choice.verb == Verb.PLACE and has_street(rows.case)):
        return False
    if choice.code in NOTHING_THERE:
        return False
    if choice.code == "wrong_person":
        return choice.verb in FORWARD and rows.case.state != State.IN_HAND and _is_there(choice, rows)
    if choice.allowed or choice.code != "wrong_state":
        return True
    return choice.verb in FORWARD and min(map(_place, choice.move.sources)) > _place(rows.case.state)


def _place(state: str) -> int:
    """How far along a state stands; a case that has ended stands behind everything."""
    return len(ORDER) if state in AT_THE_END else ORDER.index(State(state))


def _is_owed(choice: Choice, call: Summons, rows: Rows) -> bool:
    """Refused because something else has to be done first; what one has in hand oneself needs no saying."""
    if choice.code == "in_hand_already" and call.hand == rows.standing.user_id:
        return False
    return not choice.allowed and choice.code not in ("wrong_state", "wrong_person", *NOTHING_THERE)


def _next(allowed: list[tuple[Summons | None, Choice]], rows: Rows) -> Any:
    """The one action that the page recommends."""
    apart = (*HANDS, *AT_THE_STREETS_WISH, Verb.ORDER, Verb.RETURN)
    own = next((pair for pair in allowed if pair[0] is not None and pair[1].verb not in apart), None)
    if own or rows.case.state == State.IN_HAND:
        return own
    by_verb = {one.verb: (call, one) for call, one in allowed if call is None}
    if Verb.WHISTLE in by_verb and any(duty.kind == "lead" and duty.unit_id for duty in rows.duties):
        return by_verb[Verb.WHISTLE]
    return next((by_verb[verb] for verb in FORWARD if verb in by_verb), None)


def _button(call: Summons | None, verb: Verb, rows: Rows, filled: bool, several: bool) -> Button:
    label = str(verb.label)
    if several and call:
        named = in_chinese(call.unit)
        label = format_html(_("%(verb)s for %(unit)s") % {"verb": "{}", "unit": "{}"}, label, named)
    if verb == Verb.WHISTLE and any(one.whistle_id for one in rows.open_calls):
        label = _("Call more units")
    return Button(verb, label, _address(call, verb, rows), ICONS.get(verb, "pencil"), filled, post=verb in AT_ONE_PRESS)


def _address(call: Summons | None, verb: Verb, rows: Rows) -> str:
    number = rows.case.number
    if call:
        return address("cases:summons_move", number, call.pk, verb.value)
    if MOVES[verb].facts_from:
        return address("engagement:call_back", number)
    if verb == Verb.WHISTLE:
        return address("cases:whistle", number)
    return address("cases:move", number, verb.value)


def _refusal(choice: Choice, rows: Rows) -> Refusal:
    reason = _not_yet(rows) if choice.code == "wrong_state" else choice.refusal
    return Refusal(str(choice.verb.label), reason)


def _not_yet(rows: Rows) -> str:
    """What has to happen before a later move."""
    owing = [str(call.unit) for call in rows.open_calls if call.state != Answer.REPLIED]
    said = {
        State.REPORTED: _("Not yet: it has to be accepted first."),
        State.ACCEPTED: _("Not yet: nobody has it in hand so far."),
        State.AT_DESK: _("Not yet: the district desk decides first who comes."),
        State.IN_HAND: _("Not yet: %(units)s have not replied.") % {"units": _(", ").join(owing)},
        State.INSPECTING: _("Not yet: somebody goes and looks first."),
        State.CALLING_BACK: _("Not yet: the person who reported it is asked first."),
    }
    return said.get(State(rows.case.state), _("Not as it stands now."))
