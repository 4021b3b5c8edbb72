"""The keyboard alone: signing in and accepting a case, with the place of the focus always to be seen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case, State
from tests.browser import places
from tests.browser.house import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# Where the focus is, and whether anything of it can be seen: a ring, or what is drawn round it.
FOCUS = """() => {
    const node = document.activeElement;
    const box = node.closest("label.choice, label.tile, .tiles label, .pick label") || node;
    const seen = [node, box].some((each) => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    });
    return {id: node.id, name: node.name || "", text: (node.textContent || "").trim(), tag: node.tagName, seen};
}"""


def tab_to(person, wanted, most: int = 120) -> dict:
    """Press Tab until the focus is where it is wanted; every stop on the way must be visible."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        at = person.page.evaluate(FOCUS)
        assert at["tag"] == "BODY" or at["seen"], f"the focus cannot be seen on {at}"
        if wanted(at):
            return at
    raise AssertionError("Tab does not lead there")


def test_sign_in_and_accept_by_keyboard(visitor):
    who = places.reader("dispatcher")
    case = next(case for case in who.cases if case.state == State.REPORTED)
    person = visitor()
    keyboard = person.page.keyboard
    person.opens("/sign-in")
    tab_to(person, lambda at: at["name"] == "username")
    keyboard.type(who.user.username)
    tab_to(person, lambda at: at["name"] == "password")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    expect(person.page.locator("nav.side")).to_be_visible()

    tab_to(person, lambda at: case.summary in at["text"] and at["text"].startswith(person.say("Accept")))
    keyboard.press("Enter")
    expect(person.page).to_have_url(person.house.url + reverse("cases:move", args=[case.number, "accept"]))
    tab_to(person, lambda at: at["id"] == "id_summary")
    keyboard.press("Control+A")
    keyboard.type("井盖缺失")
    tab_to(person, lambda at: at["name"] == "urgency")
    keyboard.press("ArrowDown")
    tab_to(person, lambda at: at["tag"] == "BUTTON" and at["text"] == person.say("Accept"))
    keyboard.press("Enter")
    person.sees("Accepted.")
    assert Case.objects.get(pk=case.pk).state == State.ACCEPTED


def test_the_first_tab_leads_past_the_navigation(as_person):
    person = as_person(places.reader("inspector").user)
    person.opens("/cases/")
    person.page.keyboard.press("Tab")
    expect(person.page.locator("a.skip")).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(person.page.locator("#main")).to_be_focused()


def test_an_open_menu_closes_on_escape(as_person):
    person = as_person(places.reader("inspector").user)
    summary = person.page.locator("details.menu summary")
    summary.focus()
    person.page.keyboard.press("Enter")
    expect(person.page.locator("details.menu .drop")).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(person.page.locator("details.menu .drop")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_stroke_leads_to_the_search_from_anywhere_but_a_field(as_person):
    who = places.reader("dispatcher")
    person = as_person(who.user)
    person.opens("/cases/")
    keyboard = person.page.keyboard
    keyboard.press("/")
    expect(person.page.locator("#find")).to_be_focused()
    keyboard.type(f"/{who.cases[0].summary[:2]}")
    expect(person.page.locator("#find")).to_have_value(f"/{who.cases[0].summary[:2]}")
    keyboard.press("Enter")
    expect(person.page.locator("main mark").first).to_have_text(who.cases[0].summary[:2])
