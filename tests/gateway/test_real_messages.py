"""The real messages of the file that LIIXIA_SAMPLES leads to; they are never part of the product."""

import csv
import os
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from audit import clock
from cases.models import Case, Step
from gateway.mapping import named
from gateway.reading import read
from people.rows import Fault
from tests.gateway.bringing import bring_in

SAMPLES = os.environ.get("LIIXIA_SAMPLES", "")
pytestmark = pytest.mark.skipif(not SAMPLES, reason="LIIXIA_SAMPLES does not name the folder with the real messages")


def real_file() -> Path:
    return Path(SAMPLES) / "complaints" / "complaints_taidi_fj4_replies.csv"


def first_rows(count: int, folder: Path) -> Path:
    """The first real messages, in a file of their own."""
    with real_file().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[: count + 1]
    path = folder / "first.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def test_of_the_real_messages_only_the_one_whose_reply_has_no_time_is_refused(db):
    rows = list(read(real_file(), named("taidi"), clock.now()))
    refused = [row for row in rows if isinstance(row, Fault)]
    assert (len(rows), [(row.row, row.column) for row in refused]) == (1953, [(786, "reply_time")])


def test_real_messages_come_in_once_with_their_own_times_and_no_long_number_outside_the_report(w, tmp_path):
    path = first_rows(60, tmp_path)
    bring_in(path)
    bring_in(path)
    rows = list(read(path, named("taidi"), clock.now()))
    opened = dict(Case.objects.values_list("external_number", "opened_at"))
    assert opened == {row.number: row.opened_at for row in rows}
    assert set(Case.objects.values_list("state", flat=True)) <= {"accepted", "inspecting"}
    told = [c.summary for c in Case.objects.all()] + [s.note for s in Step.objects.all()]
    assert not any(re.search(r"\d{7,}", line) for line in told)


@pytest.mark.long
def test_the_whole_real_file_comes_in(db):
    call_command("load_lixia", verbosity=0)
    told, refused = bring_in(real_file())
    assert (Case.objects.count(), len(refused.splitlines())) == (1952, 1), told
    assert set(Case.objects.values_list("area__kind", flat=True)) == {"district"}
