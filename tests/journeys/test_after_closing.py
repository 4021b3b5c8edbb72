"""After the closing: the resident opens the case again by their receipt, then an inspector does, and others may not."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from assessment.models import Mark
from audit import clock
from cases.models import Answer, Case, State, Verb
from liixia.demo.play import Play
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.api.calling import Caller
from tests.browser.persons import PHONE, zh
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102
NOT_RIGHT = "昨晚八点又摆出来三桌，和原来一样"


def closed_case(ago: float) -> Case:
    """One more case of the demo: a resident's, led by a unit that was whistled for, closed so many days ago."""
    stage = Stage(SEED, clock.now())
    number = next(
        number for number in range(46_000 + int(ago) * 500, 60_000)
        if (one := scene(number, SEED, stage.matters)).stop == "close" and one.handler == "whistle"
        and one.matter["urgency"] == "normal" and one.matter["channel"] != "03" and not one.rework
    )  # fmt: skip
    one = replace(scene(number, SEED, stage.matters), ago=ago)
    case = Play(number, SEED, one, stage.crew, stage.now).run()
    assert case.state == State.CLOSED
    return case


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def inspector() -> User:
    return User.objects.filter(postings__role=Role.INSPECTOR).order_by("pk")[0]


def the_resident_opens_it_again(resident, case: Case) -> None:
    page = f"/receipt/{case.reports.get().receipt_shown}/"
    resident.opens(page)
    resident.sees("Not right after all?")
    resident.presses("Open it again")
    resident.sees("Say what is not right, for example “The stalls are back every evening”")
    resident.writes("What is not right?", NOT_RIGHT)
    resident.presses("Open it again")
    resident.sees("It is open again. You read here who comes, and until when.")
    resident.sees("It was opened again, because it is not right: whoever led it is called once more.")
    assert resident.page.get_by_text(zh("Not right after all?")).count() == 0


def the_unit_is_called_once_more(unit, case: Case) -> None:
    unit.opens("/")
    unit.row(case.number).locator("a.btn").click()
    unit.presses("Sign")
    unit.sees("Signed.")
    unit.opens(reverse("desk:case", args=[case.number]))
    unit.sees(NOT_RIGHT)
    with unit.answered(409):
        unit.opens(reverse("cases:move", args=[case.number, Verb.REOPEN.value]))
        unit.sees(zh(str(State.IN_HAND.label)))


def test_a_resident_opens_it_again_and_the_unit_that_led_begins_anew(visitor, plain):
    case = closed_case(2.0)
    lead = case.summonses.select_related("unit").get(leads=True)
    the_resident_opens_it_again(visitor(java_script_enabled=False, viewport=PHONE), case)
    the_unit_is_called_once_more(plain(people.answers_for(lead.unit)), case)
    case.refresh_from_db()
    lead.refresh_from_db()
    assert (case.state, case.round, lead.state) == (State.IN_HAND, 2, Answer.SIGNED)
    assert Mark.objects.filter(case=case, unit=lead.unit).count() == 1
    call_command("verify", verbosity=0)


def test_too_late_for_the_resident_but_not_for_the_inspector(visitor, plain):
    case = closed_case(10.0)
    lead = case.summonses.select_related("unit").get(leads=True)
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    resident.opens(f"/receipt/{case.reports.get().receipt_shown}/")
    resident.sees("如仍有问题，请重新反映，会另行答复。")
    unit = plain(people.answers_for(lead.unit))
    with unit.answered(403):
        unit.opens(reverse("cases:move", args=[case.number, Verb.REOPEN.value]))
        unit.sees("区专席或本区域的督查")
    looks = plain(inspector())
    looks.opens(reverse("desk:case", args=[case.number]))
    looks.follows("Open it again")
    looks.writes("Why it is opened again", "抽查现场仍有三桌")
    looks.presses("Open it again")
    looks.sees("Opened again; whoever led it is called again, and whoever reported it reads so.")
    with looks.answered(409):
        looks.opens(reverse("cases:move", args=[case.number, Verb.REOPEN.value]))
        looks.sees(zh(str(State.IN_HAND.label)))
    case.refresh_from_db()
    assert (case.state, case.round) == (State.IN_HAND, 2)


def test_programs_open_it_again_by_the_same_rules(house):
    case = closed_case(12.0)
    unit = Caller(house.url, people.answers_for(case.summonses.get(leads=True).unit))
    path = f"cases/{case.number}/"
    seen = unit.get(path).headers["ETag"]
    refused = unit.post(path + "moves/reopen/", {"note": "再办"}, If_Match=seen)
    assert (refused.status, refused.json()["code"]) == (403, "wrong_person")
    desk = Caller(house.url, people.seated(Role.DISTRICT_DESK))
    answer = desk.post(path + "moves/reopen/", {"note": "抽查仍有三桌"}, If_Match=seen)
    assert (answer.status, answer.json()["state"]) == (200, "in_hand")
    seen = desk.get(path).headers["ETag"]
    again = desk.post(path + "moves/reopen/", {"note": "再办"}, If_Match=seen)
    assert (again.status, again.json()["code"]) == (409, "wrong_state")


def test_an_archived_case_is_read_as_before_and_changed_by_nobody(visitor, plain):
    case = Case.objects.filter(state=State.ARCHIVED, reports__isnull=False).order_by("pk")[0]
    desk = plain(people.seated(Role.DISTRICT_DESK))
    desk.opens("/cases/?state=archived")
    desk.sees(case.number)
    desk.opens(reverse("desk:case", args=[case.number]))
    desk.sees("Archived and locked.")
    desk.sees(str(case.kept_until.year))
    with desk.answered(409):
        desk.opens(reverse("cases:move", args=[case.number, Verb.REOPEN.value]))
        desk.sees("It is archived and locked: whoever sees it still reads it. What is new is reported anew.")
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    resident.opens(f"/receipt/{case.reports.first().receipt_shown}/")
    resident.sees("It is closed")
    assert resident.page.get_by_text(zh("Not right after all?")).count() == 0
