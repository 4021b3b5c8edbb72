"""Where a case is said to lie while the desk of the whole district decides whose it is: kept when it came in."""

from collections.abc import Collection

from cases.models import Case, Step, Verb
from cases.posts import has_street
from grids.locate import locate
from grids.models import Area

LIES_IN = "lies_in"  # among the facts of the first step: the code of an area


def lies_in(known: Area, area: Area) -> dict[str, str]:
    """What the first step says of the place, where the case hangs on a larger area than the one that is known."""
    return {LIES_IN: known.code} if known.pk != area.pk else {}


def said_to_lie_in(case: Case) -> Area | None:
    """The smallest area that came with a case of no street: as it was said, else by its point."""
    if has_street(case):
        return None
    said = case.steps.filter(verb=Verb.OPEN).values_list(f"facts__{LIES_IN}", flat=True).first()
    if said:
        return Area.objects.filter(code=said).select_related("parent__parent").first()
    if case.lon is None or case.lat is None:
        return None
    return locate(case.lon, case.lat).grid


def said_to_lie(cases: Collection[int]) -> dict[int, Area]:
    """Of many cases by their ids what was said of them when they came in. Two statements; none for none."""
    if not cases:
        return {}
    opened = Step.objects.filter(case__in=cases, verb=Verb.OPEN, facts__has_key=LIES_IN)
    codes = dict(opened.values_list("case", f"facts__{LIES_IN}"))
    areas = {area.code: area for area in Area.objects.filter(code__in=codes.values()).select_related("parent__parent")}
    return {case: areas[code] for case, code in codes.items() if code in areas}


def within(street: Area, known: Area | None) -> Area:
    """The smaller area that is known, where it lies in this street."""
    return known if known and known.code.startswith(street.code) else street


def street_of(known: Area | None) -> str:
    """The code of the street of an area; "" where none is known."""
    return known.street_code if known else ""
