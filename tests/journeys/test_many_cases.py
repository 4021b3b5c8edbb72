"""Many cases at once: from a red number to the late ones; a list narrowed, kept, signed, given out, and exported."""

import re
from collections import Counter
from datetime import timedelta
from itertools import islice

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from audit import clock
from cases import actions
from cases.models import Answer, Case, Summons, Verb
from desk.actions import exports
from desk.models import ExportJob, SavedView
from grids.standing import standing_of
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def silent(count: int, first: int) -> list[Summons]:
    """So many more cases of the demo as they stood days ago: the units are called, and nobody has signed since."""
    stage = Stage(SEED, clock.now() - timedelta(days=5))
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(first, first + 2000))
    wanted = (number for number, one in scenes if (one.stop, one.handler) == ("decide", "whistle"))
    before = Case.objects.latest("pk").pk
    for number in islice(wanted, count):
        stage.play(number)
    called = Summons.objects.filter(case__pk__gt=before, level="called", unit__roles__role=Role.RESPONDER).distinct()
    return list(called.select_related("case__category", "unit").order_by("pk"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_a_red_number_to_the_late_summons_in_two_clicks(as_person, language):
    late = silent(1, first=5000 if language == "zh" else 7000)[0]
    person = as_person(people.answers_for(late.unit), language=language)
    person.opens("/dashboard/")
    red = person.page.locator("nav.stats a.red")
    number = int(red.locator("b").inner_text())
    red.click()
    rows = person.page.locator("main table tbody tr")
    expect(rows).to_have_count(number)
    rows.filter(has_text=late.case.number).get_by_role("link").click()
    expect(person.page).to_have_url(
        f"{person.house.url}{reverse('desk:case', args=[late.case.number])}#unit-{late.unit.code}"
    )
    expect(person.page.locator(f"#unit-{late.unit.code} .light.red").first).to_be_in_viewport()


def test_a_list_is_narrowed_kept_signed_in_one_go_and_exported(as_person):
    called = silent(6, first=9000)
    unit = Counter(call.unit for call in called).most_common(1)[0][0]
    calls, user = [call for call in called if call.unit == unit], people.answers_for(unit)
    person = as_person(user)
    page = person.page
    person.opens("/cases/")
    person.chooses("Category", calls[0].case.category.code)
    person.presses("Show")
    expect(page).to_have_url(re.compile(f"category={calls[0].case.category.code}"))
    page.get_by_text(person.say("Save this view"), exact=True).click()
    person.writes("Name of the view", "待签收")
    person.presses("Save")
    expect(page.get_by_role("navigation", name=person.say("Saved views"))).to_contain_text("待签收")
    assert SavedView.objects.get(owner=user).name == "待签收"
    tick = person.page.get_by_role("link", name=person.say("Tick those for “%(verb)s”", verb=person.say("Sign")))
    (tick if tick.count() else person.page.get_by_role("link", name=person.say("Tick all on this page"))).click()
    page.locator("button[name=verb][value=sign]").click()
    mine = [call.pk for call in calls if call.case.category_id == calls[0].case.category_id]
    expect(page.locator(".messages")).to_be_visible()
    assert set(Summons.objects.filter(pk__in=mine).values_list("state", flat=True)) == {Answer.SIGNED}
    exported(person, user)


def test_many_are_given_to_one_colleague_on_a_phone_without_scripts(as_person):
    """One of them a colleague has taken meanwhile: it is named with its reason, and the others are done."""
    called = [call for call in silent(9, first=11000) if call.unit.roles.filter(role=Role.RESPONDER).count() > 1]
    unit = Counter(call.unit for call in called).most_common(1)[0][0]
    *calls, taken = [call for call in called if call.unit == unit]
    giver, colleague = people.two_of(unit)
    person = as_person(giver, java_script_enabled=False, viewport=PHONE)
    person.opens("/cases/?state=open")
    for call in (*calls, taken):
        person.page.get_by_label(person.say("Tick %(number)s", number=call.case.number)).check()
    person.page.locator("button[name=verb][value=assign]").click()
    person.chooses("To whom", str(colleague.pk))
    person.writes("Note", "这几件请一起跑一趟")
    at = clock.now()
    actions.answer(taken, Verb.CLAIM, by=standing_of(colleague, at), at=at)
    with person.answered(422):
        person.presses("Give to a colleague")
        person.follows("Look at case %(number)s", number=taken.case.number)
    expect(person.page).to_have_url(person.house.url + reverse("desk:case", args=[taken.case.number]))
    assert set(Summons.objects.filter(pk__in=[call.pk for call in calls]).values_list("worker", flat=True)) == {
        colleague.pk
    }
    other = as_person(colleague)
    other.opens("/cases/?hands=mine")
    for call in calls:
        expect(other.row(call.case.number)).to_be_visible()


def exported(person, user: User) -> None:
    """What the file says is what the list shows."""
    numbers = [
        text.strip() for text in person.page.locator("main td.tick ~ th .nowrap, main tr th .nowrap").all_inner_texts()
    ]
    person.presses("Export to Excel")
    job = ExportJob.objects.filter(owner=user).order_by("-asked_at")[0]
    exports.run(job.pk, now=clock.now)
    expect(person.page.locator("h1")).to_have_text(person.say("The file is ready: %(count)s rows", count=len(numbers)))
    with person.page.expect_download() as download:
        person.follows("Download")
    rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
    told = {str(cell) for row in rows for cell in row}
    assert set(Case.objects.filter(number__in=told).values_list("number", flat=True)) == set(numbers)
