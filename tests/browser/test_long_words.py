"""What residents write may have no place at which a line can break; nobody's list grows wider by it."""

import pytest
from playwright.sync_api import expect

from accountability.models import Item
from admission.models import Application
from cases.models import Case
from tests.browser import places
from tests.browser.persons import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ENDLESS = "w" * 200


@pytest.fixture
def who(house):
    """A dispatcher, one of whose cases is told in one endless word for a while."""
    who = places.reader("dispatcher")
    case = Case.objects.filter(pk=who.cases[0].pk)
    said = case.get().summary
    case.update(summary=ENDLESS)
    yield who
    case.update(summary=said)


@pytest.fixture
def application(who):
    """One in the name of a body that is called so."""
    rows = Application.objects.filter(pk=Application.objects.visible_to(who.standing).order_by("pk")[0].pk)
    said = rows.values("body", "matter").get()
    rows.update(body=ENDLESS[:80], matter=ENDLESS[:120])
    yield rows.get()
    rows.update(**said)


def test_an_endless_word_does_not_widen_an_application_on_the_phone(as_person, who, application):
    person = as_person(who.user, viewport=PHONE)
    person.opens(f"/admission/{application.pk}/")
    expect(person.page.get_by_text(application.body).first).to_be_visible()
    assert person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_an_endless_word_does_not_widen_a_list(as_person, who):
    person = as_person(who.user)
    person.opens("/cases/?state=all")
    expect(person.page.get_by_text(ENDLESS)).to_be_visible()
    assert person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_the_filters_of_the_list_stay_on_the_phone(as_person, who):
    person = as_person(who.user, viewport=PHONE)
    person.opens(f"/cases/?item={Item.objects.order_by('code')[0].code}")
    expect(person.page.locator("details select[name=function]")).to_be_visible()
    assert person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
