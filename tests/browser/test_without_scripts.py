"""The main way through with scripts switched off: every form works, and says what it cannot do."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case, State
from engagement.models import Report
from tests.browser import places
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.steps import arrives, makes_contact, replies, signs, takes_up

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SUMMARY = "路面坍陷一处"


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False)


def reports(visitor, community) -> Case:
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    resident.opens("/report/")
    resident.sees(
        "Photos need scripts, which are missing on this page. Send the form without; photos can be added later."
    )
    expect(resident.page.locator("[data-choosing]")).to_be_hidden()
    resident.writes("What you saw, and whom it affects", "路面塌了一块，夜里看不见。")
    resident.chooses("Street or community", community.code)
    resident.presses("Send the report")
    resident.sees("Received")
    return Report.objects.by_receipt(resident.page.locator(".code").inner_text()).case


def accepts(street, case: Case, item) -> None:
    takes_up(street, case)
    street.writes("The matter in one sentence", SUMMARY)
    street.chooses("Item of the responsibility list", item.code)
    street.presses("Accept")
    street.sees("Accepted.")


def whistles(street, case: Case) -> None:
    street.opens(reverse("cases:whistle", args=[case.number]))
    street.writes("What the street has done already", "已围挡")
    street.writes("Why the street cannot finish it", "无抢修队伍")
    street.ticks("Emergency")
    street.presses("Blow the whistle")
    street.sees("The whistle is blown.")


def test_from_a_report_to_the_inspection_without_scripts(visitor, plain):
    place = people.place()
    item, units = people.item_of_three(place.street.office)
    case = reports(visitor, place.community)
    street = plain(place.dispatcher)
    accepts(street, case, item)
    whistles(street, case)
    for unit in units:
        officer = plain(people.answers_for(unit))
        for step in (signs, makes_contact, arrives, replies):
            step(officer, case)
    worker = plain(place.worker)
    takes_up(worker, case)
    worker.follows("Inspection passed")
    worker.writes("What you saw on site", "路面已平")
    worker.presses("Inspection passed")
    worker.sees("Inspection passed.")
    assert Case.objects.get(pk=case.pk).state == State.CLOSING


def test_a_form_with_a_mistake_says_so_without_scripts(plain):
    case = Case.objects.filter(state=State.REPORTED, area__kind__in=("grid", "community")).first()
    street = plain(people.Place(case.area).one("dispatcher", case.place_code[:9]))
    street.opens(reverse("cases:move", args=[case.number, "turn_down"]))
    with street.answered(422):
        street.presses("Turn down")
        expect(street.page.locator(".errors")).to_be_focused()
    assert Case.objects.get(pk=case.pk).state == State.REPORTED


def test_the_search_works_on_a_phone_without_scripts(as_person):
    who = places.reader("dispatcher")
    person = as_person(who.user, java_script_enabled=False, viewport=PHONE)
    person.opens("/cases/")
    person.page.get_by_role("link", name=person.say("Search cases")).click()
    person.page.get_by_role("searchbox").fill(who.cases[0].number)
    person.presses("Search")
    expect(person.page).to_have_url(person.house.url + reverse("desk:case", args=[who.cases[0].number]))
