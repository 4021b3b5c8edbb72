"""The whole life of a case, walked by its people through real pages: from a citizen's words to the marks.

Nothing is set but the limits of this test's data: while the third unit is called, first contact is owed within two
seconds of clock time. The sweep that notices is the one that ships, on the database's clock.
"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from accountability.models import Clock, Limit, Phase, Urgency
from alerts.models import Alert
from assessment.models import Mark
from cases.models import Case, Verb
from engagement.models import Grade, Outcome, Report
from people.models import Role
from tests.browser.persons import zh
from tests.journeys import people

SAMPLES = os.environ.get("LIIXIA_SAMPLES", "")
MESSAGES = "complaints/complaints_taidi_fj4_replies.csv"
REAL = "4394"  # a stall on the pavement; its own words stay in the file
SOON = timedelta(seconds=5)
SUMMARY = "巷口摊点占道，行人绕行"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


class Journey:
    """One case on its way, and everybody who walks with it, each at a browser of their own."""

    def __init__(self, visitor, as_person) -> None:
        self.visitor, self.as_person = visitor, as_person
        self.place = people.place()
        self.item, self.units = people.item_of_three(self.place.street.office)
        self.there: dict[str, object] = {}
        self.case: Case = None
        self.report: Report = None

    def has(self, report: Report) -> None:
        self.report, self.case = report, report.case

    def who(self, user):
        """This user's browser, opened when they first come into the story."""
        if user.username not in self.there:
            self.there[user.username] = self.as_person(user)
        return self.there[user.username]

    @property
    def dispatcher(self):
        return self.who(self.place.dispatcher)

    @property
    def officers(self):
        return [self.who(people.answers_for(unit)) for unit in self.units]

    @property
    def page_of_case(self) -> str:
        return reverse("desk:case", args=[self.case.number])

    def takes_up(self, person) -> None:
        """From “My work”, by the one button of the row."""
        person.opens("/")
        person.row(self.case.number).locator("a.btn").click()

    def chooses_to(self, person, verb: str) -> None:
        """From the case page, by the button of the move."""
        person.opens(self.page_of_case)
        person.page.locator(".acts").get_by_text(zh(verb), exact=True).first.click()

    def hears(self, person, sentence: str, **params) -> None:
        """The inbox tells it, on this case."""
        person.waits_to_see("/inbox/", zh(sentence, **params))
        expect(person.row(zh(sentence, **params)).filter(has_text=self.case.number)).to_be_visible()


@pytest.fixture
def journey(visitor, as_person) -> Journey:
    return Journey(visitor, as_person)


def limit(phase: Phase, amount: int, unit: str) -> None:
    """A limit that from now on goes before all earlier ones of the phase, as a new line of the limits' table does."""
    newest = Limit.objects.filter(urgency=Urgency.EXTREME, phase=phase).order_by("-since")[0].since
    since = max(newest, date(2020, 1, 1)) + timedelta(days=1)
    Limit.objects.create(urgency=Urgency.EXTREME, phase=phase, amount=amount, unit=unit, basis="试验", since=since)


# ---- how a case comes in


def reported_by_a_resident(j: Journey, tmp_path: Path) -> None:
    j.resident = j.visitor(viewport={"width": 360, "height": 740})
    j.resident.opens("/report/")
    j.resident.writes("What you saw, and whom it affects", "小区北门一到晚上就有三个摊位占着人行道，轮椅过不去。")
    j.resident.writes("Where, in words", "北门外十米")
    j.resident.chooses("Street or community", j.place.community.code)
    j.resident.writes("Phone", "13800000001")
    j.resident.presses("Send to the street")
    j.resident.sees("Received")
    j.has(Report.objects.by_receipt(j.resident.page.locator(".code").inner_text()))
    assert j.case.area == j.place.community


def imported_and_handed_to_a_street(j: Journey, tmp_path: Path) -> None:
    if not SAMPLES:
        pytest.skip("LIIXIA_SAMPLES does not name the folder with the real messages")
    with open(Path(SAMPLES) / MESSAGES, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    one = tmp_path / "one.csv"
    with one.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerow(next(row for row in rows if row["id"] == REAL))
    call_command("import_cases", one, mapping="taidi", ignore_replies=True, verbosity=0)
    j.has(Report.objects.get(case__external_number=f"taidi-{REAL}"))
    desk = j.who(people.seated(Role.DISTRICT_DESK))
    j.takes_up(desk)
    desk.chooses("Which street", j.place.street.code)
    desk.presses("Hand to a street")
    desk.sees("Handed to %(office)s.", office=j.place.street.office)
    j.resident = j.visitor(viewport={"width": 360, "height": 740})


# ---- the street


def the_street_accepts(j: Journey) -> None:
    street = j.dispatcher
    j.hears(
        street, "Handed to a street; it waits to be accepted." if j.imported else "A new report waits to be accepted."
    )
    j.takes_up(street)
    street.writes("The matter in one sentence", SUMMARY)
    street.chooses("Item of the responsibility list", j.item.code)
    street.ticks("Extreme")
    street.presses("Accept")
    street.sees("Accepted.")
    expect(street.page.locator("h1")).to_have_text(SUMMARY)


def the_street_whistles_to_two_units(j: Journey) -> None:
    street, (lead, support, third) = j.dispatcher, j.units
    j.takes_up(street)
    j.chooses_to(street, "Blow the whistle")
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


def the_street_calls_a_third_unit(j: Journey) -> None:
    """Under a limit for first contact that nobody can keep."""
    limit(Phase.RESPOND, 2, "clock_second")
    street = j.dispatcher
    j.chooses_to(street, "Call more units")
    street.writes("What the street has done already", "两家到场后发现另有证照问题")
    street.writes("Why the street cannot finish it", "须查验证照")
    street.ticks("Joint enforcement")
    street.presses("Blow the whistle")
    street.sees("The whistle is blown.")
    limit(Phase.RESPOND, 30, "clock_minute")
    assert j.case.summonses.count() == 3


# ---- the units


def signs(j: Journey, officer) -> None:
    j.takes_up(officer)
    officer.presses("Sign")
    officer.sees("Signed.")


def makes_contact(j: Journey, officer) -> None:
    j.takes_up(officer)
    officer.writes("Whom you reached", "诉求人")
    officer.ticks("By phone")
    officer.writes("What was said", "约定今晚现场见")
    officer.presses("Log first contact")
    officer.sees("First contact is on record.")


def arrives(j: Journey, officer) -> None:
    j.takes_up(officer)
    officer.writes("How many people came", "2")
    officer.writes("Where, and what you found", "北门外，三个摊位")
    officer.presses("Log arrival")
    officer.sees("Arrival is on record.")


def replies(j: Journey, officer, words: str) -> None:
    j.takes_up(officer)
    officer.writes("What your unit did, and what came of it", words)
    officer.presses("Reply")
    officer.sees("The reply is on record.")


def two_units_come_in_time(j: Journey) -> None:
    for officer, unit in list(zip(j.officers, j.units, strict=True))[:2]:
        j.hears(officer, "%(unit)s is called to it.", unit=unit.short_name)
        signs(j, officer)
        makes_contact(j, officer)
        arrives(j, officer)


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
    signs(j, late)
    makes_contact(j, late)
    arrives(j, late)


def all_reply(j: Journey) -> None:
    for officer in j.officers:
        replies(j, officer, "三个摊位已清离，物品已登记")
    j.dispatcher.opens(j.page_of_case)
    j.dispatcher.sees("All have replied. Somebody of the place who did not handle it goes and looks.")


# ---- looking, asking, closing


def the_grid_worker_sends_it_back(j: Journey) -> None:
    worker = j.who(j.place.worker)
    j.takes_up(worker)
    j.chooses_to(worker, "Send back for rework")
    worker.writes("What is not yet right", "又回来一个摊位")
    worker.presses("Send back for rework")
    worker.sees("Sent back for rework.")


def the_leading_unit_replies_again(j: Journey) -> None:
    lead = j.officers[0]
    j.hears(lead, "Sent back for rework: the leading unit must reply again.")
    replies(j, lead, "摊位已移走，加派晚间值守")


def the_inspection_passes(j: Journey) -> None:
    worker = j.who(j.place.worker)
    j.takes_up(worker)
    j.chooses_to(worker, "Inspection passed")
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
    j.takes_up(clerk)
    clerk.page.locator(f"input[name=outcome][value={Outcome.REACHED.value}]").check()
    clerk.ticks("Yes")
    clerk.page.locator(f"input[name=grade][value={Grade.SATISFIED.value}]").check()
    clerk.presses("Write down this call")
    expect(clerk.page).to_have_url(j.resident.house.url + j.page_of_case)


def the_desk_closes(j: Journey) -> None:
    desk = j.who(people.seated(Role.DISTRICT_DESK))
    j.takes_up(desk)
    desk.writes("Closing words", "办结")
    desk.presses("Close")
    desk.sees("Closed.")


# ---- what is left


def every_unit_has_its_mark(j: Journey) -> None:
    late, desk = j.units[2], j.who(people.seated(Role.DISTRICT_DESK))
    desk.waits_to_see(j.page_of_case, zh("The resident is satisfied."))
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
    for words in ("It was not good enough and is being done again.", "It was closed."):
        j.resident.sees(words)
    j.resident.sees("%(unit)s came to the place.", unit=j.units[0].name)


@pytest.mark.parametrize(
    ("comes_in", "is_asked"),
    [
        pytest.param(reported_by_a_resident, the_resident_rates_by_receipt, id="a made case"),
        pytest.param(imported_and_handed_to_a_street, the_clerk_calls_back, id="an imported real message"),
    ],
)
def test_from_a_citizens_words_to_the_marks(journey, comes_in, is_asked, tmp_path):
    j = journey
    j.imported = comes_in is imported_and_handed_to_a_street
    comes_in(j, tmp_path)
    the_street_accepts(j)
    the_street_whistles_to_two_units(j)
    two_units_come_in_time(j)
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
