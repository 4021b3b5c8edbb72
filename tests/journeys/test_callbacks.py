"""People are called back: by the list, at set hours, as often as the rule says; and what nobody may do about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from assessment.models import Mark
from audit import clock
from cases.models import Case
from engagement.models import Callback, CallHours, CallRule, Rating
from liixia.demo.callbacks import TRIED
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role
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
        if one.stop == "inspect" and one.matter["channel"] != "03" and number not in TRIED:
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
        calls(clerk, case)
        clerk.sees("Not now.")
        writes_down(clerk, "busy")
        clerk.page.locator(".errors").wait_for()
    assert Callback.objects.filter(report__case=case).count() == 1
    for outcome in ("busy", "wrong_number"):
        calls(clerk, case)
        writes_down(clerk, outcome)
    clerk.opens(reverse("desk:case", args=[case.number]))
    clerk.sees("Called as often as the rule says, nobody reached")
    assert not Rating.objects.filter(report__case=case).exists()
    closes(plain(people.seated(Role.DISTRICT_DESK)), case)
    assert set(Mark.objects.filter(case=case).values_list("solved", "satisfied")) <= {(None, None)}


def closes(desk, case: Case) -> None:
    desk.opens(reverse("cases:move", args=[case.number, "close"]))
    desk.writes("Closing words", "多次未联系上，按程序办结")
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
    assert Callback.objects.get(report__case=case).again_at == again
    clerk.opens(LIST)
    assert f"{again:%H:%M}" in clerk.row(case.number).inner_text()
    calls(clerk, case)
    writes_down(clerk, "no_answer")
    clerk.page.locator(".errors").wait_for()
    assert Callback.objects.filter(report__case=case).count() == 1
