"""Of a joint action the street lets one unit go before the others, once its result is there; by phone, scripts off."""

import pytest
from django.urls import reverse

from cases.models import JointAction, JointMember, Summons, Verb
from cases.summons import MOVES
from tests.browser.persons import PHONE, zh
from tests.journeys import people
from tests.journeys.calls import Calls
from tests.journeys.refusals import is_for_others
from tests.journeys.test_other_ways_by_api import whistled
from tests.journeys.test_together import convenes, gives_its_result, signs_in
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


@pytest.fixture
def j(house) -> Calls:
    """Two units are called."""
    j = Calls(house)
    whistled(j)
    return j


def test_one_unit_may_leave_and_the_other_stays(j, plain):
    case = j.case
    lead, other = case.summonses.select_related("unit").order_by("-leads", "pk")
    street = plain(j.place.dispatcher)
    first, second = plain(people.answers_for(lead.unit)), plain(people.answers_for(other.unit))
    convenes(street, case, lead, other)
    waits_for(JointAction.objects.filter(case=case, begun_at__isnull=False))
    for person, call in ((first, lead), (second, other)):
        signs_in(person, case, call)
    form = reverse("cases:summons_move", args=[case.number, other.pk, "let_go"])
    stays_without_a_result(street, form)
    gives_its_result(second, case, other)
    is_for_others(second, form, MOVES[Verb.LET_GO])
    lets_go(street, case, form)
    assert [part(call).let_go_at is None for call in (lead, other)] == [True, False]
    second.waits_to_see("/inbox/", second.row(zh("%(unit)s may leave.", unit=other.unit.short_name), case.number))
    left = part(other).let_go_at
    gives_its_result(first, case, lead)
    ends(street, case)
    assert part(other).let_go_at == left < part(lead).let_go_at


def part(call: Summons) -> JointMember:
    return JointMember.objects.get(summons=call)


def stays_without_a_result(street, form: str) -> None:
    with street.answered(409):
        street.opens(form)
    street.sees("It has not given its result yet, so it stays.")


def lets_go(street, case, form: str) -> None:
    """Only whose result is there is offered; and once is enough."""
    street.opens(reverse("cases:joint", args=[case.number, JointAction.objects.get(case=case).pk]))
    assert street.page.locator('#members a[href$="let_go"], #members a[href$="let_go/"]').count() == 1
    street.follows("Agree that it leaves")
    assert street.page.url == street.house.url + form
    street.presses("Agree that it leaves")
    street.sees("The unit may leave.")
    with street.answered(409):
        street.opens(form)
    street.sees("It has been let go already.")


def ends(street, case) -> None:
    street.opens(reverse("cases:move", args=[case.number, "conclude"]))
    street.writes("The minutes", "一家先行离场，另一家留到最后")
    street.presses("Write the minutes and end it")
    street.sees("The minutes are on record; all units may leave.")
