"""A whistle needs the street's leader: beforehand, or afterwards where it could not wait."""

from django.utils.translation import gettext as _

from accountability import clocks
from accountability.models import Phase, Urgency
from cases.models import Answer, Approval, Case, Whistle
from cases.moves import Deed, MoveRefused

STAGE = "approve"
PRESSING = (Urgency.URGENT, Urgency.EXTREME)
BEFORE = (Approval.BEFORE, Approval.DESK)


def asked(case: Case, *, by_desk: bool) -> Approval:
    """What a whistle blown now needs; nothing where the profile has no such stage, or no street is known."""
    if STAGE not in case.profile.stages or len(case.place_code) < 9:
        return Approval.NONE
    if case.urgency in PRESSING:
        return Approval.AFTER
    return Approval.DESK if by_desk else Approval.BEFORE


def no_whistle_waits(case: Case) -> None:
    """What has been put before the leader is decided, or withdrawn, before anything else is done about it."""
    if case.approval in BEFORE:
        raise MoveRefused(
            _("A whistle waits for the street's leader. Withdraw it first, or wait until it is decided."),
            code="whistle_waits",
        )


def nobody_else_called(case: Case) -> None:
    """A whistle through the desk replaces the street's own handling, never units that are already called."""
    no_whistle_waits(case)
    if any(call.whistle_id and call.state != Answer.RELEASED for call in case.summonses.all()):
        raise MoveRefused(
            _("Units are already called. Add only units that the list names, or ask the district desk by telephone."),
            code="units_already_called",
        )


def waits_for_the_units(case: Case) -> None:
    _check(case, Approval.BEFORE)


def waits_for_the_desk(case: Case) -> None:
    _check(case, Approval.DESK)


def waits(case: Case) -> None:
    _check(case, *BEFORE)


def went_ahead(case: Case) -> None:
    _check(case, Approval.AFTER)


def _check(case: Case, *wanted: Approval) -> None:
    if case.approval not in wanted:
        raise MoveRefused(_("No whistle waits for this decision."), code="nothing_to_approve")


def undecided(case: Case) -> list[Whistle]:
    """The whistles on which the leader has not said a word, the oldest first."""
    rows = case.whistles.filter(judged_at=None, sent_back_at=None, withdrawn_at=None).exclude(approval="")
    return list(rows.select_related("by", "street").order_by("pk"))


def refuse(case: Case, deed: Deed) -> None:
    """It never leaves the street."""
    judge(case, deed, approved=False, sent_back_at=deed.at)


def confirm(case: Case, deed: Deed) -> None:
    judge(case, deed, approved=True)


def objection(case: Case, deed: Deed) -> None:
    """The units stay called: what is under way is not torn down, but it counts against the street."""
    judge(case, deed, approved=False)


def judge(case: Case, deed: Deed, **said: object) -> None:
    """One word for everything that waits; nobody approves what they blew themselves."""
    assert deed.by is not None
    found = undecided(case)
    if any(whistle.by_id == deed.by.user_id for whistle in found):
        raise MoveRefused(_("You blew this whistle yourself. Another leader approves it."), code="own_whistle")
    case.whistles.filter(pk__in=[one.pk for one in found]).update(judged_by=deed.by.user, judged_at=deed.at, **said)
    deed.facts["whistles"] = [one.pk for one in found]
    case.approval = Approval.NONE


def drop_what_waits(case: Case, deed: Deed) -> None:
    """The street's own people settled it before the leader decided; what went ahead can still be judged."""
    if case.approval in BEFORE:
        deed.lapsed.extend(clocks.stop("case", [case.pk], phases=[Phase.APPROVE], at=deed.at))
        drop(case, deed)


def drop(case: Case, deed: Deed) -> None:
    """Settled or taken back meanwhile: there is nothing left to approve."""
    if case.approval in BEFORE:
        case.whistles.filter(judged_at=None, sent_at=None).update(withdrawn_at=deed.at, sent_back_at=deed.at)
    case.approval = Approval.NONE
