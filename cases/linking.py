"""Which cases may hang on one another: merged into one, answered as the same again, split off as a part.

Nothing hangs on what hangs itself, so there are no chains. A merged case's clocks stop, and the one it goes into keeps
the earlier of the two promises: nobody waits longer because their matter was reported twice. What was split off has
clocks of its own, and its case is not closed before it has ended.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases import approving
from cases.models import Answer, Case, Kind, Link, Rest, State, Verb
from cases.models.case import ENDED
from cases.moves import MoveRefused
from grids.standing import Standing
from people.models import Role

STREET = 9
# Where whoever reported a merged case is still asked before it is closed.
TAKING_IN = (State.ACCEPTED, State.AT_DESK, State.IN_HAND, State.INSPECTING, State.CALLING_BACK)
ASKED = (Verb.MISS, Verb.HEAR, Verb.CALL_BACK, Verb.RATE)
PARTS = 10


def above(case: Case) -> Link | None:
    """What this case hangs on, if on anything."""
    return next((one for one in case.links_up.all() if one.undone_at is None), None)


def below(case: Case, *kinds: Kind) -> list[Link]:
    """What hangs on this case, the oldest first."""
    return [one for one in case.links_down.all() if one.undone_at is None and one.kind in (kinds or Kind)]


def may_be_joined(case: Case) -> None:
    """Nobody called, nothing asked for, and nothing that hangs on it or that it hangs on."""
    approving.no_whistle_waits(case)
    if case.rest != Rest.NONE:
        raise MoveRefused(_("It rests, or a pause is asked for. That has to end first."), code="rests_already")
    if any(call.state != Answer.RELEASED for call in case.summonses.all()):
        raise MoveRefused(_("Units are called to it. Release them first."), code="units_already_called")
    if below(case):
        raise MoveRefused(
            _("Other cases hang on this one, and they would be left behind. Merge the other way round."),
            code="others_hang_on_it",
        )
    if above(case) is not None:
        raise MoveRefused(_("It hangs on another case already."), code="hangs_already")


def check_main(case: Case, main: Case, by: Standing | None) -> None:
    """Raise MoveRefused unless this case may be merged into that one by this person."""
    _same_matter_elsewhere(case, main, by)
    hangs = above(main)
    if hangs is not None and hangs.kind != Kind.CHILD:
        raise MoveRefused(
            _("That case hangs on %(number)s itself. Merge into that one."),
            code="no_main",
            params={"number": hangs.main.number},
        )
    if main.state in ENDED:
        raise MoveRefused(
            _("That case has ended. What comes up again is a case of its own, or is answered as the same again."),
            code="no_main",
        )
    if main.state not in TAKING_IN:
        raise MoveRefused(
            _("That case stands at “%(state)s”. It takes others in from its acceptance until it waits to be closed."),
            code="no_main",
            params={"state": main.get_state_display()},
        )
    if main.rest != Rest.NONE:
        raise MoveRefused(_("That case rests, or a pause is asked for. That has to end first."), code="no_main")


def check_earlier(case: Case, earlier: Case, by: Standing | None) -> None:
    """Raise MoveRefused unless that case's answer may be given to this one."""
    _same_matter_elsewhere(case, earlier, by)
    if earlier.closed_at is None:
        raise MoveRefused(
            _("That case has no answer to quote: it is not closed. Merge into it as long as it is open."),
            code="no_earlier",
        )
    if earlier.closed_at > case.opened_at:
        raise MoveRefused(
            _("That case was closed after this one was reported, so its answer was no answer to this one."),
            code="no_earlier",
        )


def _same_matter_elsewhere(case: Case, other: Case, by: Standing | None) -> None:
    """Within one street; the district desk looks across its streets."""
    if other.pk == case.pk:
        raise MoveRefused(_("That is this case itself."), code="no_main")
    desk = by is not None and all(by.over(Role.DISTRICT_DESK, one.place_code) for one in (case, other))
    if not desk and other.place_code[:STREET] != case.place_code[:STREET]:
        raise MoveRefused(
            _("That case lies in another street. The district desk can join cases of two streets."),
            code="other_street",
        )


def main_is_open(case: Case) -> None:
    """Once somebody is asked, or the main case is closed, everybody has their answer there."""
    link = above(case)
    if link is None or link.kind != Kind.MERGED:
        raise MoveRefused(
            _("It was answered as the same again, and that stands. Whoever reported it can report anew."),
            code="not_merged",
        )
    if link.main.state in ENDED:
        raise MoveRefused(
            _("%(number)s is closed, and with it everybody who reported it has an answer."),
            code="main_ended",
            params={"number": link.main.number},
        )
    if link.main.steps.filter(verb__in=ASKED, at__gte=link.at).exists():
        raise MoveRefused(
            _("Those who reported it are being asked already. Let %(number)s go on, or send it back for rework first."),
            code="asked_already",
            params={"number": link.main.number},
        )


def stood_at(case: Case) -> str:
    """Where a merged case stood before."""
    link = above(case)
    return link.stood_at if link else ""


def may_be_split(case: Case) -> None:
    """One level of parts, and not more of them than somebody can keep in sight."""
    hangs = above(case)
    if hangs is not None:
        raise MoveRefused(
            _("It is a part of %(number)s itself. Split that one."),
            code="is_a_part",
            params={"number": hangs.main.number},
        )
    if len(below(case, Kind.CHILD)) >= PARTS:
        raise MoveRefused(
            _("It has %(most)s parts already. Go on with these."), code="too_many_parts", params={"most": PARTS}
        )


def no_part_is_open(case: Case) -> None:
    """The whole is not closed over an open part."""
    still_open = [link.child.number for link in below(case, Kind.CHILD) if link.child.state not in ENDED]
    if still_open:
        raise MoveRefused(
            _("Parts of it are still open: %(numbers)s. It is closed when they have ended."),
            code="part_open",
            params={"numbers": "、".join(still_open)},
        )


def group_of(case: Case) -> list[int]:
    """The case, and those merged into it: whoever reported one of them waits for the same answer."""
    return [case.pk, *mains_of([case.pk])]


def mains_of(mains: Iterable[int]) -> dict[int, int]:
    """Every case that is merged into one of these, with the one it went into."""
    rows = Link.objects.standing().filter(main__in=list(mains), kind=Kind.MERGED)
    return dict(rows.order_by("pk").values_list("child", "main"))


def answered_by(case: Case) -> Case:
    """The case whose progress answers whoever reported this one."""
    link = above(case) if case.state == State.MERGED else None
    return link.main if link and link.kind == Kind.MERGED else case
