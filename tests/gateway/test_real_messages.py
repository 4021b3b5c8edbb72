"""The real files of the folder that LIIXIA_SAMPLES leads to; they are never part of the product."""

import csv
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from accountability.models import Clock
from audit import clock
from cases.models import Case, State, Step, Verb
from engagement.models import Report
from gateway.mapping import named
from gateway.reading import read
from gateway.refusals import Refused
from tests.gateway.bringing import bring_in

SAMPLES = os.environ.get("LIIXIA_SAMPLES", "")
pytestmark = pytest.mark.skipif(not SAMPLES, reason="LIIXIA_SAMPLES does not name the folder with the real messages")

# Mapping, file, how many rows it has, and which of them nobody could take.
FILES = {
    "taidi": ("complaints_taidi_fj4_replies.csv", 1953, [(786, "reply_time")]),
    "hangzhou": ("complaints_hangzhou_liuyan.csv", 1342, []),
    "pingshan": ("cases_pingshan_2018.csv", 6953, []),
}
STREETS = {
    "370102002": 846,
    "370102007": 292,
    "370102010": 698,
    "370102011": 1925,
    "370102012": 1498,
    "370102013": 1694,
}
every_file = pytest.mark.parametrize("name", FILES)


def real_file(name: str) -> Path:
    return Path(SAMPLES) / "complaints" / FILES[name][0]


def some_rows(name: str, count: int, folder: Path) -> Path:
    """So many rows, spread over the whole file, in a file of their own."""
    with real_file(name).open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    path = folder / "some.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *rows[:: max(1, len(rows) // count)][:count]])
    return path


def rows_of(name: str, path: Path) -> list:
    return list(read(path.name, path.read_bytes(), named(name), clock.now()))


@pytest.fixture
def lixia(db):
    call_command("load_lixia", verbosity=0)


def nothing_is_wrong() -> None:
    call_command("verify", verbosity=0)


@every_file
def test_every_row_of_the_whole_file_can_be_read_or_is_named(db, name):
    rows, (_, count, refused) = rows_of(name, real_file(name)), FILES[name]
    faults = [(row.row, row.column) for row in rows if isinstance(row, Refused)]
    assert (len(rows), faults) == (count, refused)


@every_file
def test_rows_of_everywhere_come_in_once_with_their_own_times(lixia, name, tmp_path):
    path = some_rows(name, 120, tmp_path)
    bring_in(path, mapping=name)
    bring_in(path, mapping=name)
    opened = dict(Case.objects.values_list("external_number", "opened_at"))
    assert opened == {row.number: row.opened_at for row in rows_of(name, path) if not isinstance(row, Refused)}
    assert set(Step.objects.values_list("origin", flat=True)) == {"import"}
    nothing_is_wrong()


@pytest.mark.parametrize("name", ["taidi", "hangzhou"])
def test_no_long_number_stands_outside_the_report(lixia, name, tmp_path):
    bring_in(some_rows(name, 120, tmp_path), mapping=name)
    told = [c.summary for c in Case.objects.all()] + [s.note for s in Step.objects.all()]
    assert not any(re.search(r"\d{7,}", line) for line in told)


def test_a_case_of_pingshan_says_what_its_source_knows_and_claims_no_more(lixia, tmp_path):
    bring_in(some_rows("pingshan", 120, tmp_path), mapping="pingshan")
    assert not Report.objects.exists()
    handled = Case.objects.filter(state=State.INSPECTING).first()
    told = handled.steps.get(verb=Verb.OPEN).facts["told"]
    assert any("坪山" in line for line in told)
    assert {clock.phase for clock in Clock.objects.of("case", [handled.pk])} == {"inspect"}
    assert "此步的时间是导入时间" in handled.steps.get(verb=Verb.REPLY).note


def test_the_district_of_a_message_from_hangzhou_is_none_of_ours(lixia, tmp_path):
    bring_in(some_rows("hangzhou", 120, tmp_path), mapping="hangzhou")
    assert set(Case.objects.values_list("area__kind", flat=True)) == {"district"}
    assert set(Case.objects.values_list("state", flat=True)) == {"reported", "accepted", "inspecting"}


@pytest.mark.long
@every_file
def test_the_whole_file_comes_in(lixia, name):
    told, refused = bring_in(real_file(name), mapping=name)
    _, count, faults = FILES[name]
    assert (Case.objects.count(), len(refused.splitlines())) == (count - len(faults), len(faults)), told
    nothing_is_wrong()


@pytest.mark.long
def test_all_of_pingshan_lies_street_by_street(lixia):
    bring_in(real_file("pingshan"), mapping="pingshan")
    assert dict(Case.objects.values_list("place_code").annotate(Count("pk"))) == STREETS
