"""Rules change by two people, through pages alone, scripts off: a shorter limit, a rung, and a day off."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability import calendars
from accountability.models import Limit
from audit import clock
from changes.actions.applying import apply_due
from changes.actions.deciding import withdraw
from changes.models import Change, State
from grids.standing import standing_of
from people.models import Role
from tests.browser.persons import PHONE
from tests.journeys.people import seated

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
DAY = timedelta(days=1)


@pytest.fixture
def plain(as_person):
    """People whose scripts are off, on a phone."""
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


@pytest.fixture(autouse=True)
def nothing_else_waits(house):
    """What the demo has sent of these subjects is taken out of the way."""
    at = clock.now()
    for change in Change.objects.filter(state=State.SUBMITTED):
        withdraw(change, seen=change.version, by=standing_of(change.drafted_by, at), at=at)


def drafts(person, kind: str, subject: str, title: str) -> None:
    person.opens(f"{reverse('desk:change_new')}?kind={kind}&subject={subject}")
    person.writes("What changes, in one line", title)
    person.writes("Basis: the document, its number and its day", "区办发〔2026〕9号")


def sends(person) -> Change:
    person.presses("Save the draft")
    person.sees("Saved as a draft. Nothing is changed until a second person approves it.")
    person.presses("Send to a second person")
    person.sees("Sent. A second person decides it now.")
    return Change.objects.latest("pk")


def workday() -> date:
    calendar = calendars.current()
    ahead = (localdate(clock.now()) + n * DAY for n in range(3, 14))
    return next(day for day in ahead if day.weekday() < 5 and calendar.is_worked(day))


def test_a_shorter_limit_by_two_people_and_back(plain):
    desk, inspector = plain(seated(Role.DISTRICT_DESK)), plain(seated(Role.INSPECTOR))
    drafts(desk, "limits", "normal", "签收改为三小时")
    with desk.answered(422):
        desk.presses("Save the draft")
        desk.sees("Nothing is changed yet. Change a row, then save.")
    row = desk.page.locator("fieldset", has_text=desk.say("Sign")).first
    row.locator("input[type=number]").fill("3")
    change = sends(desk)
    assert desk.page.get_by_role("button", name=desk.say("Approve the change")).count() == 0
    inspector.opens(reverse("desk:changes"))
    inspector.page.get_by_role("link", name="签收改为三小时").click()
    inspector.sees("Clocks that run keep the limit under which they began. Nothing is due earlier or later by this.")
    inspector.presses("Approve the change")
    change.refresh_from_db()
    assert (change.state, change.decided_by) == (State.APPROVED, seated(Role.INSPECTOR))
    in_force(change)
    assert Limit.objects.get(change=change).amount == 3
    rolls_back(desk, inspector, change)
    reminds_sooner(desk, inspector)


def reminds_sooner(desk, inspector) -> None:
    """The ladder, from its own page: approved by the other, and taken back by its author before its day."""
    desk.opens(reverse("desk:ladder"))
    desk.follows("Draft a change")
    desk.writes("What changes, in one line", "提醒提前到六成")
    desk.writes("Basis: the document, its number and its day", "区办发〔2026〕10号")
    rung = desk.page.locator("fieldset", has_text=desk.say("Reminder")).first
    rung.locator("input[type=number]").first.fill("60")
    change = sends(desk)
    inspector.opens(reverse("desk:change", args=[change.pk]))
    inspector.sees("Deadlines that run keep the rungs under which they began. No deadline moves by this.")
    inspector.presses("Approve the change")
    inspector.sees("Approved, in force on its day")
    desk.opens(reverse("desk:change", args=[change.pk]))
    desk.presses("Withdraw the change")
    desk.sees("Withdrawn. Nothing was changed.")
    told = change.steps.values_list("verb", flat=True)
    assert list(told) == ["draft", "submit", "approve", "withdraw"]


def in_force(change: Change) -> None:
    """As if it had been approved the day before."""
    now = clock.now()
    Change.objects.filter(pk=change.pk).update(in_force_from=localdate(now))
    apply_due(now)


def rolls_back(desk, inspector, change: Change) -> None:
    desk.opens(reverse("desk:change", args=[change.pk]))
    desk.page.locator("summary", has_text=desk.say("Roll it back")).click()
    desk.writes("On which ground it is rolled back", "试行评估意见")
    desk.page.get_by_label(desk.say("In force from")).fill((localdate(clock.now()) + DAY).isoformat())
    desk.presses("Draft the way back")
    desk.sees("The inverse is drafted. Read it, then send it to a second person.")
    desk.presses("Send to a second person")
    back = Change.objects.latest("pk")
    inspector.opens(reverse("desk:change", args=[back.pk]))
    inspector.presses("Approve the change")
    apply_due(clock.now() + DAY)
    change.refresh_from_db()
    assert (change.state, change.undone_by) == (State.ROLLED_BACK, back)


def test_a_day_off_shows_what_it_would_move_and_is_turned_down(plain):
    desk, inspector = plain(seated(Role.DISTRICT_DESK)), plain(seated(Role.INSPECTOR))
    day = workday()
    drafts(desk, "calendar", str(day.year), "临时放假一天")
    spare = desk.page.locator("fieldset").last
    spare.locator("input[type=date]").fill(day.isoformat())
    spare.locator("select").select_option("holiday")
    spare.locator("input[type=text]").fill("试验假")
    change = sends(desk)
    inspector.opens(reverse("desk:change", args=[change.pk]))
    inspector.sees("These would move if the second person decides so. Otherwise every deadline stays where it is.")
    inspector.page.locator("summary", has_text=inspector.say("Do not approve it")).click()
    with inspector.answered(422):
        inspector.presses("Do not approve it")
        inspector.sees("Write why, for example: the basis names another phase.")
    inspector.writes("Why it is not approved", "通知没有盖章")
    inspector.presses("Do not approve it")
    inspector.sees("Not approved. Its author reads why.")
    desk.opens(reverse("desk:change", args=[change.pk]))
    assert "通知没有盖章" in desk.page.content()
