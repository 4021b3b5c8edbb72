"""The lists from which a place is chosen by name: streets with their communities, or a worker's own grids."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.kept import Kept
from grids.models import Area, AreaKind
from grids.naming import chain_names
from grids.standing import LOOKING, Standing
from people.models import Unit

LEAVE_IT = ""
OFFERED = (AreaKind.STREET, AreaKind.COMMUNITY)
Choices = list[tuple[str | Promise, str | Promise | list[tuple[str, str | Promise]]]]


def choices_of_district() -> Choices:
    """Nothing chosen first: the district then finds the street itself."""
    rows = _places()
    groups: dict[str, list[tuple[str, str | Promise]]] = {}
    names: dict[str, str] = {}
    for code, name, kind in rows:
        if kind == AreaKind.STREET:
            names[code] = name
            groups[code] = [(code, _("%(street)s, community not known") % {"street": name})]
        elif code[:9] in groups:
            groups[code[:9]].append((code, name))
    return [(LEAVE_IT, _("I do not know; let the district find it")), *((names[code], groups[code]) for code in groups)]


@Kept
def _places() -> QuerySet:
    return Area.objects.filter(kind__in=OFFERED).values_list("code", "name", "kind")


def place_of_district(code: str) -> Area | None:
    """Of the streets and communities that are offered the one with this code, with its office."""
    return next(iter(_place(code=code)), None)


@Kept
def _place(code: str) -> QuerySet[Area]:
    return Area.objects.filter(code=code, kind__in=OFFERED).select_related("office")


def choices_of_worker(standing: Standing) -> Choices:
    """The grids, communities or streets that this person goes and looks at; the first is chosen."""
    codes = sorted({code for role, code in standing.posts if role in LOOKING})
    found = Area.objects.filter(code__in=codes).select_related("parent")
    return [(area.code, " · ".join(chain_names((area.parent, area) if area.parent else (area,)))) for area in found]


def streets() -> list[tuple[str, str | Promise]]:
    """The streets alone, none of them chosen."""
    named = [(code, name) for code, name, kind in _places() if kind == AreaKind.STREET]
    return [(LEAVE_IT, _("Any street")), *named]


def office_of_street(code: str) -> Unit | None:
    """The street office of the street with this code, if there is such a street."""
    found = Area.objects.filter(code=code, kind=AreaKind.STREET).select_related("office").first() if code else None
    return found.office if found else None
