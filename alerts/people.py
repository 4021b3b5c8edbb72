"""Finds the people of a circle for many steps at once: four queries, however many steps there are."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from alerts.recipients import POSTED, TOLD, Circle
from cases.disputing import CONFERRING
from cases.models import Bench, Step, Summons, Verb
from grids.models import Posting
from grids.querysets import code_and_above
from grids.standing import ANSWERING, LEADING
from people.models import Role, UnitRole

NEIGHBOURS = (Role.GRID_WORKER, Role.COMMUNITY)
COMMUNITY_CODE = 12
CHIEFLY = {verb for verb, told in TOLD.items() if Circle.CHIEFS in told}


class Directory:
    """Who holds which circle, for the places, units and cases of these steps."""

    def __init__(self, steps: list[Step], at: datetime) -> None:
        self.posted = _posted({step.case.place_code for step in steps}, at)
        self.called = _called_to({step.case_id for step in steps})
        units = {unit for units in self.called.values() for unit in units} | {_unit_of(step) for step in steps}
        self.answering = _answering(units, at)
        self.leading = (
            _answering(units, at, LEADING) if any(step.verb in CHIEFLY for step in steps) else defaultdict(set)
        )
        self.openers = _openers({step.case_id for step in steps})
        self.conferring = _conferring(at) if any(map(_is_conferred, steps)) else set()

    def people(self, circle: Circle, step: Step) -> set[int]:
        """The ids of the people of this circle, as the step sees them."""
        if circle in POSTED:
            return self._over(POSTED[circle], step.case.place_code)
        if circle == Circle.NEIGHBOURS:
            return self._near(step.case.place_code)
        if circle == Circle.OPENER:
            return {self.openers[step.case_id]} if step.case_id in self.openers else set()
        if circle == Circle.CONFERRING:
            return self.conferring if _is_conferred(step) else set()
        if circle == Circle.CHIEFS:
            return self.leading[_unit_of(step)]
        if circle == Circle.HAND and step.summons and step.summons.worker_id in self.answering[_unit_of(step)]:
            return {step.summons.worker_id}
        if circle in (Circle.MEMBERS, Circle.EVERY_UNIT):
            units = step.facts.get("units", ()) if circle == Circle.MEMBERS else self.called[step.case_id]
            return set().union(*(self.answering[unit] for unit in units))
        if circle == Circle.GIVEN:
            return self.answering[_unit_of(step)] & {step.facts.get("to"), step.facts.get("had")}
        if step.summons and step.summons.is_named and step.summons.worker_id:
            return {step.summons.worker_id}
        return self.answering[_unit_of(step)]

    def _over(self, role: str, code: str) -> set[int]:
        return set().union(*(self.posted[role, around] for around in code_and_above(code)))

    def _near(self, code: str) -> set[int]:
        community = code[:COMMUNITY_CODE]
        if len(community) < COMMUNITY_CODE:
            return set()
        near = (
            people
            for (role, place), people in self.posted.items()
            if role in NEIGHBOURS and place.startswith(community)
        )
        return set().union(*near)


def _is_conferred(step: Step) -> bool:
    """Of what the other benches rule the two offices hear nothing."""
    return step.verb in (Verb.CONFER, Verb.PUT_TO) or step.facts.get("bench") == Bench.CONFERRAL


def _unit_of(step: Step) -> int | None:
    """The unit that must answer: the one called, or for a clock of the case itself, its holder."""
    return step.summons.unit_id if step.summons else step.unit_id


def _posted(codes: Iterable[str], at: datetime) -> dict[tuple[str, str], set[int]]:
    around = {above for code in codes for above in code_and_above(code)}
    where = Q(area__code__in=around, role__in=POSTED.values())
    for community in {code[:COMMUNITY_CODE] for code in codes if len(code) >= COMMUNITY_CODE}:
        where |= Q(area__code__startswith=community, role__in=NEIGHBOURS)
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = Posting.objects.current(at).filter(where, user__is_active=True)
    for role, code, user in rows.values_list("role", "area__code", "user"):
        found[role, code].add(user)
    return found


def _openers(cases: Iterable[int]) -> dict[int, int]:
    """Who brought a case in, where that was somebody at work here."""
    opened = Step.objects.filter(case__in=cases, verb=Verb.OPEN, actor__is_active=True)
    return dict(opened.values_list("case", "actor"))


def _conferring(at: datetime) -> set[int]:
    """Those of the two offices that confer; asked only when a dispute is handed to them."""
    rows = UnitRole.objects.current(at).filter(role__in=CONFERRING, user__is_active=True)
    return set(rows.values_list("user", flat=True))


def _called_to(cases: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for case, unit in Summons.objects.open().filter(case__in=cases).values_list("case", "unit"):
        found[case].add(unit)
    return found


def _answering(
    units: Iterable[int | None], at: datetime, roles: tuple[Role, ...] = ANSWERING
) -> dict[int | None, set[int]]:
    found: dict[int | None, set[int]] = defaultdict(set)
    rows = UnitRole.objects.current(at).filter(unit__in=[unit for unit in units if unit], role__in=roles)
    for unit, user in rows.filter(user__is_active=True).values_list("unit", "user"):
        found[unit].add(user)
    return found
