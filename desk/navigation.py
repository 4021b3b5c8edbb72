"""The places of the side navigation, by role."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admission.querysets import OF_DEPARTMENTS, OF_STREETS
from admission.querysets import OVERSEEING as OF_OFFICES
from assessment.querysets import SEEING_PLACE
from desk.callbacks import CALLING
from desk.dashboard.scopes import HELD
from engagement.querysets import READING
from gateway.access import IMPORTING
from grids.standing import ANSWERING
from people.drawn import page
from people.models import Role

EVERYONE = frozenset(Role) - {Role.CITIZEN}
ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
MARKED = EVERYONE - ADMINS - {Role.CLERK, Role.GRID_WORKER, Role.COMMUNITY, Role.SPECIALIST}
RULING = frozenset({
    *ANSWERING, Role.DISTRICT_DESK, Role.ASSESSOR, Role.INSPECTOR, Role.ESTABLISHMENT, Role.LEGAL,
    Role.DISTRICT_LEADER, *ADMINS,
})  # fmt: skip
ADMITTING = frozenset({*OF_DEPARTMENTS, *OF_STREETS, *OF_OFFICES})
SUPERVISED = frozenset(SEEING_PLACE) | frozenset(ANSWERING)
OVERSEEING = frozenset(SEEING_PLACE) | frozenset(HELD)


@dataclass(frozen=True)
class Place:
    """A page of the navigation, for whom it is, and how it stands to the page being read."""

    view: str
    label: str
    icon: str
    roles: frozenset[str]
    href: str = ""
    current: str = ""


GROUPS = (
    (
        "",
        (
            Place("desk:my_work", _("My work"), "list-check", EVERYONE - ADMINS),
            Place("desk:queue", _("New cases"), "list-details", frozenset({Role.DISPATCHER, Role.DISTRICT_DESK})),
            Place("desk:cases", _("Cases"), "file-text", EVERYONE - ADMINS),
            Place("desk:callbacks", _("Callback list"), "phone", frozenset(CALLING)),
            Place("engagement:restraints", _("Restrained callers"), "hand-stop", frozenset(READING)),
            Place("engagement:clerk_report", _("Take a report"), "headset", frozenset({Role.CLERK})),
            Place("engagement:field_report", _("Report from the field"), "camera", frozenset({Role.GRID_WORKER})),
        ),
    ),
    (
        _("Rules and marks"),
        (
            Place("desk:items", _("Responsibility list"), "book-2", EVERYONE),
            Place("desk:changes", _("Changes of the rules"), "arrows-exchange", RULING),
            Place("desk:ways", _("Ways of a case"), "map-2", EVERYONE),
            Place("desk:marks", _("Marks"), "scale", MARKED),
            Place("desk:reckoned", _("Breached duties"), "alert-circle", MARKED),
            Place("cases:templates", _("Reply templates"), "message", frozenset({*ANSWERING, Role.DISTRICT_DESK})),
        ),
    ),
    (
        _("Handed down to streets"),
        (
            Place("admission:applications", _("Admission of matters"), "clipboard-check", ADMITTING),
            Place("admission:tasks", _("Tasks handed down"), "send", ADMITTING),
            Place("admission:pledges", _("Pledges"), "file-text", ADMITTING),
        ),
    ),
    (
        _("The whole picture"),
        (
            Place("desk:dashboard", _("Dashboard"), "chart-bar", OVERSEEING),
            Place("desk:supervision", _("Supervision board"), "gavel", SUPERVISED),
            Place("desk:whistles", _("Whistles"), "whistle", frozenset(SEEING_PLACE)),
            Place("desk:map", _("Map"), "map-2", EVERYONE - ADMINS),
        ),
    ),
    (_("Other systems"), (Place("gateway:imports", _("Imports"), "upload", IMPORTING),)),
)


def address(view: str) -> str:
    """Where a page is, or "" while it is not installed."""
    try:
        return page(view, settings.ROOT_URLCONF)
    except NoReverseMatch:
        return ""


def navigation(roles: Iterable[str], path: str) -> list[dict]:
    """The groups and places open to these roles, the one being read marked for `aria-current`."""
    return [
        {"title": title, "places": [_marked(place, path) for place in places]}
        for title, places in _open_to(frozenset(roles), address)
    ]


@lru_cache(256)
def _open_to(held: frozenset[str], address: Callable[[str], str]) -> list[tuple[str | Promise, list[Place]]]:
    """Whoever holds the same roles has the same places, as far as these pages are installed."""
    groups = [
        (title, [replace(one, href=address(one.view)) for one in places if one.roles & held])
        for title, places in GROUPS
    ]
    there = [(title, [place for place in places if place.href]) for title, places in groups]
    return [(title, places) for title, places in there if places]


def _marked(place: Place, path: str) -> Place:
    if path == place.href:
        return replace(place, current="page")
    inside = place.href != "/" and path.startswith(f"{place.href.rstrip('/')}/")
    return replace(place, current="true") if inside else place
