"""What a person may act for at a moment: their postings and unit roles, read once and asked without queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONArray

from grids.models import Posting
from grids.querysets import code_and_above
from people.models import Role, UnitRole, User

# Who answers a summons for a unit.
ANSWERING = (Role.RESPONDER, Role.DEPT_LEADER, Role.STATION, Role.DISPATCHER, Role.STREET_LEADER)
# Who of these gives work out in a unit.
LEADING = (Role.DEPT_LEADER, Role.STREET_LEADER, Role.DISPATCHER)
# Whose posting to an area shows them the cases in it.
SEEING = (
    Role.GRID_WORKER, Role.COMMUNITY, Role.SPECIALIST, Role.DISPATCHER, Role.STREET_LEADER, Role.DISTRICT_DESK,
    Role.DISTRICT_LEADER, Role.INSPECTOR, Role.ASSESSOR, Role.CLERK,
)  # fmt: skip
# Who goes and looks at a place.
LOOKING = (Role.GRID_WORKER, Role.COMMUNITY, Role.SPECIALIST)


@dataclass(frozen=True)
class Standing:
    """A person at a moment, with roles over areas (by code) and in units (by id)."""

    user: User
    posts: frozenset[tuple[str, str]]
    seats: frozenset[tuple[str, int]]

    @cached_property
    def user_id(self) -> int:
        return self.user.pk

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.posts | self.seats)

    def over(self, role: str, code: str) -> bool:
        """Posted in this role to the area with this code, or to one that it lies in."""
        return any(held == role and code.startswith(place) for held, place in self.posts)

    def within(self, role: str, code: str) -> bool:
        """Posted in this role somewhere inside the area with this code."""
        return any(held == role and place.startswith(code) for held, place in self.posts)

    def acts_for(self, unit_id: int, *roles: str) -> bool:
        """Holds one of these roles in the unit."""
        return any((role, unit_id) in self.seats for role in roles)

    def acting_units(self) -> list[int]:
        """The units whose summonses this person answers."""
        return sorted({unit for role, unit in self.seats if role in ANSWERING})

    def seen_codes(self) -> list[str]:
        """The codes of the areas whose cases this person sees."""
        return sorted({code for role, code in self.posts if role in SEEING})

    def coarse_codes(self) -> list[str]:
        """Streets and communities around the places where this person goes and looks."""
        places = {code for role, code in self.posts if role in LOOKING}
        return sorted({above for code in places for above in code_and_above(code)[1:-1]})

    def neighbour_codes(self) -> list[str]:
        """The communities whose grids this grid worker may be asked to inspect."""
        return sorted({code[:12] for role, code in self.posts if role == Role.GRID_WORKER and len(code) == 15})


def standing_of(user: User, at: datetime) -> Standing:
    """What this person holds at this moment; nothing for one who is switched off.

    Two queries, or none for somebody whom `grids.backends` has read.
    """
    if not user.is_active:
        return Standing(user, frozenset(), frozenset())
    posts, seats = getattr(user, "posts_held", None), getattr(user, "seats_held", None)
    if posts is None or seats is None:  # not read by grids.backends
        posts = Posting.objects.filter(user=user).values_list("role", "area__code", "since", "until")
        seats = UnitRole.objects.filter(user=user).values_list("role", "unit", "since", "until")
    return Standing(user, frozenset(_held(posts, at)), frozenset(_held(seats, at)))


def standings_of(users: QuerySet[User], at: datetime) -> list[Standing]:
    """The same for many people, in one query."""
    held = {"user": OuterRef("pk")}
    posts = Posting.objects.filter(**held).values_list(JSONArray("role", "area__code", "since", "until"))
    seats = UnitRole.objects.filter(**held).values_list(JSONArray("role", "unit", "since", "until"))
    found = users.annotate(posts_held=ArraySubquery(posts), seats_held=ArraySubquery(seats))
    return [standing_of(user, at) for user in found]


def _held(rows: Iterable[Any], at: datetime) -> Iterator[tuple[str, Any]]:
    """Those of these roles that began before this moment and have not ended."""
    for role, place, since, until in rows:
        if _moment(since) <= at and (until is None or _moment(until) > at):
            yield role, place


def _moment(said: datetime | str) -> datetime:
    return datetime.fromisoformat(said) if isinstance(said, str) else said
