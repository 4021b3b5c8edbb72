"""A smell of gas on a Friday night: the case opens at the highest urgency, says why, and waits for no Monday."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from accountability.models import Clock, Situation
from accountability.worktime import LOCAL
from alerts.models import Alert, QuietHours
from audit import clock
from cases import actions
from cases.alarmed import faults
from cases.models import Case, Channel, Verb
from cases.moves import MoveRefused
from outbox.actions import drain_all
from tests.engagement.ground import received

FRIDAY = datetime(2026, 3, 13, 21, 40, tzinfo=LOCAL)
GAS = "楼道里有很浓的燃气味，三楼都能闻到"


@pytest.fixture
def gas(w):
    return Situation.objects.create(
        item=w.item, code="RQ-1", name="闻到燃气味或管道被压", words="煤气味、燃气味", at_once="燃气味、煤气味",
        urgency="extreme", first_action="先撤到室外再打电话，禁火禁电", call="燃气企业抢修；险情大打119",
    )  # fmt: skip


def told(w, words=GAS, **more):
    return received(w, **{"words": words, "channel": Channel.CITIZEN, "by": None, "at": FRIDAY, **more})


def accept(w, case, urgency, note=""):
    return actions.accept(
        Case.objects.get(pk=case.pk), by=w.of(w.dispatcher, FRIDAY), at=FRIDAY + timedelta(minutes=10),
        summary="楼道气味", category=w.category, urgency=urgency, item=w.item, note=note,
    )  # fmt: skip


def test_it_opens_at_the_highest_urgency_and_its_first_step_says_by_which_words(w, gas):
    case = told(w).case
    assert case.urgency == "extreme"
    assert case.steps.get(verb=Verb.OPEN).facts["alarm"] == {
        "situation": "RQ-1", "name": "闻到燃气味或管道被压", "words": ["燃气味"],
    }  # fmt: skip
    assert Clock.objects.get(subject_kind="case", subject_id=case.pk, phase="accept").limit.urgency == "extreme"


@pytest.mark.parametrize("words", ["楼道里没有燃气味，就是灯不亮", "楼下烧烤店油烟直往窗里灌"])
def test_other_words_open_as_before(w, gas, words):
    case = told(w, words).case
    assert (case.urgency, "alarm" in case.steps.get().facts) == ("normal", False)


def test_a_hotline_clerk_writes_it_down_as_an_emergency_too_and_a_grid_worker_says_it_himself(w, gas):
    assert told(w, channel=Channel.HOTLINE, by=w.of(w.clerk)).case.urgency == "extreme"
    assert told(w, channel=Channel.GRID, by=w.of(w.worker)).case.urgency == "normal"


def test_the_dispatcher_reads_why_on_the_page_of_the_case(w, gas, client):
    case = told(w).case
    client.force_login(w.dispatcher)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "说到“燃气味”" in page
    assert "闻到燃气味或管道被压" in page


def test_whoever_looks_lowers_it_with_a_reason_and_not_without(w, gas):
    case = told(w).case
    with pytest.raises(MoveRefused) as refused:
        accept(w, case, "normal")
    assert refused.value.code == "note_missing"
    assert "燃气味" in refused.value.sentence
    assert accept(w, case, "normal", note="到场看过，是油漆味").urgency == "normal"
    assert list(faults()) == []


def test_verify_names_one_that_was_lowered_behind_everybodys_back(w, gas):
    case = told(w).case
    accept(w, case, "extreme")
    Case.objects.filter(pk=case.pk).update(urgency="normal")
    assert [case.number in fault for fault in faults()] == [True]


def test_who_is_on_duty_is_told_that_night_and_not_in_the_morning(w, gas):
    now, hour = clock.now(), timedelta(hours=1)
    begins, ends = ((now + by).astimezone(LOCAL).time() for by in (-hour, hour))
    QuietHours.objects.create(begins=begins, ends=ends, loud="urgent extreme", basis="试验", since=date(2020, 1, 1))
    urgent, other = told(w, at=now).case, told(w, "楼道灯不亮", at=now).case
    drain_all(now)
    shown = {alert.case_id: alert.shown_at for alert in Alert.objects.filter(case__in=[urgent, other])}
    assert shown[urgent.pk] == now < shown[other.pk]


def test_the_resident_reads_what_to_do_first_and_whom_to_call(w, gas, client):
    report = told(w)
    page = client.get(reverse("engagement:receipt", args=[report.receipt_shown])).content.decode()
    assert "先撤到室外再打电话，禁火禁电" in page
    assert "燃气企业抢修；险情大打119" in page
    assert 'href="tel:119"' in page


def test_once_somebody_has_found_it_less_urgent_the_advice_is_gone(w, gas, client):
    report = told(w)
    accept(w, report.case, "normal", note="到场看过，是油漆味")
    page = client.get(reverse("engagement:receipt", args=[report.receipt_shown])).content.decode()
    assert "先撤到室外" not in page
