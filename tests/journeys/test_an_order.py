"""A unit lets its reply lie: the order comes by itself, the unit answers, and nobody but the inspector closes it."""

from dataclasses import replace

import pytest
from django.urls import reverse

from audit import clock
from cases.models import Case, Order, Verb, Verdict
from liixia.demo.play import Play
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102


def three_days_over() -> Case:
    """One more case of the demo: its leading unit has arrived, and its reply is three working days overdue."""
    stage = Stage(SEED, clock.now())
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(44_000, 46_000))
    number, found = next(
        (number, one) for number, one in scenes
        if (one.stop, one.handler, one.matter["urgency"]) == ("arrive", "whistle", "normal")
    )  # fmt: skip
    return Play(number, SEED, replace(found, days=11.5), stage.crew, stage.now).run()


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def answers(unit, number: str, words: str) -> None:
    unit.waits_to_see("/?kind=answer", unit.row(number), within=60)
    unit.row(number).locator("a.btn").click()
    unit.writes("Your unit's answer", words)
    unit.presses("Answer the order")
    unit.sees("The answer is on record; an inspector judges it.")


def judges(inspector, number: str, verb: str) -> None:
    """From the board to the case's orders, and there by the button of the move."""
    inspector.opens("/supervision/?rung=judge")
    inspector.row(number).locator("a.btn").click()
    inspector.page.locator("#orders").get_by_role("link", name=inspector.say(verb), exact=True).click()


def test_an_order_is_answered_returned_answered_again_and_closed_by_the_inspector_alone(plain):
    case = three_days_over()
    lead = case.summonses.get(leads=True)
    unit = plain(people.answers_for(lead.unit))
    inspector = plain(User.objects.filter(postings__role=Role.INSPECTOR).order_by("pk")[0])

    unit.waits_to_see("/supervision/?rung=answer", unit.row(case.number), within=60)
    answers(unit, case.number, "正在处理")
    with unit.answered(403):
        unit.opens(reverse("cases:summons_move", args=[case.number, lead.pk, Verb.CLOSE_ORDER.value]))
        unit.sees(
            "“%(verb)s” is for %(who)s.",
            verb=unit.say("Close the order"),
            who=unit.say("an inspector of the place, never of a unit that handles the case"),
        )

    judges(inspector, case.number, "Return the answer")
    inspector.sees("正在处理")
    inspector.writes("What the answer lacks", "未写由谁、何时办结")
    inspector.presses("Return the answer")
    inspector.sees("Returned; the unit answers again.")

    answers(unit, case.number, "周四办结，陈立带队")
    judges(inspector, case.number, "Close the order")
    inspector.ticks("Put right")
    inspector.writes("What you found", "现场查看，已办结")
    inspector.presses("Close the order")
    inspector.sees("The order is closed.")

    unit.opens(reverse("desk:case", args=[case.number]))
    unit.sees("现场查看，已办结")
    order = Order.objects.get(summons=lead)
    assert (order.returned, order.verdict, order.answer) == (1, Verdict.REMEDIED, "周四办结，陈立带队")
