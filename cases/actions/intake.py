"""Opening a case, handing it to a street, and accepting it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import clocks
from accountability.duties import version_on
from accountability.models import Category, Function, Item, Phase, Situation, Urgency
from audit.kept import Kept
from audit.rows import insert
from cases import alarmed, confiding, moves, workflow
from cases.actions.again import office_goes_on
from cases.actions.moving import finish, lock, make_move
from cases.belonging import Belongs, check_belongs, facts_of
from cases.clocks import prepared_for_case, start_for_case
from cases.ledger import Ledger
from cases.models import Case, CaseTerms, Origin, Profile, State, Verb
from cases.moves import MoveRefused
from cases.terms import terms_of
from grids.models import Area, AreaKind
from grids.standing import Standing
from people.models import Unit
from people.words import said


@transaction.atomic(savepoint=False)  # as part of a larger act it is given up with all of it
def open_case(
    *, area: Area, category: Category, summary: str, channel: str, profile: Profile, by: Standing | None, at: datetime,
    place: str = "", lon: float | None = None, lat: float | None = None, has_citizen: bool = False,
    urgency: str = Urgency.NORMAL, situation: Situation | None = None, item: Item | None = None,
    function: Function | None = None, origin: str = Origin.LIVE, external_number: str = "",
    facts: Mapping[str, Any] | None = None, confidential: bool = False,
) -> Case:  # fmt: skip
    """A new case at the smallest area known, waiting to be accepted by that area's office."""
    case = Case(
        number=_number(area, channel, at), profile=profile, channel=channel, summary=summary[:200], category=category,
        item=item, function=function, situation=situation, urgency=urgency, area=area, place_code=area.code,
        place=place[:120], lon=lon, lat=lat, office=office_of(area), has_citizen=has_citizen, origin=origin,
        external_number=external_number, opened_at=at, confidential=confidential,
    )  # fmt: skip
    _begin(case, Ledger(case, by, at, origin), {**(facts or {}), **_said_of(case)})
    return case


def _said_of(case: Case) -> dict[str, Any]:
    """What the first step says of the case itself."""
    beyond = facts_of(Belongs(case.item, case.function)) if case.function else {}
    return {**beyond, **({"confidential": True} if case.confidential else {})}


def _begin(case: Case, ledger: Ledger, facts: dict[str, Any]) -> None:
    """Write the case with the moment by which it is to be accepted, what it is found by, its clock and first step."""
    begun = prepared_for_case(case, [Phase.ACCEPT], ledger.at)
    case.due_at = begun[0].due_at if begun else None
    insert([case])
    clocks.write(begun, case.pk)
    insert([CaseTerms(case=case, terms=terms_of(case.summary, case.place))])
    ledger.add(Verb.OPEN, "", State.REPORTED, facts=facts)
    ledger.write()


def office_of(area: Area) -> Unit:
    """The street office of the place, or the district desk where no street is known."""
    code = area.street_code or area.code
    place = area if area.code == code else _with_office(code=code)[0]
    if place.office is None:
        raise MoveRefused(
            _("%(area)s has no office yet. The system administrator must enter one."),
            code="no_office",
            params={"area": place.name},
        )
    return place.office


@Kept
def _with_office(code: str) -> QuerySet[Area]:
    return Area.objects.filter(code=code).select_related("office")


def _number(area: Area, channel: str, at: datetime) -> str:
    """District, local day, channel and a running number that is never reset; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        running = cursor.fetchone()[0]
    return number_of(area, channel, at, running)


def number_of(area: Area, channel: str, at: datetime, running: int) -> str:
    return f"{area.code[:6]}-{localdate(at):%Y%m%d}-{channel}-{running:05d}"


@transaction.atomic
def place(
    case: Case, *, by: Standing, at: datetime, area: Area, note: str = "", origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """The district desk hands a case to a street, which gets its own time to accept it."""
    case = lock(case, seen)
    if area.kind == AreaKind.DISTRICT:
        raise MoveRefused(_("Choose a street, or a community or grid in it."), code="no_street")
    if case.place_code.startswith(area.code):
        raise MoveRefused(_("It stands with this street already; its clock runs on."), code="no_street")
    ledger = Ledger(case, by, at, origin)
    move = workflow.MOVES[Verb.PLACE]
    moves.check(move, case, by, note, {}, at)
    ledger.add_lapses(clocks.stop("case", [case.pk], phases=list(move.stops), at=at))
    came = {"from": case.place_code}
    case.area, case.place_code, case.office = area, area.code, office_of(area)
    start_for_case(case, move.starts, at)
    office_goes_on(case, Phase.ACCEPT, at)
    ledger.add(
        Verb.PLACE, case.state, case.state, note=note, facts={"area": area.code, "office": case.office.code, **came}
    )
    return finish(ledger)


@transaction.atomic
def accept(
    case: Case, *, by: Standing, at: datetime, summary: str, category: Category, urgency: str,
    item: Item | None = None, function: Function | None = None, situation: Situation | None = None,
    confidential: bool = False, note: str = "", origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """Take the case on, in own words, under the list version in force on the day of acceptance."""
    case = lock(case, seen)
    version = version_on(localdate(at))
    if not said(summary):
        raise MoveRefused(_("Say in your own words what the matter is, in one line."), code="summary_missing")
    belongs = Belongs(item, function)
    check_belongs(belongs, version, localdate(at), case)
    ledger = Ledger(case, by, at, origin)
    moves.check_state(workflow.MOVES[Verb.ACCEPT], case)
    alarmed.check_lowered(case, urgency, note)
    before, case.summary = case.summary, summary.strip()[:200]
    case.category, case.urgency = category, urgency
    case.item, case.function, case.situation = item, function, situation
    case.list_version, case.accepted_at = version, at
    facts: dict[str, Any] = {"category": category.code, **facts_of(belongs), "urgency": urgency}
    if confidential:  # hides what was open, and never opens what is hidden
        confiding.check_own_words(case, before)
        case.confidential, facts["confidential"] = True, True
    make_move(ledger, Verb.ACCEPT, note=note, facts=facts)
    if case.summary != before:
        CaseTerms.objects.filter(case=case).update(terms=terms_of(case.summary, case.place))
    return finish(ledger)
