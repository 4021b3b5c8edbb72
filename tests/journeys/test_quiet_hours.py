"""At night residents report: the dispatcher is told of what can wait in the morning, together, as one message."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import expect

from accountability.worktime import LOCAL
from alerts.models import Alert, QuietHours
from audit import clock
from engagement.models import Report
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SOON = timedelta(seconds=35)


@pytest.fixture
def until_soon(visitor):
    """Hours that are quiet now and end soon, so that nobody has to wait for a morning."""
    now = localtime(clock.now(), LOCAL)
    begins, ends = (now - timedelta(hours=1)).time(), (now + SOON).time()
    row = QuietHours.objects.create(begins=begins, ends=ends, loud="urgent", basis="试验", since=date(2020, 1, 1))
    yield
    row.delete()


def reports(resident, words: str) -> str:
    """The receipt of a resident's report, made on the phone."""
    resident.opens("/report/")
    resident.writes("What you saw, and whom it affects", words)
    resident.writes("Where, in words", "北门外十米")
    resident.chooses("Street or community", people.place().community.code)
    resident.writes("Phone", "13800000002")
    resident.presses("Send the report")
    resident.sees("Received")
    return Report.objects.by_receipt(resident.page.locator(".code").inner_text()).case.summary


@pytest.mark.usefixtures("until_soon")
def test_what_waited_over_the_night_is_one_message_in_the_morning(visitor, as_person):
    resident = visitor(viewport=PHONE)
    said = [reports(resident, words) for words in ("楼下烧烤摊的烟一直往窗里灌。", "路灯又不亮了，夜里看不见台阶。")]
    dispatcher = as_person(people.place().dispatcher)
    waits_for(Alert.objects.filter(case__summary=said[-1], recipient=people.place().dispatcher))
    dispatcher.opens("/inbox/")
    for summary in said:
        expect(dispatcher.page.locator("main")).not_to_contain_text(summary)
    digest = dispatcher.row(*said)  # with whatever else the sweep told meanwhile
    dispatcher.waits_to_see("/inbox/", digest, within=100)
    digest.get_by_text(dispatcher.say("Each of them")).click()
    for summary in said:
        expect(digest).to_contain_text(summary)
    digest.get_by_role("button", name=dispatcher.say("Mark as read")).click()
    expect(dispatcher.row(*said, dispatcher.say("Unread"))).to_have_count(0)  # what is read may stand pages below
    assert not Alert.objects.filter(case__summary__in=said, recipient=people.place().dispatcher, read_at=None).exists()
