"""One made-up person for each kind of work, for whom something waits."""

from datetime import datetime

from django.db.models import Count

from cases.models import Step
from desk.work import work_of
from grids.models import Posting
from grids.standing import standing_of
from people.models import Role, UnitRole, User

SHOWN = (
    Role.CLERK, Role.GRID_WORKER, Role.DISPATCHER, Role.RESPONDER, Role.STATION, Role.DISTRICT_DESK, Role.INSPECTOR,
    Role.ESTABLISHMENT, Role.ASSESSOR,
)  # fmt: skip
TRIED = 8


def examples(at: datetime) -> list[str]:
    """Their names, in the order in which a case meets them."""
    busy = dict(Step.objects.order_by().exclude(actor=None).values_list("actor").annotate(Count("pk")))
    found = [_example(role, busy, at) for role in SHOWN]
    return list(dict.fromkeys(user.username for user in found if user))


def _example(role: str, busy: dict[int, int], at: datetime) -> User | None:
    """Of those who did most, the first for whom something waits; else whoever did most."""
    holders = {seat.user_id for seats in (Posting, UnitRole) for seat in seats.objects.current(at).filter(role=role)}
    people = User.objects.filter(pk__in=holders, demo=True, is_active=True).order_by("pk")
    ranked = sorted(people, key=lambda user: -busy.get(user.pk, 0))[:TRIED]
    return next((user for user in ranked if work_of(standing_of(user, at), at).turns), ranked[0] if ranked else None)
