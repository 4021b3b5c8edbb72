"""The flow of an item for which nobody has written one: as every case goes, with the parties that the list names."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from accountability.models import Duty, DutyKind, Line, Stage
from accountability.steps import Step, Way, check

NAMED = 3  # so many parties are named in a step
STREET, DEPARTMENT = Line.STREET, Line.DEPARTMENT


def generated(street_led: bool, duties: Iterable[Duty], *, shortened: bool = True) -> tuple[Step, ...]:
    """Found, first settled on the spot, then by those called, inspected, asked about and closed."""
    named = _named if shortened else "、".join
    duties = list(duties)
    leads = [duty.party_name for duty in duties if duty.kind == DutyKind.LEAD]
    others = [duty for duty in duties if duty.kind != DutyKind.LEAD]
    units = [duty.party_name for duty in others if duty.party != Duty.Party.STREET]
    aside = not street_led and len(units) < len(others)
    who, helping = named(leads), named(units)
    middle = _by_street(who, helping) if street_led else _by_departments(who, helping, aside)
    steps = (*_beginning(), *middle, *_ending("own" if street_led else "lead"))
    check(steps)
    return steps


def _beginning() -> tuple[Step, ...]:
    dispatcher = _("Street dispatcher")
    asked = (Way("first", _("the district's matter")), Way("down", _("not ours")))
    told = _("words, place, photo")
    return (
        Step(
            "report", _("Report what was seen"), _("Residents, hotline, grid workers"), STREET, Stage.REPORTED,
            (Way("accept"),), document=told,
        ),
        Step("accept", _("Accept, and name the item of the list"), dispatcher, STREET, Stage.REPORTED, asked),
        Step("down", _("Turn down, and say where to go"), dispatcher, STREET, Stage.TURNED_DOWN, ends=True),
    )  # fmt: skip


def _first(*onward: Way) -> Step:
    done = _("what was done first")
    who = _("Grid, community, street")
    return Step("first", _("First action on the spot"), who, STREET, Stage.ACCEPTED, onward, document=done)


def _whistle(*onward: Way) -> Step:
    who = _("Street dispatcher, district desk")
    name = _("Blow the whistle, each unit by its duty")
    return Step("whistle", name, who, STREET, Stage.AT_DESK, onward, document=_("whistle"))


def _support(units: str) -> Step:
    name = _("Support by their duty")
    return Step("support", name, units, DEPARTMENT, Stage.CALLED, (Way("inspect"),), document=_("reply"))


def _by_departments(leads: str, units: str, aside: bool) -> tuple[Step, ...]:
    name = _("Sign, make contact, arrive, put it right, reply")
    lead = Step("lead", name, leads, DEPARTMENT, Stage.CALLED, (Way("inspect"),), document=_("reply"))
    beside = [_support(units)] if units else []
    if aside:
        beside.append(Step("aside", _("Support at the place"), _("Street office"), STREET, Stage.OWN, lead.onward))
    first = _first(Way("inspect", _("settled")), Way("whistle", _("beyond the street")))
    return first, _whistle(*(Way(step.key) for step in (lead, *beside))), lead, *beside


def _by_street(leads: str, units: str) -> tuple[Step, ...]:
    name, done = _("The street settles it itself"), _("what was done")
    own = Step("own", name, leads, STREET, Stage.OWN, (Way("inspect", _("settled")),), document=done)
    if not units:
        return _first(Way("own")), own
    asking = replace(own, onward=(*own.onward, Way("whistle", _("needs others"))))
    return _first(Way("own")), asking, _whistle(Way("support")), _support(units)


def _ending(again: str) -> tuple[Step, ...]:
    seen = (Way("ask", _("put right")), Way(again, _("not yet")))
    who, photos = _("Another grid worker, community"), _("photos before and after")
    return (
        Step("inspect", _("Inspect at the same spot"), who, STREET, Stage.INSPECTING, seen, document=photos),
        Step(
            "ask", _("Call back: solved, satisfied?"), _("Hotline"), DEPARTMENT, Stage.CALLING_BACK, (Way("close"),),
            document=_("answers"),
        ),
        Step("close", _("Close, mark, keep"), _("District desk"), DEPARTMENT, Stage.CLOSING, ends=True),
    )  # fmt: skip


def _named(names: list[str]) -> str:
    shown = "、".join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return _("%(names)s and %(count)s more") % {"names": shown, "count": len(names) - NAMED}
