"""People are called back: by the list, at set hours, as often as the rule says; and what nobody may do about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.timezone import localtime
from playwright.sync_api import expect

from assessment.models import Mark
from audit import clock
from cases.models import Case
from engagement.models import AnswerLink, Callback, CallHours, CallRule, Rating
from liixia.demo.callbacks import TRIED
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.test_together import SEED, dispatcher_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LIST = reverse("desk:callbacks")
NEWER = date(2020, 1, 2)


def passed_inspection(skip: int = 0) -> Case:
    """One more case of the demo, inspected and found in order, whose reporter has not been called yet."""
    stage = Stage(SEED, clock.now())
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(50_000 + skip, 54_000))
    for number, one in scenes:
        called = one.handler == "whistle" and one.matter["channel"] != "03"
        if one.stop == "inspect" and called and number not in TRIED:
            stage.play(number)
            case = Case.objects.latest("pk")
            if case.state == "calling_back":
                return case
    raise LookupError("no such case in the demo")


@contextmanager
def only_at(begins: time, ends: time) -> Iterator[None]:
    """People are called at these hours and no others."""
    rows = [
        CallHours.objects.create(day=day, part="noon", begins=begins, ends=ends, basis="试验", since=NEWER)
        for day in CallHours.Day
    ]
    yield
    CallHours.objects.filter(pk__in=[row.pk for row in rows]).delete()


@contextmanager
def apart(minutes: int) -> Iterator[None]:
    rule = CallRule.objects.create(
        attempts=3, apart_minutes=minutes, parts=1, later_days=7, grace_minutes=0, link_hours=72, basis="试验",
        since=NEWER,
    )  # fmt: skip
    yield
    rule.delete()


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def calls(person, case: Case) -> None:
    """From the list, by the one button of the row."""
    person.opens(LIST)
    person.row(case.number).locator("a.btn").click()


def writes_down(person, outcome: str) -> None:
    person.page.locator(f"input[name=outcome][value={outcome}]").check()
    person.presses("Write down this call")


def is_taken(person, case: Case) -> None:
    """What was sent is there, and the case page stands before them."""
    expect(person.page).to_have_url(person.house.url + reverse("desk:case", args=[case.number]))


def test_nobody_is_called_at_night_nor_twice_in_a_row_and_who_is_never_reached_is_not_satisfied(plain):
    case = passed_inspection()
    clerk, street = plain(people.seated(Role.CLERK)), plain(dispatcher_of(case))
    with street.answered(404):
        street.opens(LIST)
    with street.answered(403):
        street.opens(reverse("engagement:call_back", args=[case.number]))
    now = localtime(clock.now())
    elsewhen = (time(1), time(2)) if now.hour >= 12 else (time(22), time(23))
    with only_at(*elsewhen):
        calls(clerk, case)
        assert case.reports.get().phone not in clerk.page.content()
        writes_down(clerk, "no_answer")
        clerk.page.locator(".errors").wait_for()
        assert f"{elsewhen[0]:%H:%M}–{elsewhen[1]:%H:%M}" in clerk.page.locator(".errors").inner_text()
    assert not Callback.objects.filter(report__case=case).exists()
    with apart(120):
        writes_down(clerk, "no_answer")
        is_taken(clerk, case)
        calls(clerk, case)
        clerk.sees("Not now.")
        writes_down(clerk, "busy")
        clerk.page.locator(".errors").wait_for()
    assert Callback.objects.filter(report__case=case).count() == 1
    for outcome in ("busy", "wrong_number"):
        calls(clerk, case)
        writes_down(clerk, outcome)
        is_taken(clerk, case)
    clerk.opens(reverse("desk:case", args=[case.number]))
    clerk.sees("Called as often as the rule says, nobody reached")
    assert not Rating.objects.filter(report__case=case).exists()
    closes(plain(people.seated(Role.DISTRICT_DESK)), case)
    assert set(Mark.objects.filter(case=case).values_list("solved", "satisfied")) <= {(None, None)}


def closes(desk, case: Case, label: str = "What was done, for whoever reported it") -> None:
    desk.opens(reverse("cases:move", args=[case.number, "close"]))
    desk.writes(label, "多次未联系上，按程序办结")
    desk.presses("Close")
    desk.sees("Closed.")


def test_who_asks_to_be_called_later_is_called_then(plain):
    case = passed_inspection(skip=500)
    clerk = plain(people.seated(Role.CLERK))
    calls(clerk, case)
    writes_down(clerk, "later")
    clerk.page.locator(".errors").wait_for()
    again = localtime(clock.now()).replace(second=0, microsecond=0) + timedelta(minutes=30)
    clerk.page.locator("#id_again_at").fill(again.strftime("%Y-%m-%dT%H:%M"))
    clerk.presses("Write down this call")
    is_taken(clerk, case)
    assert Callback.objects.get(report__case=case).again_at == again
    clerk.opens(LIST)
    assert f"{again:%H:%M}" in clerk.row(case.number).inner_text()
    calls(clerk, case)
    writes_down(clerk, "no_answer")
    clerk.page.locator(".errors").wait_for()
    assert Callback.objects.filter(report__case=case).count() == 1


def test_a_link_answers_once_for_whoever_holds_it_and_nobody_who_handled_it_gets_one(plain, visitor):
    case = passed_inspection(skip=1000)
    report = case.reports.get()
    clerk, street = plain(people.seated(Role.CLERK)), plain(dispatcher_of(case))
    with street.answered(403):
        street.opens(reverse("engagement:call_back", args=[case.number]))
    calls(clerk, case)
    clerk.presses("Make a link to answer by")
    there = urlsplit(clerk.page.locator("#link").input_value()).path
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    for _look in range(2):
        resident.opens(there)
    assert AnswerLink.objects.get(report=report).used_at is None
    resident.ticks("Yes")
    resident.page.locator("input[name=grade][value=satisfied]").check()
    resident.presses("Send my answer")
    resident.sees("Your answer has arrived")
    assert Rating.objects.get(report=report).by is None
    assert Case.objects.get(pk=case.pk).state == "closing"
    with resident.answered(410):
        resident.opens(there)
    resident.sees("This link was used already: an answer was given by it. If that was not you, tell the hotline.")
    with resident.answered(404):
        resident.opens(reverse("engagement:answer", args=["x" * 32]))


def test_an_answer_that_is_doubted_is_asked_again_by_somebody_else_and_the_later_one_counts(plain, visitor):
    case = passed_inspection(skip=1500)
    report = case.reports.get()
    first, second = (plain(user) for user in two_clerks())
    calls(first, case)
    reached(first, "yes", "satisfied")
    is_taken(first, case)
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    resident.opens(reverse("engagement:receipt", args=[report.receipt_shown]))
    resident.page.get_by_text(resident.say("This is not what I said")).click()
    resident.writes("What did you really say?", "我没有说满意，摊位还在")
    resident.presses("Have me asked again")
    resident.page.locator("input[name=solved]").first.wait_for()
    assert Case.objects.get(pk=case.pk).state == "calling_back"
    first.opens(reverse("engagement:call_back", args=[case.number]))
    reached(first, "yes", "satisfied")
    first.page.locator(".errors").wait_for()
    first.sees("You called them the first time. Somebody else of the hotline or the district desk asks them again.")
    calls(second, case)
    second.sees("我没有说满意，摊位还在")
    reached(second, "no", "dissatisfied", "unsolved")
    is_taken(second, case)
    inspector = plain(people.seated(Role.INSPECTOR))
    with inspector.answered(409):
        inspector.opens(reverse("cases:move", args=[case.number, "ask_again"]))
    desk = plain(people.seated(Role.DISTRICT_DESK))
    closes(desk, case, "What was done, and why it is closed although the resident is not satisfied")
    answers = Rating.objects.filter(report=report).order_by("asking")
    assert list(answers.values_list("asking", "solved")) == [(1, True), (2, False)]
    desk.waits_to_see(reverse("desk:case", args=[case.number]), desk.page.locator("#marks th[scope=row]"))
    assert set(Mark.objects.filter(case=case, part="lead").values_list("solved", "satisfied")) == {(False, False)}


def two_clerks() -> list[User]:
    return list(User.objects.filter(postings__role=Role.CLERK).order_by("pk").distinct()[:2])


def reached(person, solved: str, grade: str, cause: str = "") -> None:
    for name, value in (("outcome", "reached"), ("solved", solved), ("grade", grade), ("cause", cause)):
        if value:
            person.page.locator(f"input[name={name}][value={value}]").check()
    person.presses("Write down this call")
