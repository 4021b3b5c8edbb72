"""Two people report one matter: each is asked by the hotline, reads of their own answer, and nobody else asks them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.linking import answered_by
from cases.models import Verb
from cases.workflow import MOVES
from engagement.models import Rating, Report
from people.models import Role
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.calls import Calls
from tests.journeys.refusals import is_for_others
from tests.journeys.test_callbacks import is_taken
from tests.journeys.test_other_ways_by_api import accepted, reported, settled

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = ("北门外的摊位占着人行道", "门口的油烟呛得关不了窗")
ASKED = "We asked you what you think of it."


@pytest.fixture
def j(house) -> Calls:
    """A case of two reports, settled and looked at."""
    j = Calls(house)
    main = accepted(j, phone="13800000071", words=WORDS[0])
    reported(j, phone="13800000072", words=WORDS[1])
    j.moves(j.dispatcher, "merge", {"main": main, "note": "同一摊位"})
    j.number = main
    settled(j)
    return j


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


@pytest.fixture
def resident(visitor):
    """Whoever holds this receipt, at a phone of their own."""

    def at_a_phone(report: Report):
        person = visitor(java_script_enabled=False, viewport=PHONE)
        person.opens(reverse("engagement:receipt", args=[report.receipt]))
        return person

    return at_a_phone


def test_each_of_two_callers_is_heard_before_it_goes_on(j, plain, resident):
    case = j.case
    first, second = (Report.objects.get(words=words) for words in WORDS)
    asks = reverse("engagement:call_back", args=[case.number])
    others_do_not_ask(plain, j, asks)
    clerk = plain(people.seated(Role.CLERK))
    clerk.opens(asks)
    clerk.sees("Everybody who reported it")
    clerk.page.locator(f'a[href="?report={second.pk}"]').first.click()
    assert heard(clerk, second, "satisfied") == "calling_back"
    reads(resident(second), asked=True)
    reads(resident(first), asked=False)
    is_not_asked_twice(clerk, asks, second)
    clerk.opens(asks)
    assert heard(clerk, first, "fairly") == "closing"
    reads(resident(first), asked=True)
    said = case.steps.filter(verb__in=(Verb.HEAR, Verb.CALL_BACK)).order_by("seq")
    assert [(step.verb, step.facts["report"]) for step in said] == [("hear", second.pk), ("call_back", first.pk)]
    assert [Rating.objects.get(report=one).grade for one in (first, second)] == ["fairly", "satisfied"]


def heard(clerk, report: Report, grade: str) -> str:
    """On the open page, by the words of whoever is called; how the case of both stands then."""
    clerk.sees(report.words)
    answers(clerk, grade)
    is_taken(clerk, answered_by(report.case))
    return answered_by(Report.objects.get(pk=report.pk).case).state


def others_do_not_ask(plain, j: Calls, asks: str) -> None:
    """Neither the street nor who settled it."""
    for user in (j.place.dispatcher, j.place.worker):
        is_for_others(plain(user), asks, MOVES[Verb.CALL_BACK])


def answers(clerk, grade: str) -> None:
    for name, value in (("outcome", "reached"), ("solved", "yes"), ("grade", grade)):
        clerk.page.locator(f"input[name={name}][value={value}]").check()
    clerk.presses("Write down this call")


def is_not_asked_twice(clerk, asks: str, report: Report) -> None:
    clerk.opens(f"{asks}?report={report.pk}")
    answers(clerk, "fairly")
    clerk.sees("This round has been rated already. Thank you.")
    assert Rating.objects.get(report=report).grade == "satisfied"


def reads(person, asked: bool) -> None:
    """On the page of the receipt, of themselves alone."""
    expect(person.page.locator("main").get_by_text(person.say(ASKED))).to_have_count(int(asked))
