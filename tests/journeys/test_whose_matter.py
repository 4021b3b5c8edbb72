"""A unit declines on the phone, the desk puts it before the conferral, which calls another unit; scripts are off."""

import pytest
from django.urls import reverse

from audit import clock
from cases.models import Dispute, Precedent, Summons
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from people.models import Role, User
from tests.browser.persons import PHONE
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102


def just_called() -> Summons:
    """The leading unit of one more case of the demo whose whistle has only just been blown."""
    stage = Stage(SEED, clock.now())
    scenes = ((number, scene(number, SEED, stage.matters)) for number in range(30_000, 32_000))
    wanted = next(
        number for number, one in scenes
        if (one.stop, one.handler, one.matter["urgency"]) == ("decide", "whistle", "normal")
        and one.matter["item"] and one.days < 1
    )  # fmt: skip
    stage.play(wanted)
    return Summons.objects.select_related("case", "unit").filter(leads=True).latest("pk")


def holding(role: str) -> User:
    return User.objects.filter(unit_roles__role=role).order_by("pk")[0]


@pytest.fixture
def plain(as_person):
    return lambda user: as_person(user, java_script_enabled=False, viewport=PHONE)


def test_a_call_is_declined_and_another_unit_called_in_its_place(plain):
    call = just_called()
    form = reverse("cases:summons_move", args=[call.case.number, call.pk, "decline"])
    unit = plain(people.answers_for(call.unit))
    unit.opens(reverse("desk:case", args=[call.case.number]))
    unit.follows("Decline")
    with unit.answered(422):
        unit.presses("Decline")
        unit.sees("Choose the duty of the list that shows it.")
    declines(unit)
    assert unit.page.url.endswith(reverse("desk:case", args=[call.case.number]))
    with unit.answered(409):
        unit.opens(form)
    unit.sees("Your unit has declined this case before; once is all. Go on, and tell the district desk what is new.")
    confers(plain, call)


def declines(unit) -> None:
    """On the open form, by a duty of the list and with the last of all units that may come instead."""
    unit.page.get_by_role("radio").first.check()
    unit.writes("Why it is not your unit's matter", "清单写明我局只负责业务指导")
    other = unit.page.locator("#id_to optgroup option").last
    unit.chooses("The unit that it belongs to", other.get_attribute("value"))
    unit.presses("Decline")
    unit.sees("Declined; your unit goes on until it is decided.")


def confers(plain, call: Summons) -> None:
    page = reverse("cases:dispute", args=[call.case.number, call.pk])
    desk = plain(people.seated(Role.DISTRICT_DESK))
    desk.opens("/?kind=rule")
    desk.row(call.case.number).locator(f'a[href="{page}"]').click()
    desk.sees("What the list says")
    desk.follows("Put before the conferral")
    desk.writes("Why it goes to the next", "两家职责都沾边，请会商")
    desk.presses("Put before the conferral")
    desk.sees("Put before the conferral.")
    editor = plain(holding(Role.ESTABLISHMENT))
    editor.opens(page)
    editor.follows("Put a ruling to the other office")
    editor.page.get_by_role("radio").first.check()
    editor.writes("The ruling and its reasons", "三定方案写明由该单位查处")
    editor.presses("Put a ruling to the other office")
    editor.sees("Put to the other office; nothing is decided until it agrees.")
    lawyer = plain(holding(Role.LEGAL))
    lawyer.opens(page)
    lawyer.sees("三定方案写明由该单位查处")
    lawyer.follows("Uphold, and call another unit")
    lawyer.writes("The ruling and its reasons", "同意编办意见")
    lawyer.presses("Uphold, and call another unit")
    lawyer.sees("Upheld; the other unit is called.")
    dispute = Dispute.objects.get(summons=call)
    assert call.case.summonses.open().get(leads=True).unit == dispute.called == dispute.believed
    assert Precedent.objects.get(dispute=dispute).unit == dispute.believed
