"""The moves of one unit's summons, and which clocks run for a unit from the call on."""

from datetime import datetime, timedelta

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from accountability.models import Clock, Phase
from cases import conferring, disputing, extending, joint, levels, milestones, ordering, pausing, proving, wording
from cases.extending import may_be_extended
from cases.hands import a_colleague_takes_it, nobody_has_it_in_hand
from cases.models import Answer, Level, Summons, Verb
from cases.moves import STAYS, Facts, Move, MoveRefused, both, table
from cases.posts import (
    ALLOWS,
    ANSWERS,
    ASKS_FOR_A_PAUSE,
    CONFERS,
    DECLINES,
    EXTENDS,
    GIVES_OUT,
    HANDS_OVER,
    IS_NAMED,
    OVERSEES,
    PUTS_TO,
    REFERS,
    RULES,
    SUPERVISES,
    SYSTEM,
    TAKES_IN_HAND,
    TAKES_UP_AGAIN,
)

# Who settles it at the place itself neither signs nor arrives; contact is owed where somebody waits for an answer.
CALLED_PHASES = (Phase.SIGN, Phase.RESPOND, Phase.ARRIVE, Phase.RESULT)
CALLED_LEVELS = (Level.CALLED, Level.STATION)
OWN_PHASES = (Phase.RESPOND, Phase.RESULT)


def phases(call: Summons) -> tuple[Phase, ...]:
    """The phases whose clocks start when the unit is called."""
    if call.level in CALLED_LEVELS:
        return CALLED_PHASES
    return OWN_PHASES if call.case.has_citizen else (Phase.RESULT,)


def first_state(call: Summons) -> Answer:
    """The street's own levels need not sign what they take upon themselves."""
    return Answer.SENT if call.level in CALLED_LEVELS else Answer.SIGNED


def contact_and_arrival_made(call: Summons) -> None:
    """A reply follows real contact, and arrival wherever a limit for it runs."""
    owed = set(Clock.objects.of("summons", [call.pk]).running().values_list("phase", flat=True))
    contacted = call.state != Answer.SIGNED or any(step.verb == Verb.RESPOND for step in call.steps.all())
    if not contacted and (Phase.RESPOND in owed or call.level == Level.CALLED):
        raise MoveRefused(_("Log the first contact before replying: who, when and how."), code="contact_owed")
    if Phase.ARRIVE in owed:
        raise MoveRefused(_("Log the arrival before replying: who came, and where."), code="arrival_owed")


def last_called(call: Summons) -> datetime:
    """When the unit was called, or called again because the case was opened again."""
    again = call.steps.all() if call.case.round > 1 else ()
    return max([call.called_at, *(step.at for step in again if step.verb == Verb.REOPEN)])


def contact_was_real(call: Summons, facts: Facts, at: datetime) -> None:
    """Contact is made after the call and before it is logged; a click alone is not a response."""
    made, called = parse_datetime(str(facts["contacted_at"])), last_called(call)
    if made is None or is_naive(made):
        raise MoveRefused(_("Say when the contact was made, for example 14:30 today."), code="contact_time_unclear")
    if made > at:
        raise MoveRefused(_("The contact lies in the future. Log it once it is made."), code="contact_in_future")
    if made < called - timedelta(minutes=1):
        raise MoveRefused(_("The contact lies before the call. Log one made since."), code="contact_before_call")


# Made with a dispute's row, by `cases.actions.ruling`.
OF_DISPUTES = (Verb.DECLINE, Verb.PUT_TO, Verb.UPHOLD, Verb.DENY, Verb.CONFER, Verb.REFER)
OWED = (Answer.SENT, Answer.SIGNED, Answer.RESPONDED, Answer.ARRIVED)
NOT_OUT = (*OWED, Answer.REPLIED)
MOVES = table(
    Move(Verb.SIGN, (Answer.SENT,), Answer.SIGNED, ANSWERS, stops=(Phase.SIGN,)),
    Move(
        Verb.RESPOND, (Answer.SIGNED,), Answer.RESPONDED, ANSWERS,
        needs=("contact", "contacted_at", "means"), own_form=True, stops=(Phase.RESPOND,), proves=contact_was_real,
        does=wording.flag,
    ),
    Move(
        Verb.ARRIVE, (Answer.RESPONDED,), Answer.ARRIVED, ANSWERS, needs=("note",), stops=(Phase.ARRIVE,),
        proves=proving.code_holds, does=both(wording.flag, proving.keep_proof),
    ),
    Move(
        Verb.REPLY, (Answer.SIGNED, Answer.RESPONDED, Answer.ARRIVED), Answer.REPLIED, ANSWERS,
        needs=("note",), demands=contact_and_arrival_made, stops=(Phase.RESULT,),
        does=both(wording.flag, pausing.end_with_the_work),
    ),
    Move(
        Verb.HAND_UP, OWED, STAYS, IS_NAMED, needs=("level", "note"),
        demands=levels.can_go_up, proves=levels.goes_up, does=levels.give,
    ),
    Move(Verb.TAKE_BACK, OWED, STAYS, OVERSEES, needs=("note",), demands=levels.can_come_back, does=levels.take_back),
    Move(
        Verb.HAND_ON, OWED, STAYS, OVERSEES, needs=("level", "note"),
        demands=levels.is_the_offices_own, proves=levels.goes_on, does=levels.give,
    ),
    Move(
        Verb.REACH, (Answer.SIGNED, Answer.RESPONDED, Answer.ARRIVED), STAYS, ANSWERS, needs=("milestone", "note"),
        demands=milestones.some_are_left, proves=milestones.is_one_of_them, does=milestones.reach,
    ),
    Move(
        Verb.ATTEND, NOT_OUT, STAYS, ANSWERS, needs=("who", "people"), demands=joint.has_not_signed_in,
        timely=joint.it_has_begun, proves=proving.code_holds, does=joint.sign_in,
    ),
    Move(
        Verb.OUTCOME, NOT_OUT, STAYS, ANSWERS, needs=("note",), demands=joint.owes_a_result,
        timely=joint.others_are_done, does=both(wording.flag, joint.give_result),
    ),
    Move(Verb.LET_GO, NOT_OUT, STAYS, OVERSEES, demands=joint.has_given_its_result, does=joint.let_go),
    Move(
        Verb.RECALL, (Answer.REPLIED,), Answer.SIGNED, OVERSEES, needs=("note",), demands=joint.called_by_whistle,
        does=joint.send_back, starts=(Phase.RESULT,),
    ),
    Move(
        Verb.EXCUSE, OWED, Answer.RELEASED, OVERSEES, needs=("note",), demands=joint.can_be_excused,
        stops=CALLED_PHASES, does=pausing.end_with_the_work,
    ),
    Move(Verb.REWORK, (Answer.REPLIED,), Answer.SIGNED, SYSTEM, needs=("note",), starts=(Phase.RESULT,)),
    Move(Verb.REOPEN, (Answer.REPLIED,), Answer.SENT, SYSTEM, back_to=first_state),
    Move(
        Verb.RELEASE, NOT_OUT, Answer.RELEASED, SYSTEM, needs=("note",), stops=CALLED_PHASES,
        does=pausing.end_with_the_work,
    ),
    Move(
        Verb.EXTEND, OWED, STAYS, EXTENDS,
        needs=("note", "until"), demands=may_be_extended, proves=extending.fits, does=extending.give, own_form=True,
    ),
    Move(
        Verb.PAUSE, OWED, STAYS, ASKS_FOR_A_PAUSE,
        needs=("note", "until"), demands=pausing.nothing_rests, proves=pausing.pause_fits, does=pausing.ask,
        own_form=True,
    ),
    Move(Verb.ALLOW, OWED, STAYS, ALLOWS, demands=pausing.it_was_asked_for, does=pausing.allow),
    Move(
        Verb.DISALLOW, OWED, STAYS, ALLOWS, needs=("note",), demands=pausing.it_was_asked_for, does=pausing.disallow,
    ),
    Move(Verb.RESUME, OWED, STAYS, TAKES_UP_AGAIN, demands=pausing.it_rests, does=pausing.go_on),
    Move(
        Verb.DECLINE, (Answer.SENT, Answer.SIGNED, Answer.RESPONDED), STAYS, DECLINES, needs=("note", "to"),
        demands=disputing.may_decline, timely=disputing.within_the_window, proves=disputing.has_its_ground,
        does=disputing.says_whom_and_why, own_form=True,
    ),
    Move(
        Verb.PUT_TO, OWED, STAYS, PUTS_TO, needs=("note", "ruling"), demands=disputing.is_open,
        timely=disputing.in_time, proves=conferring.is_a_ruling, does=conferring.says_for_which_office, own_form=True,
    ),
    Move(
        Verb.UPHOLD, OWED, STAYS, RULES, needs=("note", "to"),
        demands=disputing.is_open, timely=disputing.in_time, proves=disputing.names_another,
        does=disputing.charges_the_other, own_form=True,
    ),
    Move(
        Verb.DENY, OWED, STAYS, RULES, needs=("note",),
        demands=disputing.is_open, timely=disputing.in_time, does=disputing.charges_itself, own_form=True,
    ),
    Move(Verb.CONFER, OWED, STAYS, CONFERS, needs=("note",), demands=disputing.lies_lower),
    Move(Verb.REFER, OWED, STAYS, REFERS, needs=("note",), demands=disputing.lies_lower),
    Move(
        Verb.ORDER, (*OWED, Answer.REPLIED), STAYS, SUPERVISES, needs=("note",),
        demands=ordering.the_case_goes_on, proves=ordering.none_by_hand_is_open, does=ordering.issue_by_hand,
    ),
    Move(
        Verb.ANSWER, tuple(Answer), STAYS, ANSWERS, needs=("note",),
        demands=ordering.one_waits_for_an_answer, proves=ordering.is_one_to_answer, does=ordering.answer,
    ),
    Move(
        Verb.RETURN, tuple(Answer), STAYS, SUPERVISES, needs=("note",),
        demands=ordering.one_is_answered, proves=ordering.is_one_to_judge, does=ordering.give_back,
    ),
    Move(
        Verb.CLOSE_ORDER, tuple(Answer), STAYS, SUPERVISES, needs=("verdict", "note"),
        demands=ordering.one_is_answered, proves=ordering.is_one_to_close, does=ordering.close,
    ),
    Move(Verb.CLAIM, OWED, STAYS, TAKES_IN_HAND, demands=nobody_has_it_in_hand),
    Move(Verb.ASSIGN, OWED, STAYS, GIVES_OUT, needs=("to",), proves=a_colleague_takes_it),
    Move(Verb.HAND_OVER, OWED, STAYS, HANDS_OVER, needs=("to", "note"), proves=a_colleague_takes_it),
)  # fmt: skip
