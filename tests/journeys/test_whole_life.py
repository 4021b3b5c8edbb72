"""The whole life of a case, walked by its people through real pages: from a citizen's words to the marks.

Nothing is set but the limits of this test's data: while the third unit is called, first contact is owed within two
seconds of clock time. The sweep that notices is the one that ships, on the database's clock.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accountability.models import Clock, Phase
from alerts.models import Alert
from assessment.models import Mark
from cases.models import Origin, Verb
from engagement.models import Grade, Outcome
from people.models import Role
from tests.browser.persons import zh
from tests.journeys import people
from tests.journeys.entries import imported_and_handed_to_a_street, reported_by_a_resident
from tests.journeys.journey import Journey, limit
from tests.journeys.steps import arrives, chooses_to, makes_contact, replies, signs, takes_up

SOON = timedelta(seconds=5)
SUMMARY = "巷口摊点占道，行人绕行"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture
def journey(visitor, as_person) -> Journey:
    return Journey(visitor, as_person)


# ---- the street


def the_street_accepts(j: Journey) -> None:
    street = j.dispatcher
    handed = j.case.origin == Origin.IMPORT
    j.hears(street, "Handed to a street; it waits to be accepted." if handed else "A new report waits to be accepted.")
    takes_up(street, j.case)
    street.writes("The matter in one sentence", SUMMARY)
    street.chooses("Item of the responsibility list", j.item.code)
    street.ticks("Extreme")
    street.presses("Accept")
    street.sees("Accepted.")
    expect(street.page.locator("h1")).to_have_text(SUMMARY)


def the_street_whistles_to_two_units(j: Journey) -> None:
    street, (lead, support, third) = j.dispatcher, j.units
    takes_up(street, j.case)
    chooses_to(street, j.case, "Blow the whistle")
    street.writes("What the street has done already", "昨晚两次劝离，散后复来")
    street.writes("Why the street cannot finish it", "无处罚权")
    street.page.locator(f"#id_unit_{third.code}").uncheck()
    street.page.locator(f"#id_why_{third.code}").fill("先由两家处置")
    street.ticks("Joint enforcement")
    street.presses("Blow the whistle")
    street.sees("The whistle is blown.")
    assert [call.unit for call in j.case.summonses.order_by("-leads", "pk")] == [lead, support]
    expect(street.page.locator("main")).to_contain_text(lead.short_name)
    expect(street.page.locator("main")).to_contain_text(support.short_name)


def the_leader_approves_afterwards(j: Journey) -> None:
    """It could not wait; the units are on their way already."""
    leader = j.leader
    j.hears(leader, "%(unit)s blew the whistle; the units are called.", unit=j.place.street.office.short_name)
    takes_up(leader, j.case)
    leader.follows("Approve the whistle afterwards")
    leader.sees("What the street has done already")
    leader.presses("Approve the whistle afterwards")
    leader.sees("Approved afterwards.")


def the_street_calls_a_third_unit(j: Journey) -> None:
    """Under a limit for first contact that nobody can keep."""
    limit(Phase.RESPOND, 2, "clock_second")
    street = j.dispatcher
    chooses_to(street, j.case, "Call more units")
    street.writes("What the street has done already", "两家到场后发现另有证照问题")
    street.writes("Why the street cannot finish it", "须查验证照")
    street.ticks("Joint enforcement")
    street.presses("Blow the whistle")
    street.sees("The whistle is blown.")
    limit(Phase.RESPOND, 30, "clock_minute")
    assert j.case.summonses.count() == 3


# ---- the units


def two_units_come_in_time(j: Journey) -> None:
    for officer, unit in list(zip(j.officers, j.units, strict=True))[:2]:
        j.hears(officer, "%(unit)s is called to it.", unit=unit.short_name)
        signs(officer, j.case)
        makes_contact(officer, j.case)
        arrives(officer, j.case)


def a_colleague_takes_over(j: Journey) -> None:
    """In one of the units that have several people: taken in hand, then handed over with words from a template."""
    unit, (first, second) = next((unit, two) for unit in j.units[:2] if len(two := people.two_of(unit)) == 2)
    officer, colleague = j.who(first), j.who(second)
    chooses_to(officer, j.case, "Take in hand")
    officer.sees("You have it in hand.")
    chooses_to(officer, j.case, "Hand over")
    officer.chooses("To whom", str(second.pk))
    officer.page.locator("#id_template").select_option(index=1)
    officer.presses("Insert")
    expect(officer.page.locator("#id_note")).not_to_have_value("")
    officer.presses("Hand over")
    officer.sees("Handed over to %(who)s.", who=second.name)
    said = "%(unit)s: it is handed over to %(who)s; the note says what is done and what is open."
    j.hears(colleague, said, unit=unit.short_name, who=second.name)
    assert j.case.steps.get(verb=Verb.HAND_OVER).facts["template"]
    colleague.opens("/?hand=mine")
    expect(colleague.row(j.case.number)).to_be_visible()


def the_third_is_late_and_everybody_hears_of_it(j: Journey) -> None:
    late, unit = j.officers[2], j.units[2]
    overdue = {"unit": unit.short_name, "phase": zh("First contact")}
    for person in (late, j.dispatcher, j.who(people.seated(Role.INSPECTOR))):
        j.hears(person, "%(unit)s: “%(phase)s” is overdue.", **overdue)
    clock = Clock.objects.of("summons", [j.case.summonses.get(unit=unit).pk]).get(phase=Phase.RESPOND)
    assert clock.lapsed_at == clock.due_at == clock.started_at + timedelta(seconds=2)
    told = Alert.objects.filter(case=j.case, step__verb=Verb.LAPSE, step__unit=unit)
    assert told.count() >= 3
    assert max(alert.told_at for alert in told) - clock.due_at < SOON
    j.dispatcher.opens(j.page_of_case)
    expect(j.dispatcher.page.locator(".note.bad")).to_contain_text(str(unit))
    signs(late, j.case)
    makes_contact(late, j.case)
    arrives(late, j.case)


def all_reply(j: Journey) -> None:
    for officer in j.officers:
        replies(officer, j.case)
    j.dispatcher.opens(j.page_of_case)
    j.dispatcher.sees("All have replied. Somebody of the place who did not handle it goes and looks.")


# ---- looking, asking, closing


def the_grid_worker_sends_it_back(j: Journey) -> None:
    worker = j.who(j.place.worker)
    takes_up(worker, j.case)
    chooses_to(worker, j.case, "Send back for rework")
    worker.writes("What is not yet right", "又回来一个摊位")
    worker.presses("Send back for rework")
    worker.sees("Sent back for rework.")


def the_leading_unit_replies_again(j: Journey) -> None:
    lead = j.officers[0]
    j.hears(lead, "Sent back for rework: the leading unit must reply again.")
    replies(lead, j.case, "摊位已移走，加派晚间值守")


def the_inspection_passes(j: Journey) -> None:
    worker = j.who(j.place.worker)
    takes_up(worker, j.case)
    chooses_to(worker, j.case, "Inspection passed")
    worker.writes("What you saw on site", "晚八点通行正常")
    worker.presses("Inspection passed")
    worker.sees("Inspection passed.")


def the_resident_rates_by_receipt(j: Journey) -> None:
    j.resident.opens(f"/receipt/{j.report.receipt_shown}/")
    j.resident.sees("Done and looked at; now we ask you")
    j.resident.ticks("Yes")
    j.resident.ticks(str(Grade.SATISFIED.label))
    j.resident.presses("Send my answer")
    j.resident.sees("You answered: solved, %(grade)s. Thank you.", grade=zh("Satisfied"))


def the_clerk_calls_back(j: Journey) -> None:
    clerk = j.who(people.seated(Role.CLERK))
    takes_up(clerk, j.case)
    clerk.page.locator(f"input[name=outcome][value={Outcome.REACHED.value}]").check()
    clerk.ticks("Yes")
    clerk.page.locator(f"input[name=grade][value={Grade.SATISFIED.value}]").check()
    clerk.presses("Write down this call")
    expect(clerk.page).to_have_url(j.resident.house.url + j.page_of_case)


def the_desk_closes(j: Journey) -> None:
    desk = j.who(people.seated(Role.DISTRICT_DESK))
    takes_up(desk, j.case)
    desk.writes("What was done, for whoever reported it", "办结")
    desk.presses("Close")
    desk.sees("Closed.")


# ---- what is left


def every_unit_has_its_mark(j: Journey) -> None:
    late, desk = j.units[2], j.who(people.seated(Role.DISTRICT_DESK))
    desk.waits_to_see(j.page_of_case, desk.page.locator("#marks").get_by_text(zh("The resident is satisfied.")))
    closing = j.case.steps.get(verb=Verb.CLOSE)
    marks = {mark.unit: mark for mark in Mark.objects.filter(case=j.case).select_related("unit")}
    assert max(mark.made_at for mark in marks.values()) - closing.at < SOON
    assert set(marks) == {*j.units, j.place.street.office}
    assert {unit: mark.responded for unit, mark in marks.items() if unit != j.place.street.office} == {
        j.units[0]: True, j.units[1]: True, late: False,
    }  # fmt: skip
    row = desk.page.locator("#marks tr").filter(has_text=late.short_name)
    expect(row).to_contain_text(zh("No"))
    j.officers[2].opens("/marks/")
    j.officers[2].row(SUMMARY).get_by_role("link").first.click()
    first_half = zh("First contact on %(stopped)s, after the limit of %(due)s.").split("%(stopped)s")[0]
    expect(j.officers[2].page.locator("#responded")).to_contain_text(zh("Not in time"))
    expect(j.officers[2].page.locator("#responded")).to_contain_text(first_half)


def the_case_page_tells_it_all(j: Journey) -> None:
    page = j.dispatcher.opens(j.page_of_case)
    page.locator("#history summary").click()
    wanted = (Verb.OPEN, Verb.ACCEPT, Verb.WHISTLE, Verb.SUMMON, Verb.SIGN, Verb.RESPOND, Verb.ARRIVE, Verb.REPLY,
              Verb.LAPSE, Verb.REWORK, Verb.PASS, Verb.CLOSE)  # fmt: skip
    for verb in wanted:
        expect(page.locator("#history")).to_contain_text(zh(str(verb.label)))
    expect(page.locator("#history .late")).to_contain_text(j.units[2].short_name)


def the_resident_sees_the_result(j: Journey) -> None:
    j.resident.opens(f"/receipt/{j.report.receipt_shown}/")
    expect(j.resident.page.locator("h1")).to_have_text(zh("It is closed"))
    j.resident.sees("It was not good enough and is being done again.")
    j.resident.sees("It was closed: %(note)s", note="办结")
    expect(j.resident.page.locator(".tl")).to_contain_text(j.units[0].name)


@pytest.mark.parametrize(
    ("comes_in", "is_asked"),
    [
        pytest.param(reported_by_a_resident, the_resident_rates_by_receipt, id="a made case"),
        pytest.param(imported_and_handed_to_a_street, the_clerk_calls_back, id="an imported real message"),
    ],
)
def test_from_a_citizens_words_to_the_marks(journey, comes_in, is_asked, tmp_path):
    j = journey
    comes_in(j, tmp_path)
    the_street_accepts(j)
    the_street_whistles_to_two_units(j)
    the_leader_approves_afterwards(j)
    two_units_come_in_time(j)
    a_colleague_takes_over(j)
    the_street_calls_a_third_unit(j)
    the_third_is_late_and_everybody_hears_of_it(j)
    all_reply(j)
    the_grid_worker_sends_it_back(j)
    the_leading_unit_replies_again(j)
    the_inspection_passes(j)
    is_asked(j)
    the_desk_closes(j)
    every_unit_has_its_mark(j)
    the_case_page_tells_it_all(j)
    the_resident_sees_the_result(j)
    call_command("verify", verbosity=0)
