"""Three units decline one case on the phone: the third goes to the district leader at once, and the leader rules."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Dispute, Precedent, Summons, Verb
from cases.summons import MOVES
from people.models import Role
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.calls import Calls
from tests.journeys.refusals import is_for_others
from tests.journeys.test_other_ways_by_api import accepted
from tests.journeys.test_whose_matter import declines

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def called(house) -> list[Summons]:
    """The three units that the list names, the leading one first."""
    j = Calls(house)
    accepted(j)
    lead, *others = j.units
    j.moves(j.dispatcher, "whistle", {
        "kind": "enforcement", "first_action": "昨晚两次劝离，散后复来", "why": "无处罚权", "item": j.item.code,
        "calls": [{"unit": lead.code, "leads": True}, *({"unit": unit.code} for unit in others)],
    })  # fmt: skip
    j.moves(j.who(j.place.leader), "approve")
    return list(j.case.summonses.select_related("case", "unit").order_by("-leads", "pk"))


def form(call: Summons, verb: str) -> str:
    return reverse("cases:summons_move", args=[call.case.number, call.pk, verb])


def page(call: Summons) -> str:
    return reverse("cases:dispute", args=[call.case.number, call.pk])


def test_what_three_units_decline_is_the_district_leaders_to_place(house, plain):
    calls = called(house)
    for call in calls:
        unit = plain(people.answers_for(call.unit))
        unit.opens(form(call, "decline"))
        declines(unit)
    *earlier, third = calls
    desk = plain(people.seated(Role.DISTRICT_DESK))
    is_not_the_desks(desk, earlier, third)
    the_leader_rules(plain(people.seated(Role.DISTRICT_LEADER)), earlier, third)
    the_desk_rules_on_its_own(desk, earlier[0])
    found = Dispute.objects.filter(case=third.case).order_by("pk")
    assert list(found.values_list("bench", "ruling")) == [("desk", "denied"), ("desk", ""), ("leader", "upheld")]
    kept = Precedent.objects.get(case=third.case)
    assert (kept.bench, kept.unit) == ("leader", found[2].called)
    assert third.case.summonses.open().filter(unit=kept.unit, leads=False).exists()
    assert not third.case.summonses.open().filter(unit=third.unit).exists()


def is_not_the_desks(desk, earlier: list[Summons], third: Summons) -> None:
    """It has the first two before it; of the third it reads that it lies higher."""
    desk.opens("/?kind=rule")
    for call, times in ((earlier[0], 1), (earlier[1], 1), (third, 0)):
        expect(desk.page.locator(f'main a[href="{page(call)}"]')).to_have_count(times)
    desk.opens(page(third))
    desk.sees("It lies before: %(bench)s.", bench=desk.say("The district leader"))
    desk.sees("Declined for the third time in this case.")
    desk.sees("Nothing for you to do now")
    for verb in (Verb.DENY, Verb.UPHOLD):
        is_for_others(desk, form(third, verb), MOVES[verb])


def the_leader_rules(leader, earlier: list[Summons], third: Summons) -> None:
    """At once, although the desk has not ruled on the first two, which are no business of the leader yet."""
    is_for_others(leader, form(earlier[0], "deny"), MOVES[Verb.DENY])
    leader.opens("/?kind=rule")
    leader.row(third.case.number).locator(f'a[href="{page(third)}"]').click()
    leader.follows("Uphold, and call another unit")
    with leader.answered(422):
        leader.presses("Uphold, and call another unit")
        leader.sees("Write the reasons, for example “The stall stands on the pavement: item ZHZF-01 names the unit”")
    leader.writes("The ruling and its reasons", "三家都不牵头，由该单位接手")
    leader.presses("Uphold, and call another unit")
    leader.sees("Upheld; the other unit is called.")


def the_desk_rules_on_its_own(desk, call: Summons) -> None:
    desk.opens(page(call))
    desk.follows("Deny: the unit goes on")
    desk.writes("The ruling and its reasons", "清单点名该单位主办")
    desk.presses("Deny: the unit goes on")
    desk.sees("Denied; the unit goes on.")
