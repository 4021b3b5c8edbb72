"""A burst main: the unit logs each part of its reply as it is reached, each on its own clock; by phone, scripts off."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from accountability.models import Clock, Limit, Situation
from accountability.situations import index
from audit.loaded import keep
from cases.models import Summons, Verb
from cases.summons import MOVES
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.calls import Calls
from tests.journeys.refusals import is_for_others
from tests.journeys.test_other_ways_by_api import accepts, reported, whistles
from tests.journeys.test_whole_life_by_api import contact
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NONE_LEFT = "No milestone is open. Reply when all is done."
FENCE, REPAIR, RESTORE = "围护", "修复", "恢复路面"
# Nobody can keep the second one.
PARTS = ((FENCE, 3, "clock_hour"), (REPAIR, 2, "clock_second"), (RESTORE, 5, "working_day"))


@pytest.fixture
def j(house) -> Calls:
    """Both units have signed; the leading one has made contact, and three parts are before it."""
    j = Calls(house)
    main = Situation.objects.create(item=j.item, code="S-PARTS", name="水管破裂", looks_like="冒水", urgency="normal")
    index([main])
    keep(Situation, ["code"])  # as if it had come from a file
    for name, amount, unit in PARTS:
        Limit.objects.create(
            urgency="normal", phase="result", situation=main, milestone=name, amount=amount, unit=unit, basis="试验",
            since=date(2020, 1, 1),
        )  # fmt: skip
    reported(j, words="路面往外冒清水，越流越大。")
    accepts(j, situation=main.code)
    whistles(j)
    for verb, body in (("sign", {}), ("respond", contact())):
        j.answers(j.units[0], verb, body)
    j.answers(j.units[1], "sign")
    return j


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def form(call: Summons) -> str:
    return reverse("cases:summons_move", args=[call.case.number, call.pk, "reach"])


def clock_of(call: Summons, part: str) -> Clock:
    return Clock.objects.of("summons", [call.pk]).get(milestone=part)


def test_each_part_is_reached_once_by_its_own_unit_on_its_own_clock(j, plain, visitor):
    lead, other = j.case.summonses.select_related("case", "unit").order_by("-leads", "pk")
    unit, colleague = plain(people.answers_for(lead.unit)), plain(people.two_of(lead.unit)[-1])
    another_unit_reaches_nothing(plain(people.answers_for(other.unit)), lead, other)
    colleague.opens(form(lead))
    unit.opens(reverse("desk:case", args=[j.number]))
    unit.follows("Log a milestone")
    with unit.answered(422):
        unit.presses("Log a milestone")
        unit.sees("Choose one of the milestones that are open.")
    reaches(unit, FENCE)
    unit.sees("The milestone is on record.")
    with colleague.answered(412, 422):
        reaches(colleague, FENCE)
        colleague.sees("Choose one of the milestones that are open.")
    only_the_second_is_late(lead)
    for part in (REPAIR, RESTORE):
        unit.opens(form(lead))
        reaches(unit, part)
        unit.sees("The milestone is on record.")
    with unit.answered(409):
        unit.opens(form(lead))
    unit.sees(NONE_LEFT)
    assert Clock.objects.of("summons", [lead.pk]).running().filter(phase="result", milestone="").exists()
    reached = [step.facts["milestone"] for step in lead.steps.filter(verb="reach").order_by("seq")]
    assert reached == [FENCE, REPAIR, RESTORE]
    the_resident_reads_of_each(visitor(viewport=PHONE), j)
    call_command("verify", verbosity=0)


def another_unit_reaches_nothing(person, lead: Summons, own: Summons) -> None:
    """Not what the leading unit owes; and it owes no parts itself."""
    is_for_others(person, form(lead), MOVES[Verb.REACH])
    with person.answered(409):
        person.opens(form(own))
    person.sees(NONE_LEFT)


def reaches(person, part: str) -> None:
    """On the open form."""
    person.page.locator(f'input[name=milestone][value="{part}"]').check()
    person.writes("What was done", f"{part}到位，夜间警示灯已设")
    person.presses("Log a milestone")


def only_the_second_is_late(call: Summons) -> None:
    """The sweep lapses it when it was due; the first stopped in time, the third runs on."""
    waits_for(Clock.objects.of("summons", [call.pk]).filter(milestone=REPAIR, lapsed_at__isnull=False))
    fence, repair, restore = (clock_of(call, part) for part, _amount, _unit in PARTS)
    assert repair.lapsed_at == repair.due_at == repair.started_at + timedelta(seconds=2)
    assert (fence.lapsed_at, restore.lapsed_at, restore.stopped_at) == (None, None, None)
    assert fence.stopped_at < fence.due_at


def the_resident_reads_of_each(person, j: Calls) -> None:
    person.opens(reverse("engagement:receipt", args=[j.case.reports.get().receipt]))
    for part, _amount, _unit in PARTS:
        person.sees(part)
