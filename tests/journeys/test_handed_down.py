"""A department is blocked, admitted with another matter, hands a task down; the street flags it, the office rules.

Through pages alone, each by the people whose turn it is; both sides read the ruling.
"""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from admission.models import Application, MatterKind, Task, TaskState
from audit import clock
from grids.models import Area
from people.models import Role, UnitKind, UnitRole, User
from tests.browser.persons import zh
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MATTER = "防汛告知单发放"


def in_office(role: str) -> User:
    return UnitRole.objects.filter(role=role).select_related("user").order_by("pk")[0].user


def of_a_department() -> User:
    """Of the last department in the register, which no other story asks for."""
    seats = UnitRole.objects.filter(role=Role.RESPONDER, unit__kind=UnitKind.GOVERNMENT, unit__commanded=True)
    deciding = UnitRole.objects.filter(role__in=(Role.LEGAL, Role.ESTABLISHMENT)).values("unit")
    return seats.exclude(unit__in=deciding).select_related("user").order_by("-unit__code", "pk")[0].user


def day(ahead: int) -> str:
    found: date = localdate(clock.now()) + timedelta(days=ahead)
    return found.isoformat()


def makes(person, verb: str) -> None:
    """Presses the button of a move, and waits until it is made."""
    person.presses(verb)
    person.sees("Done: %(verb)s.", verb=person.say(verb))


def picks(person, kind: str) -> None:
    name = MatterKind.objects.get(code=kind).name
    person.page.get_by_role("radio", name=re.compile(f"^{name}")).check()


def asks(person, street: Area) -> None:
    person.opens(reverse("admission:applications"))
    person.follows("Apply for a permit")
    picks(person, "investment")
    person.writes("The matter, in one line", MATTER)
    person.writes("What a street would have to do", "汛期入户发放告知单")
    person.writes("Basis: the document, its number and its day", "区防汛方案〔2026〕3号")
    person.page.get_by_label(street.name, exact=True).check()
    person.writes("From", day(0))
    person.page.get_by_label(zh("Last day"), exact=False).first.fill(day(200))
    person.writes("Money that comes along, in yuan a year for all streets", "20000")
    with person.answered(422):
        person.presses("Send it to the establishment office")
        carrier = MatterKind.objects.get(code="investment")
        told = {"kind": carrier.name, "carrier": carrier.carried_by}
        sentence = (
            "“%(kind)s” is no work of streets any more: %(carrier)s carries it now. The attempt is kept for the"
            " establishment office."
        )
        person.sees(sentence, **told)
    picks(person, "safety")
    person.presses("Send it to the establishment office")
    person.sees("Sent. The establishment office reviews it now.")


def admitted(as_person, office, street, one: str) -> None:
    """Each of them at a browser of their own, in the order of the table."""
    office.opens(reverse("admission:attempts"))
    office.sees(MATTER)
    office.opens(one)
    makes(office, "Pass it on to the streets")
    street.opens(one)
    street.ticks("Agrees")
    street.writes("The street's opinion, and its conditions", "同意，经费到位即可")
    makes(street, "Give the street's opinion")
    legal = as_person(in_office(Role.LEGAL))
    legal.opens(one)
    with legal.answered(422):
        legal.presses("Find it lawful")
        legal.sees("Write the ground, for example “The regulation lets streets assist”")
    legal.writes("On which ground it is lawful", "不涉及执法职责")
    makes(legal, "Find it lawful")
    leader = as_person(people.seated(Role.DISTRICT_LEADER))
    leader.opens(one)
    makes(leader, "Grant the permit")


def hands(person, one: str, street: Area) -> None:
    person.opens(one)
    person.follows("Hand a task down")
    number = person.page.get_by_label(zh("Number of the permit")).input_value()
    person.writes("Number of the permit", "ZR-2000-00001")
    person.chooses("To which street", str(street.pk))
    person.writes("The task, in one line", "检查地下空间")
    person.writes("What is to be done", "逐户检查地下空间并下发整改通知")
    person.writes("Last day on which it is done in time", day(20))
    with person.answered(422):
        person.presses("Hand it to the street")
        person.sees(
            "There is no permit “%(number)s”. A street takes nothing without one: apply for it first.",
            number="ZR-2000-00001",
        )
    person.writes("Number of the permit", number)
    person.presses("Hand it to the street")
    person.sees("Handed down. The street is told, and its clock runs.")


def test_blocked_admitted_handed_down_flagged_and_ruled(as_person):
    place = people.place()
    street_of_place = Area.objects.get(code=place.street.code)
    department, office = as_person(of_a_department()), as_person(in_office(Role.ESTABLISHMENT))
    street = as_person(place.dispatcher)
    asks(department, street_of_place)
    one = reverse("admission:application", args=[Application.objects.latest("pk").pk])
    admitted(as_person, office, street, one)
    hands(department, one, street_of_place)
    task = Task.objects.latest("pk")
    where = reverse("admission:task", args=[task.pk])
    street.opens(where)
    street.page.locator("summary", has_text=zh("Flag it as shifted duty")).click()
    street.writes("Why it looks like a duty of the department", "准入的是发放告知单，检查是部门职责")
    makes(street, "Flag it as shifted duty")
    street.sees("The street's clocks stand still until the establishment office has ruled.")
    office.opens(where)
    office.writes("On which ground", "检查不在准入范围内")
    makes(office, "Rule: it shifts a duty")
    for person in (street, department):
        person.opens(where)
        person.sees("检查不在准入范围内")
    task.refresh_from_db()
    assert task.state == TaskState.VOID
