"""The two ways in which a journey's case comes in: a resident's own report, and a real message from elsewhere."""

import csv
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from engagement.models import Report
from people.models import Role
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.journey import Journey
from tests.journeys.steps import takes_up

SAMPLES = os.environ.get("LIIXIA_SAMPLES", "")
MESSAGES = "complaints/complaints_taidi_fj4_replies.csv"
REAL = "4394"  # a stall on the pavement; its own words stay in the file


def reported_by_a_resident(j: Journey, tmp_path: Path) -> None:
    j.resident = j.visitor(viewport=PHONE)
    j.resident.opens("/report/")
    j.resident.writes("What you saw, and whom it affects", "小区北门一到晚上就有三个摊位占着人行道，轮椅过不去。")
    j.resident.writes("Where, in words", "北门外十米")
    j.resident.chooses("Street or community", j.place.community.code)
    j.resident.writes("Phone", "13800000001")
    j.resident.presses("Send the report")
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
    takes_up(desk, j.case)
    desk.chooses("Which street", j.place.street.code)
    desk.presses("Hand to a street")
    desk.sees("Handed to %(office)s.", office=j.place.street.office)
    j.resident = j.visitor(viewport=PHONE)
