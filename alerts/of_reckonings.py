"""Tells a unit that a breach of its duty was written down, and the inspector what the unit says to it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accountability.models import Urgency
from alerts.models import Alert, Matter
from alerts.quiet import in_force, shown_at
from grids.models import Posting
from grids.querysets import code_and_above
from grids.standing import ANSWERING
from people.models import Role, UnitRole

OF_STREETS = (Role.DISPATCHER, Role.STREET_LEADER)


def tell(payloads: Iterable[dict[str, Any]], *, at: datetime) -> int:
    """Each says all that is told; twice is once. It can wait, so it is shown after the quiet hours."""
    told = list(payloads)
    shown, people = shown_at(in_force(at), Urgency.NORMAL, at), _people(told, at)
    alerts = [
        Alert(
            recipient_id=person, matter=one["what"], matter_id=one["reckoning"], about=one["about"], told_at=at,
            shown_at=shown,
        )
        for one in told
        for person in (_of_the_unit(one, people) if one["what"] == Matter.WRITTEN else [one["by"]])
    ]  # fmt: skip
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def _people(told: list[dict[str, Any]], at: datetime) -> dict[int | str, set[int]]:
    """Whoever answers for these units, by unit; and whoever leads at the places of these streets, by code."""
    found: dict[int | str, set[int]] = defaultdict(set)
    seats = UnitRole.objects.current(at).filter(unit__in={one["unit"] for one in told}, role__in=ANSWERING)
    around = {code for one in told if one["street"] for code in code_and_above(one["street"])}
    posts = Posting.objects.current(at).filter(area__code__in=around, role__in=OF_STREETS)
    for rows, where in ((seats, "unit"), (posts, "area__code")):
        for key, user in rows.filter(user__is_active=True).values_list(where, "user"):
            found[key].add(user)
    return found


def _of_the_unit(one: dict[str, Any], people: dict[int | str, set[int]]) -> list[int]:
    """For a street office also those who lead its street."""
    keys = [one["unit"], *(code_and_above(one["street"]) if one["street"] else ())]
    return sorted(set().union(*(people[key] for key in keys)) - {one["by"]})
