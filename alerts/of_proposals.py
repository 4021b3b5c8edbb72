"""Tells the establishment office of a proposal for the list, and whoever made it what became of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from accountability.models import Urgency
from alerts.models import Alert
from alerts.quiet import in_force, shown_at
from cases.models import Proposal
from grids.models import Posting
from people.models import Role, UnitRole, User


def tell(payloads: Iterable[dict[str, Any]], *, at: datetime) -> int:
    """Tell everyone whom these concern; twice is once. It can wait, so it is shown after the quiet hours."""
    told = [(one["proposal"], one["what"]) for one in payloads]
    rows = Proposal.objects.in_bulk([pk for pk, _what in told])
    shown, office = shown_at(in_force(at), Urgency.NORMAL, at), _office(at)
    alerts = [
        Alert(recipient_id=person, proposal=rows[pk], told_at=at, shown_at=shown)
        for pk, what in told
        for person in (sorted(office - {rows[pk].by_id}) if what == "made" else [rows[pk].by_id])
    ]
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def _office(at: datetime) -> set[int]:
    """Those who decide; nobody of them is told of their own."""
    role = Role.ESTABLISHMENT
    posted = Posting.objects.current(at).filter(role=role).values("user")
    seated = UnitRole.objects.current(at).filter(role=role).values("user")
    users = User.objects.filter(Q(pk__in=posted) | Q(pk__in=seated), is_active=True)
    return set(users.values_list("pk", flat=True))
