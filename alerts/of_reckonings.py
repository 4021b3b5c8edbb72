"""Tells a unit that a breach of its duty was written down, and the inspector what the unit says to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from accountability.models import Urgency
from alerts.models import Alert, Matter
from alerts.quiet import in_force, shown_at
from grids.models import Posting
from grids.querysets import code_and_above
from grids.standing import ANSWERING
from people.models import Role, UnitRole, User

OF_STREETS = (Role.DISPATCHER, Role.STREET_LEADER)


def tell(payloads: Iterable[dict[str, Any]], *, at: datetime) -> int:
    """Each says all that is told; twice is once. It can wait, so it is shown after the quiet hours."""
    shown = shown_at(in_force(at), Urgency.NORMAL, at)
    alerts = [
        Alert(
            recipient_id=person, matter=one["what"], matter_id=one["reckoning"], about=one["about"], told_at=at,
            shown_at=shown,
        )
        for one in payloads
        for person in (_unit(one, at) if one["what"] == Matter.WRITTEN else [one["by"]])
    ]  # fmt: skip
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def _unit(one: dict[str, Any], at: datetime) -> list[int]:
    """Whoever answers for the unit; for a street office also those who lead its street."""
    seated = UnitRole.objects.current(at).filter(unit=one["unit"], role__in=ANSWERING).values("user")
    where = Q(pk__in=seated)
    if one["street"]:
        around = {"area__code__in": code_and_above(one["street"]), "role__in": OF_STREETS}
        where |= Q(pk__in=Posting.objects.current(at).filter(**around).values("user"))
    users = User.objects.filter(where, is_active=True).exclude(pk=one["by"])
    return sorted(users.values_list("pk", flat=True))
