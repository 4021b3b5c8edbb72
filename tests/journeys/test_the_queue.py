"""A dispatcher works through what came in with the keys alone; on a phone, without scripts, by links and buttons."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accountability.models import Category
from audit import clock
from cases import actions
from cases.models import Case, Profile, State
from grids.models import Area, AreaKind
from grids.standing import standing_of
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FIELDS = {"summary": "夜市烧烤占道", "urgency": "normal"}


def reported(summary: str, apart: float = 0.0) -> Case:
    """One more that came in just now, in a grid of the place, urgent: such are the first of the queue."""
    grids = Area.objects.filter(kind=AreaKind.GRID, parent=people.place().community, lon__isnull=False)
    grid = grids.order_by("code")[0]
    return actions.open_case(
        area=grid, category=Category.objects.get(name="综合执法"), summary=summary, channel="03", by=None,
        at=clock.now(), profile=Profile.objects.get(code="grid"), lon=grid.lon + apart, lat=grid.lat, urgency="extreme",
    )  # fmt: skip


def accepted(case: Case) -> Case:
    at, by = clock.now(), people.place().dispatcher
    return actions.accept(case, by=standing_of(by, at), at=at, category=case.category, **FIELDS)


def test_the_keys_alone_are_enough(as_person):
    main = accepted(reported("夜市烧烤摊占道"))
    same, next_one, last = reported("烧烤摊占道，夜市口", 0.0001), reported("路口窨井盖响"), reported("楼道堆物")
    person = as_person(people.place().dispatcher)
    page = person.opens(f"{reverse('desk:queue')}?case={same.number}")
    press = page.keyboard.press
    title = page.locator(".queue-head h2")
    expect(title).to_have_text(same.summary)
    press("?")
    expect(page.locator("#keys-on")).to_be_visible()
    press("?")
    expect(page.locator("#keys-on")).to_be_hidden()
    press("e")
    page.keyboard.type("jk?")
    expect(title).to_have_text(same.summary)
    expect(page.locator("#accept_summary")).to_have_value("jk?")
    press("Escape")

    joins = page.locator("[data-key~=m]")
    expect(joins).to_contain_text(main.number)
    press("m")
    person.sees("Merged.")
    assert Case.objects.get(pk=same.pk).state == State.MERGED
    page.wait_for_load_state()  # the keys are heard once the page's scripts are there
    press("u")
    person.sees("Taken out again; its own time has run on.")
    assert Case.objects.get(pk=same.pk).state == State.REPORTED

    page = person.opens(f"{reverse('desk:queue')}?case={next_one.number}")
    press("j")
    expect(title).not_to_have_text(next_one.summary)
    press("k")
    expect(title).to_have_text(next_one.summary)
    press("a")
    person.sees("Accepted.")
    assert Case.objects.get(pk=next_one.pk).state == State.ACCEPTED
    press("u")
    person.sees("Undone; it waits to be accepted as before.")
    assert Case.objects.get(pk=next_one.pk).state == State.REPORTED

    person.opens(f"{reverse('desk:queue')}?case={last.number}")
    press("t")
    page.keyboard.type("由小区物业处理，请找物业服务中心")
    press("Tab")
    press("Enter")
    person.sees("Turned down.")
    assert Case.objects.get(pk=last.pk).state == State.TURNED_DOWN


def test_whoever_wants_no_keys_switches_them_off(as_person):
    one, _other = reported("路灯不亮"), reported("路牌歪了")
    person = as_person(people.place().dispatcher)
    page = person.opens(f"{reverse('desk:queue')}?case={one.number}")
    page.keyboard.press("?")
    page.get_by_label(person.say("Use these keys")).uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    person.opens(f"{reverse('desk:queue')}?case={one.number}")
    page.keyboard.press("a")
    expect(page.locator(".queue-head h2")).to_have_text(one.summary)
    assert Case.objects.get(pk=one.pk).state == State.REPORTED


def test_on_a_phone_without_scripts(as_person):
    case = reported("井盖松动")
    person = as_person(people.place().dispatcher, java_script_enabled=False, viewport=PHONE)
    page = person.opens(reverse("desk:queue"))
    expect(page.locator(".queue .open")).to_be_hidden()
    page.locator(f".queue .list a[href*='{case.number}']").click()
    expect(page.locator(".queue .list")).to_be_hidden()
    expect(page.locator(".queue-head h2")).to_have_text(case.summary)
    page.locator(".turn-down summary").click()
    with person.answered(422):
        page.locator(".turn-down button").click()
        expect(page.locator(".errors")).to_be_visible()
    person.writes("On what ground it is turned down", "已由产权单位处理，详情请问供水公司")
    person.presses("Turn down")
    person.sees("Turned down.")
    person.presses("Undo")
    person.sees("Undone; it waits to be accepted as before.")
    assert Case.objects.get(pk=case.pk).state == State.REPORTED
    expect(page).to_have_url(person.house.url + reverse("desk:queue"))
