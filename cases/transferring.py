"""Passing a case on to an authority outside this platform, and whom that is hidden from.

An ordinary outlet (petition office, police) ends the case for everybody to read. A discreet one (discipline inspection,
a lead on a crime) takes it out of sight: the case is `withheld`, and only the district desk and the inspectors of the
place still find it, by any way (`cases.querysets.seen_by`). Its step says neither where it went nor why; that stands in
its `Transfer`, for the same few. Source: domain §2 (side states, hidden transfer), after leaks to who was reported.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.worktime import LOCAL
from cases.linking import above, below
from cases.models import Answer, Approval, Case, Kind, Outlet, Rest, State, Step, Transfer, Verb
from cases.models.case import ENDED
from cases.moves import Facts, MoveRefused
from cases.querysets import KEEPING
from grids.models import Posting
from grids.standing import Standing
from people.drawn import english
from people.models import User

JOINED = (Verb.MERGE, Verb.TAKE_IN)


def offered(at: datetime) -> QuerySet[Outlet]:
    """What may be chosen on this day; the ordinary ones first."""
    return Outlet.objects.filter(since__lte=localdate(at, LOCAL)).order_by("discreet", "pk")


def may_be_passed_on(case: Case) -> None:
    """Nobody of the district is at work on it, nothing waits for a word, and nobody else waits for its answer."""
    if case.approval != Approval.NONE:
        raise MoveRefused(
            _("The leader of the street has not said a word to the whistle yet. Let it be decided or withdrawn first."),
            code="whistle_waits",
        )
    if case.rest != Rest.NONE:
        raise MoveRefused(_("It rests, or a pause is asked for. That has to end first."), code="rests_already")
    if any(call.state != Answer.RELEASED for call in case.summonses.all()):
        raise MoveRefused(_("Units are called to it. Release them first."), code="units_already_called")
    if below(case, Kind.MERGED):
        raise MoveRefused(
            _("Other cases are merged into it, and whoever reported them waits for its answer. Take them out first."),
            code="others_wait_for_it",
        )
    still_open = [link.child.number for link in below(case, Kind.CHILD) if link.child.state not in ENDED]
    if still_open:
        raise MoveRefused(
            _("Parts of it are still open: %(numbers)s. Transfer those that are meant, or wait until they have ended."),
            code="part_open",
            params={"numbers": "、".join(still_open)},
        )


def outlet_fits(case: Case, facts: Facts, at: datetime) -> None:
    """One that the district has; a discreet one only where no unit ever knew of the case."""
    outlet = offered(at).filter(code=str(facts["outlet"])).first()
    if outlet is None:
        raise MoveRefused(_("Choose one of the authorities of the list."), code="no_outlet")
    if outlet.discreet and known_to_units(case):
        raise MoveRefused(
            _("Units were called to it and know of it, so it cannot be hidden. Split the part off and transfer that."),
            code="known_to_units",
        )
    if outlet.discreet and (below(case) or _is_answered_elsewhere(case)):
        raise MoveRefused(
            _("Other cases name it in their history, so it cannot be hidden. Split the part off and transfer that."),
            code="named_elsewhere",
        )


def known_to_units(case: Case) -> bool:
    """Whether anybody was ever called, the street's own people among them; what was released stays known."""
    return bool(case.summonses.all())


def _is_answered_elsewhere(case: Case) -> bool:
    """Merged with another one before, whose units were told of it. A part names its whole, and may be hidden."""
    link = above(case)
    return (link is not None and link.kind != Kind.CHILD) or case.steps.filter(verb__in=JOINED).exists()


def where_it_ends(case: Case) -> str:
    """Out of sight where the authority is a discreet one."""
    return State.WITHHELD if standing_of(case).outlet.discreet else State.TRANSFERRED


def stood_at(case: Case) -> str:
    """Where it stood before it was passed on."""
    return standing_of(case).stood_at


def standing_of(case: Case) -> Transfer:
    """The transfer under which the case is outside now."""
    return case.transfers.select_related("outlet").get(back_at=None)


def keeps_withheld(place_code: str, by: Standing) -> bool:
    """Whether this reader still sees a withheld case of this place."""
    return any(by.over(role, place_code) for role in KEEPING)


def name_of(outlet: Outlet) -> str:
    """In the language of whoever reads."""
    return outlet.name_en if english() else outlet.name


def is_told_to_nobody(step: Step) -> bool:
    """What is out of sight when a message would be written is no news; that covers what was noticed just before."""
    return step.case.state == State.WITHHELD or State.WITHHELD in (step.source, step.target)


def keepers(case: Case, at: datetime) -> QuerySet[User]:
    """Who reads a case of this place while it is withheld."""
    posts = Posting.objects.current(at).over(case.place_code).filter(role__in=KEEPING, user__is_active=True)
    return User.objects.filter(pk__in=posts.values("user")).select_related("unit").order_by("pk")
