"""A report about an official goes out of sight of those whom it accuses, and comes back."""

from uuid import uuid4

import pytest
from django.urls import reverse

from audit import clock
from cases.actions import place as hand_on
from cases.invariants import faults
from cases.models import Case, Channel, State, Verb
from cases.placing import said_to_lie_in
from engagement.actions import receive
from engagement.models import Report
from grids.standing import standing_of
from people.models import Role, User
from tests.browser.persons import PHONE, zh
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WHY = "反映公职人员索要财物，属纪检监察机关受理范围"


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def told_to_the_hotline(place: people.Place) -> Report:
    """Near no item of the list, so the desk sees it first; it hands it where it is said to lie."""
    at, clerk = clock.now(), people.seated(Role.CLERK)
    report = receive(
        words="便民大厅有人收了东西才给办，我有录音", place="便民大厅", name="示例居民", phone="13900001111",
        area=place.community, channel=Channel.HOTLINE, by=standing_of(clerk, at), at=at, form_key=uuid4(),
    )  # fmt: skip
    known = said_to_lie_in(report.case)
    hand_on(report.case, by=standing_of(people.seated(Role.DISTRICT_DESK), at), at=at, area=known)
    return report


def page_of(case: Case) -> str:
    return reverse("desk:case", args=[case.number])


def form_of(case: Case, verb: Verb) -> str:
    return reverse("cases:move", args=[case.number, verb.value])


def the_street_may_not(street, case: Case) -> None:
    """It still sees the case, and who could."""
    street.opens(page_of(case))
    assert street.page.get_by_role("link", name=zh("Transfer out"), exact=True).count() == 0
    with street.answered(403):
        street.opens(form_of(case, Verb.TRANSFER))
        street.sees(zh("the district desk"))


def the_desk_passes_it_on(desk, case: Case, keeper: User) -> None:
    desk.opens(page_of(case))
    desk.follows("Transfer out")
    desk.sees("Only these still read it:")
    desk.sees(keeper.name)
    with desk.answered(422):
        desk.presses("Transfer out")
        desk.sees("Choose the authority")
    desk.ticks("%(name)s (hidden)", name="纪检监察机关")
    desk.writes("Why it is the matter of that authority", WHY)
    desk.presses("Transfer out")
    desk.sees("From now on only the district desk and the inspectors of the place find it.")
    desk.sees("纪检监察机关")
    desk.sees(WHY)


def nobody_of_the_street_finds_it(street, case: Case) -> None:
    with street.answered(404):
        street.opens(page_of(case))
        street.opens(form_of(case, Verb.ACCEPT))
    for path in (f"/search/?q={case.number[-5:]}", "/cases/?state=all", "/queue/", "/inbox/"):
        street.opens(path)
        assert street.page.get_by_text("便民大厅").count() == 0
        assert street.page.get_by_role("link", name=case.number).count() == 0


def test_a_report_about_an_official_is_passed_on_out_of_sight_and_comes_back(visitor, plain):
    place = people.place()
    report = told_to_the_hotline(place)
    case, keeper = report.case, people.seated(Role.INSPECTOR)
    street, desk = plain(place.dispatcher), plain(people.seated(Role.DISTRICT_DESK))
    the_street_may_not(street, case)
    the_desk_passes_it_on(desk, case, keeper)
    nobody_of_the_street_finds_it(street, case)
    resident = visitor(java_script_enabled=False, viewport=PHONE)
    resident.opens(f"/receipt/{report.receipt_shown}/")
    resident.sees("It was passed on to the authority that is responsible")
    assert resident.page.get_by_text("纪检").count() == 0
    desk.follows("Take it back from outside")
    desk.writes("Why it comes back", "该机关退回，由街道先核实服务流程")
    desk.presses("Take it back from outside")
    desk.sees("Taken up again where it stood.")
    street.opens(page_of(case))
    street.sees("该机关退回")
    assert street.page.get_by_text("纪检").count() == street.page.get_by_text(WHY).count() == 0
    case.refresh_from_db()
    assert case.state == State.REPORTED
    assert list(faults(clock.now())) == []
