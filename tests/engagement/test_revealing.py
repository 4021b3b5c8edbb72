"""Seeing who reported it."""

import pytest

from audit import clock
from audit.models import Event, SecurityLog
from engagement.actions import RevealRefused, reveal, revealing
from tests.engagement.ground import received


@pytest.mark.parametrize("who", ["clerk", "dispatcher", "desk_officer"])
def test_who_may_gets_the_details_and_leaves_a_line(w, who):
    report = received(w)
    seen = reveal(report, by=w.of(getattr(w, who)), at=w.at, reason="问清位置", address="10.0.0.9")
    assert (seen.name, seen.phone, seen.address) == ("董小满", "13812340427", "甲一路14号楼3单元501")
    line = SecurityLog.objects.get()
    assert (line.event, line.actor, line.subject_kind, line.subject_id, line.reason, line.address) == (
        Event.REVEALED, getattr(w, who), "report", str(report.pk), "问清位置", "10.0.0.9"
    )  # fmt: skip


@pytest.mark.parametrize("who", ["worker", "works_officer", "outsider", "inspector", "assessor", "street_leader"])
def test_others_see_nothing_and_leave_no_line(w, who):
    with pytest.raises(RevealRefused) as refused:
        reveal(received(w), by=w.of(getattr(w, who)), at=w.at, reason="想看")
    assert refused.value.code == "wrong_person"
    assert not SecurityLog.objects.exists()


def test_it_takes_a_reason(w):
    with pytest.raises(RevealRefused) as refused:
        reveal(received(w), by=w.of(w.clerk), at=w.at, reason="  ")
    assert refused.value.code == "reason_missing"


def test_a_day_holds_so_many(w, monkeypatch):
    monkeypatch.setattr(revealing, "A_DAY", 2)
    report = received(w)
    now = clock.now()  # the log stands on the database's clock
    for _time in range(2):
        reveal(report, by=w.of(w.clerk), at=now, reason="回访")
    with pytest.raises(RevealRefused) as refused:
        reveal(report, by=w.of(w.clerk), at=now, reason="回访")
    assert refused.value.code == "too_many"
    assert reveal(report, by=w.of(w.desk_officer), at=now, reason="回访").phone
