"""Tells people of changes of the rules: whoever may decide one that was sent, and its author what became of it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache, partial

from django.db.models import Q

from accountability.models import Urgency
from alerts.models import Alert
from alerts.quiet import in_force, shown_at
from changes.kinds import kind_of
from changes.models import Change, ChangeStep, Verb
from changes.workflow import open_to
from grids.models import Posting
from grids.standing import Standing, standings_of
from people.models import UnitRole, User

OLD = timedelta(days=1)
Holding = Callable[[tuple[str, ...]], list[Standing]]  # asked for once, however many changes they may decide
OF_ITS_AUTHOR = (Verb.APPROVE, Verb.REJECT, Verb.APPLY, Verb.RETURN, Verb.UNDO)


def tell(step_ids: Iterable[int], *, at: datetime) -> int:
    """Tell everyone whom these steps concern; twice is once. It can wait, so it is shown after the quiet hours.

    A step recorded long after it happened tells nobody.
    """
    rows = ChangeStep.objects.filter(pk__in=list(step_ids), verb__in=(Verb.SUBMIT, *OF_ITS_AUTHOR))
    steps = [step for step in rows.select_related("change") if step.recorded_at - step.at <= OLD]
    if not steps:
        return 0
    shown, holding = shown_at(in_force(at), Urgency.NORMAL, at), cache(partial(_holding, at))
    alerts = [
        Alert(recipient_id=person, change_step=step, told_at=at, shown_at=shown)
        for step in steps
        for person in sorted(_concerned(step, holding) - {step.actor_id})
    ]
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def _holding(at: datetime, roles: tuple[str, ...]) -> list[Standing]:
    """Everybody who holds one of these roles."""
    posted = Posting.objects.current(at).filter(role__in=roles).values("user")
    seated = UnitRole.objects.current(at).filter(role__in=roles).values("user")
    users = User.objects.filter(Q(pk__in=posted) | Q(pk__in=seated), is_active=True)
    return list(standings_of(users, at))


def deciders(change: Change, holding: Holding) -> set[int]:
    """Who may decide it as it stands now, by the rule that draws their button; nobody once it is decided."""
    found = holding(kind_of(change.kind).DECIDES.roles)
    return {one.user_id for one in found if open_to(change, one).get(Verb.APPROVE, True) is None}


def _concerned(step: ChangeStep, holding: Holding) -> set[int]:
    change = step.change
    if step.verb == Verb.SUBMIT:
        return deciders(change, holding)
    at_once = step.verb == Verb.APPLY and step.at == change.decided_at
    return set() if at_once else {change.drafted_by_id}
