"""A street calls two units together: they sign in on the phone, one stays silent, the street writes the minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from accountability.models import Phase
from audit import clock
from cases.models import Case, JointAction, JointMember, Step, Verb
from cases.proving import code_of
from grids.models import Posting
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.journey import limit
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SEED = 370102


def just_called() -> Case:
    """One more case of the demo, extreme, whose whistle has just gone to two units or more."""
    stage = Stage(SEED, clock.now())
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(40_000, 44_000))
    fitting = (
        number for number, one in scenes
        if (one.stop, one.handler, one.matter["urgency"]) == ("decide", "whistle", "extreme") and one.matter["item"]
    )  # fmt: skip
    for number in fitting:
        stage.play(number)
        case = Case.objects.latest("pk")
        if case.state == "in_hand" and case.summonses.open().count() >= 2:
            return case
    raise LookupError("no such case in the demo")


def dispatcher_of(case: Case) -> User:
    return Posting.objects.filter(role=Role.DISPATCHER, area__code=case.place_code[:9]).order_by("pk")[0].user


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def test_units_come_together_and_leave_when_the_street_agrees(plain):
    case = just_called()
    lead, other = case.summonses.open().select_related("unit").order_by("-leads", "pk")[:2]
    street = plain(dispatcher_of(case))
    limit(Phase.JOINT, 30, "clock_second")
    convenes(street, case, lead, other)
    joint = JointAction.objects.get(case=case)
    page = reverse("cases:joint", args=[case.number, joint.pk])
    first, second = plain(people.answers_for(lead.unit)), plain(people.answers_for(other.unit))
    with first.answered(409):
        first.opens(reverse("cases:summons_move", args=[case.number, lead.pk, "attend"]))
    waits_for(JointAction.objects.filter(pk=joint.pk, begun_at__isnull=False))
    signs_in(first, case, lead, by_code=True)
    signs_in(second, case, other)
    limit(Phase.JOINT, 30, "clock_minute")
    lead_comes_last(first, case, lead)
    waits_for(JointMember.objects.filter(joint=joint, summons=other, silent_at__isnull=False))
    gives_its_result(first, case, lead)
    street.opens(page)
    with second.answered(403):
        second.opens(reverse("cases:move", args=[case.number, "conclude"]))
    ends(street, case, page)
    parts = {part.summons_id: part for part in JointMember.objects.filter(joint=joint)}
    assert (parts[lead.pk].proof, parts[other.pk].proof) == ("code", "said")
    assert (parts[lead.pk].silent_at, parts[other.pk].result) == (None, "")
    lapse = Step.objects.get(case=case, verb=Verb.LAPSE, facts__phase="joint")
    assert (lapse.summons_id, lapse.facts["silent"]) == (other.pk, True)
    assert all(part.let_go_at for part in parts.values())


def convenes(street, case, lead, other) -> None:
    """At the next full minute that leaves time to send the form."""
    street.opens(reverse("desk:case", args=[case.number]))
    street.follows("Open a joint action")
    with street.answered(422):
        street.presses("Open a joint action")
        street.sees("Choose what kind it is.")
    street.ticks("Joint enforcement on site")
    street.writes("Where they meet", "市场北门")
    meets = localtime(clock.now() + timedelta(seconds=70)).replace(second=0, microsecond=0)
    street.page.locator("#id_meets_at").fill(meets.strftime("%Y-%m-%dT%H:%M"))
    for box in street.page.locator("input[name=members]").all():
        box.set_checked(box.get_attribute("value") in (lead.unit.code, other.unit.code))
    street.chooses("Which unit leads it", lead.unit.code)
    street.writes("The plan", "先查证照，再清占道")
    street.presses("Open a joint action")
    street.sees("The joint action is open; its units are told.")


def signs_in(person, case, call, by_code: bool = False) -> None:
    person.opens(reverse("desk:case", args=[case.number]))
    person.follows("Sign in on the spot")
    person.writes("Who came", "王中队长等")
    person.writes("How many people came", "3")
    if by_code:
        right = code_of(case, clock.now()).figures
        person.writes("The street's code", str((int(right) + 1) % 10**6).zfill(6))
        with person.answered(422):
            person.presses("Sign in on the spot")
            person.sees(
                "That is not the street's code, or it has changed meanwhile. "
                "Ask the street's people for the one shown now."
            )
        person.writes("The street's code", code_of(case, clock.now()).figures)
    person.presses("Sign in on the spot")
    person.sees("Your unit is signed in.")


def lead_comes_last(person, case, call) -> None:
    with person.answered(409):
        person.opens(reverse("cases:summons_move", args=[case.number, call.pk, "outcome"]))


def gives_its_result(person, case, call) -> None:
    person.opens(reverse("cases:joint", args=[case.number, JointAction.objects.get(case=case).pk]))
    person.follows("Give the unit's result")
    person.writes("What your unit did here, and what it found", "下达通知两份，炉具已封存")
    person.presses("Give the unit's result")
    person.sees("Your unit's result is on record.")


def ends(street, case, page: str) -> None:
    street.opens(page)
    street.sees("The street's code")
    street.follows("Write the minutes and end it")
    street.writes("The minutes", "两家到场，一家未反馈；周五复查")
    street.presses("Write the minutes and end it")
    street.sees("The minutes are on record; all units may leave.")
    street.opens(page)
    assert "两家到场，一家未反馈；周五复查" in street.page.locator("#minutes").inner_text()
