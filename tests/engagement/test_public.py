"""What other pages may show of those who reported a case."""

import pytest

from engagement.models import Callback
from engagement.public import callbacks_of, reporters_of
from engagement.visibility import photo_of_report_visible
from tests.engagement.ground import received


def test_who_answers_for_the_place_sees_masks_and_may_look_behind_them(w):
    row = reporters_of(received(w).case, w.of(w.dispatcher))[0]
    assert (row.name, row.phone, row.address) == ("董**", "138****0427", "甲*路**号楼*单元***")
    assert row.may_reveal


@pytest.mark.parametrize("who", ["worker", "works_officer", "inspector"])
def test_who_handles_it_sees_a_masked_phone_only(w, who):
    row = reporters_of(received(w).case, w.of(getattr(w, who)))[0]
    assert (row.name, row.phone, row.address, row.may_reveal) == ("", "138****0427", "", False)


def test_words_lose_what_would_name_the_person(w):
    case = received(w, words="我是董小满，打13812340427").case
    assert reporters_of(case, w.of(w.dispatcher))[0].words == "我是…，打…"


def test_a_report_without_details_has_nothing_to_reveal(w):
    case = received(w, name="", phone="", address="").case
    assert not reporters_of(case, w.of(w.dispatcher))[0].may_reveal


def test_attempts_come_newest_first(w):
    report = received(w)
    for outcome in ("no_answer", "declined"):
        Callback.objects.create(report=report, round=1, outcome=outcome, by=w.clerk, at=w.at)
    assert [attempt.outcome for attempt in callbacks_of(report.case)] == ["declined", "no_answer"]


@pytest.mark.parametrize(("who", "seen"), [("dispatcher", True), ("worker", True), ("outsider", False)])
def test_a_photo_of_a_report_goes_with_its_case(w, rf, who, seen):
    request = rf.get("/")
    request.user = getattr(w, who)
    assert photo_of_report_visible(request, received(w).pk) == seen
