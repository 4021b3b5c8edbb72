"""A session that ends while a form is being filled in takes no word away."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case, State, Verb
from people.models import User
from tests.browser import places
from tests.browser.house import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = "不属本街道：线路归供电公司，已告知诉求人。\n第二行也在。"


def sign_out_everywhere(person) -> None:
    cookie = next(cookie for cookie in person.context.cookies() if cookie["name"] == "sessionid")
    assert Session.objects.filter(session_key=cookie["value"]).delete()[0] == 1


def signs_in_again(person, user: User) -> None:
    person.sees("What you wrote is kept: sign in and go on where you were.")
    person.writes("Account", user.username)
    person.writes("Password", PASSWORD)
    person.presses("Sign in")


def test_a_moves_words_are_there_after_the_sign_in_and_can_be_sent(as_person):
    who = places.reader("dispatcher")
    case = next(case for case in who.cases if case.state == State.REPORTED)
    person = as_person(who.user)
    person.opens(reverse("cases:move", args=[case.number, Verb.TURN_DOWN.value]))
    person.page.locator("#id_note").fill(WORDS)
    sign_out_everywhere(person)
    person.presses("Turn down")
    signs_in_again(person, who.user)
    person.sees("You were signed out meanwhile. What you wrote is all still here.")
    expect(person.page.locator("#id_note")).to_have_value(WORDS)
    assert Case.objects.get(pk=case.pk).state == State.REPORTED
    person.presses("Turn down")
    person.sees("Turned down.")


def test_a_clerks_report_is_there_after_the_sign_in(as_person):
    who = places.reader("clerk")
    person = as_person(who.user)
    person.opens(reverse("engagement:clerk_report"))
    person.writes("The caller's words", WORDS)
    person.page.locator("#id_name").fill("王某")
    person.page.locator("#id_wants_answer").uncheck()
    before = Case.objects.count()
    sign_out_everywhere(person)
    person.page.locator("main form button.go").click()
    signs_in_again(person, who.user)
    expect(person.page.locator("#id_words")).to_have_value(WORDS)
    expect(person.page.locator("#id_name")).to_have_value("王某")
    expect(person.page.locator("#id_wants_answer")).not_to_be_checked()
    assert Case.objects.count() == before


def test_a_residents_draft_outlives_the_page(visitor):
    person = visitor()
    person.opens("/report/")
    person.writes("What you saw, and whom it affects", WORDS)
    person.opens("/report/")
    expect(person.page.locator("#id_words")).to_have_value(WORDS)
