"""What one person does on one page, as every journey needs it; each begins on that person's “My work”."""

from django.urls import reverse

from cases.models import Case
from tests.browser.persons import Person, zh


def takes_up(person: Person, case: Case) -> None:
    """By the one button of the row."""
    person.opens("/")
    person.row(case.number).locator("a.btn").click()


def chooses_to(person: Person, case: Case, verb: str) -> None:
    """From the case page, by the button of the move."""
    person.opens(reverse("desk:case", args=[case.number]))
    person.page.locator(".acts").get_by_text(zh(verb), exact=True).first.click()


def signs(person: Person, case: Case) -> None:
    takes_up(person, case)
    person.presses("Sign")
    person.sees("Signed.")


def makes_contact(person: Person, case: Case) -> None:
    takes_up(person, case)
    person.writes("Whom you reached", "诉求人")
    person.ticks("By phone")
    person.writes("What was said", "约定今晚现场见")
    person.presses("Log first contact")
    person.sees("First contact is on record.")


def arrives(person: Person, case: Case) -> None:
    takes_up(person, case)
    person.writes("How many people came", "2")
    person.writes("Where, and what you found", "北门外，三个摊位")
    person.presses("Log arrival")
    person.sees("Arrival is on record.")


def replies(person: Person, case: Case, words: str = "三个摊位已清离，物品已登记") -> None:
    takes_up(person, case)
    person.writes("What your unit did, and what came of it", words)
    person.presses("Reply")
    person.sees("The reply is on record.")
