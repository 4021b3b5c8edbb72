"""A whistle that can wait goes out only with the street leader's word; on the phone, without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audit import clock
from cases.models import Case
from grids.models import Posting
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102


def just_accepted() -> Case:
    """One more case of the demo that a street has accepted, with an item whose units are the district's own."""
    stage = Stage(SEED, clock.now())
    item, _units = people.item_of_three(people.place().street.office)
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(40_000, 42_000))
    wanted = next(
        number for number, one in scenes
        if (one.stop, one.matter["urgency"]) == ("accept", "normal") and one.days < 1
    )  # fmt: skip
    stage.play(wanted)
    case = Case.objects.latest("pk")
    Case.objects.filter(pk=case.pk).update(item=item)
    return case


def of_street(case: Case, role: str) -> User:
    return Posting.objects.filter(role=role, area__code=case.place_code[:9]).order_by("pk")[0].user


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def whistles(street, case: Case, words: str) -> None:
    street.opens(reverse("cases:whistle", args=[case.number]))
    street.writes("What the street has done already", words)
    street.writes("Why the street cannot finish it", "无处罚权")
    street.ticks("Joint enforcement")
    street.presses("Blow the whistle")
    street.sees("The whistle is written. Next: the leader of the street approves it.")


def test_a_whistle_is_refused_then_written_anew_and_approved(plain):
    case = just_accepted()
    page = reverse("desk:case", args=[case.number])
    street, leader = plain(of_street(case, Role.DISPATCHER)), plain(of_street(case, Role.STREET_LEADER))
    whistles(street, case, "昨晚劝离一次")
    assert not case.summonses.exists()
    with street.answered(409, 403):
        street.opens(reverse("cases:whistle", args=[case.number]))
        street.sees("A whistle waits for the street's leader. Withdraw it first, or wait until it is decided.")
        street.opens(reverse("cases:move", args=[case.number, "approve"]))
        street.sees(
            "“%(verb)s” is for %(who)s.",
            verb=street.say("Approve the whistle"),
            who=street.say("the leader of the street"),
        )

    leader.opens("/?kind=approve")
    leader.row(case.number).locator("a.btn").click()
    leader.follows("Do not approve the whistle")
    leader.sees("昨晚劝离一次")
    with leader.answered(422):
        leader.presses("Do not approve the whistle")
        expect(leader.page.locator(".errors")).to_be_focused()
    leader.writes("Why the whistle is not approved", "先与社区再上门一次")
    leader.presses("Do not approve the whistle")
    leader.sees("Not approved; no unit is called.")

    news = street.say("The leader of the street has not approved the whistle; the note says what to do first.")
    street.waits_to_see("/inbox/", street.row(case.number, news))
    street.opens(page)
    street.sees("先与社区再上门一次")
    whistles(street, case, "社区又上门一次，仍不改")
    leader.opens(page)
    leader.follows("Approve the whistle")
    leader.presses("Approve the whistle")
    leader.sees("Approved; the units are called.")
    unit = plain(people.answers_for(case.summonses.get(leads=True).unit))
    unit.opens(page)
    unit.sees("社区又上门一次，仍不改")
