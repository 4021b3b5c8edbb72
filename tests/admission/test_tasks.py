"""Tasks: a permit covers them or the sentence says why not; a flag halts the clocks; pledges and the load too."""

import html
import re
from datetime import date, timedelta
from time import monotonic

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Clock
from accountability.sweep import lapse_kind
from admission import days
from admission.actions import Entered, advance, enter_pledge, hand_down
from admission.actions.timing import warn_due
from admission.invariants import faults
from admission.models import Attempt, LoadDay, Pledge, PledgeState, Ruling, Step, Task, TaskState, Verb
from admission.moves import AdmissionRefused
from admission.registers import REGISTERS, Asked, Asking
from tests.admission.ground import DAY, HOUR, granted, ground, handed, pledge, task
from tests.present import present

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return ground()


def refused(do, *args, **said) -> AdmissionRefused:
    with pytest.raises(AdmissionRefused) as caught:
        do(*args, **said)
    return caught.value


def clock_of(one: Task, phase: str) -> Clock:
    return Clock.objects.of("task", [one.pk]).get(phase=phase)


def test_a_task_quotes_a_permit_that_covers_it_or_is_refused_with_the_reason(w):
    permit, by = granted(w, days=100, streets=[w.street, w.other_street]), w.of(w.works_officer)
    at, today = w.at + 5 * HOUR, localdate(w.at)
    w.third = type(w.street).objects.create(code="990102003", name="丙街道", kind="street", parent=w.district)
    cases = {
        "no_permit": ({"permit": "ZR-2026-99999"}, at),
        "other_street": ({"street": w.third}, at),
        "other_matter": ({"kind": w.survey}, at),
        "expired": ({"due_on": today + 120 * DAY}, at + 101 * DAY),
        "ends_before": ({"due_on": today + 101 * DAY}, at),
        "too_soon": ({"due_on": today + DAY}, at),
    }
    for code, (said, when) in cases.items():
        assert refused(hand_down, handed(w, permit, **said), by=by, at=when).code == code
    other = {"by": w.of(w.police_officer), "at": at}
    assert refused(hand_down, handed(w, permit, department=w.police), **other).code == "other_department"
    assert refused(hand_down, handed(w, permit), by=w.of(w.market_officer), at=at).code == "wrong_person"
    assert "甲街道、乙街道" in refused(hand_down, handed(w, permit, street=w.third), by=by, at=at).sentence
    assert not Task.objects.exists()
    made = hand_down(handed(w, permit, due_on=today + 100 * DAY), by=by, at=at)
    assert (made.permit, made.state) == (permit, TaskState.HANDED)
    assert refused(hand_down, handed(w, permit, due_on=made.due_on), by=by, at=at).code == "handed_already"


def test_a_blocked_kind_is_refused_as_a_task_too_and_kept(w):
    by = w.of(w.works_officer)
    said = handed(w, granted(w), kind=w.investment, title="引进企业")
    assert refused(hand_down, said, by=by, at=w.at).code == "blocked"
    assert Attempt.objects.get().as_task


def test_a_body_has_a_permit_of_its_own(w):
    permit = granted(w, kind=w.of_body, body="创建办")
    by, at = w.of(w.works_officer), w.at + 5 * HOUR
    assert refused(hand_down, handed(w, permit, kind=w.of_body, body="另一办"), by=by, at=at).code == "other_body"
    assert hand_down(handed(w, permit, kind=w.of_body, body="创建办"), by=by, at=at).body == "创建办"


def test_taken_and_done_in_time(w):
    one = task(w)
    assert localdate(clock_of(one, "task").due_at) == one.due_on
    one = advance(one, Verb.TAKE, by=w.of(w.dispatcher), at=w.at + DAY)
    assert clock_of(one, "take").stopped_at
    one = advance(one, Verb.FINISH, by=w.of(w.street_leader), at=w.at + 2 * DAY, note="办完")
    assert one.state == TaskState.DONE
    assert not Clock.objects.of("task", [one.pk]).running().exists()
    assert list(faults(w.at + 3 * DAY)) == []


def test_another_street_neither_takes_nor_flags_it(w):
    one = task(w)
    for verb in (Verb.TAKE, Verb.DECLINE, Verb.FLAG):
        assert refused(advance, one, verb, by=w.of(w.outsider), at=w.at + DAY, note="x").code == "wrong_person"
    assert refused(advance, one, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY).code == "note_missing"


def test_a_flag_halts_the_clocks_and_a_ruling_lets_them_go_on_with_what_was_left(w):
    one = task(w)
    due = clock_of(one, "task").due_at
    one = advance(one, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")
    assert (clock_of(one, "task").paused_at, clock_of(one, "take").due_at) == (w.at + DAY, None)
    assert clock_of(one, "ruling").holder == w.editors
    assert refused(advance, one, Verb.DISMISS, by=w.of(w.works_officer), at=w.at + DAY, note="x").code == "wrong_person"
    one = advance(one, Verb.DISMISS, by=w.of(w.establishment), at=w.at + 4 * DAY, note="在准入范围内")
    assert (one.state, one.ruling) == (TaskState.HANDED, Ruling.RIGHTFUL)
    assert clock_of(one, "task").due_at == due + 3 * DAY
    assert refused(advance, one, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + 5 * DAY, note="又").code == "ruled_before"
    assert list(faults(w.at + 5 * DAY)) == []


def test_a_day_that_passes_while_the_clock_stands_still_is_not_missed(w):
    silent, flagged = task(w, permit := granted(w)), task(w, permit, title="另一项")
    flagged = advance(flagged, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")

    def late(at) -> list[Task]:
        return list(Asked(REGISTERS["tasks"], {"group": "late"}, Asking(w.of(w.establishment), at)).rows())

    after = w.at + 20 * DAY
    assert late(w.at + 14 * DAY) == []
    assert late(after) == [silent]
    advance(flagged, Verb.DISMISS, by=w.of(w.establishment), at=after, note="在准入范围内")
    assert late(after + DAY) == [silent]
    assert late(after + 20 * DAY) == [flagged, silent]


def test_ruled_a_shifted_duty_the_task_is_void(w):
    one = advance(task(w), Verb.TAKE, by=w.of(w.dispatcher), at=w.at + DAY)
    one = advance(one, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")
    one = advance(one, Verb.UPHOLD, by=w.of(w.establishment), at=w.at + 2 * DAY, note="是部门职责")
    assert (one.state, one.ruling) == (TaskState.VOID, Ruling.SHIFTED)
    assert not Clock.objects.of("task", [one.pk]).running().exists()


def test_silence_of_the_office_charges_nobody_and_silence_of_a_street_accepts_nothing(w):
    silent, flagged = task(w, permit := granted(w)), task(w, permit, title="另一项")
    flagged = advance(flagged, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")
    later = w.at + timedelta(days=40)
    for _twice in range(2):
        lapse_kind("task", later, monotonic())
    silent.refresh_from_db(), flagged.refresh_from_db()
    assert (silent.state, flagged.state) == (TaskState.HANDED, TaskState.FLAGGED)
    told = Step.objects.filter(verb=Verb.LAPSE).values_list("task", "facts__phase")
    assert sorted(told) == sorted([(silent.pk, "take"), (silent.pk, "task"), (flagged.pk, "ruling")])
    assert clock_of(flagged, "task").lapsed_at is None
    late = advance(silent, Verb.TAKE, by=w.of(w.dispatcher), at=later)
    assert late.state == TaskState.ACCEPTED


def loads() -> dict[str, int]:
    return dict(LoadDay.objects.order_by().values_list("what").annotate(Sum("number")))


def test_the_load_counts_what_happened_whether_folded_or_not(w):
    permit = granted(w)
    one, two = task(w, permit), task(w, permit, title="二")
    advance(one, Verb.TAKE, by=w.of(w.dispatcher), at=w.at + DAY)
    advance(two, Verb.DECLINE, by=w.of(w.dispatcher), at=w.at + DAY, note="无经费")
    advance(one, Verb.FINISH, by=w.of(w.dispatcher), at=w.at + 30 * DAY, note="晚了")  # no sweep has come by
    wanted = {"handed": 2, "taken": 1, "not_taken": 1, "late": 1, "done": 1}
    assert loads() == wanted
    assert days.fold() > 0
    assert days.fold() == 0
    assert loads() == wanted
    assert list(faults(w.at + 31 * DAY)) == []
    LoadDay.objects.filter(what="handed").update(number=5)
    assert len(list(faults(w.at + 31 * DAY))) == 1


def test_an_end_is_told_once_for_each_notice(w):
    permit = granted(w, days=200)
    ends = localdate(w.at) + 200 * DAY
    told = []
    for left in (61, 60, 59, 30, 10, 7, 0, -1):
        at = w.at + (200 - left) * DAY
        told.append(warn_due(at) + warn_due(at))
    assert told == [0, 1, 0, 1, 0, 1, 0, 0]
    permit.refresh_from_db()
    assert (permit.until, permit.warned) == (ends, 7)
    said = Step.objects.filter(verb=Verb.WARN).order_by("pk").values_list("facts__left", flat=True)
    assert list(said) == [60, 30, 7]


def test_a_permit_that_is_short_from_the_start_is_told_of_once(w):
    granted(w, days=5)
    assert warn_due(w.at + DAY) == 1
    assert Step.objects.get(verb=Verb.WARN).facts["days"] == 7


def test_a_pledge_is_kept_on_a_high_basis_alone(w):
    office, at = w.of(w.establishment), w.at + DAY
    low = pledge(w)
    assert refused(advance, low, Verb.KEEP, by=office, at=at, note="想留").code == "basis_too_low"
    assert refused(advance, low, Verb.CANCEL, by=w.of(w.works_officer), at=at, note="x").code == "wrong_person"
    bare = pledge(w, level="central")
    assert refused(advance, bare, Verb.KEEP, by=office, at=at, note="想留").code == "basis_too_low"
    high = pledge(w, level="provincial", basis="省级文件")
    own = pledge(w, level="central", basis="中央文件", by=w.establishment)
    assert refused(advance, own, Verb.KEEP, by=office, at=at, note="x").code == "same_person"
    high = advance(high, Verb.KEEP, by=office, at=at, note="省级规定")
    low = advance(low, Verb.CANCEL, by=office, at=at, note="无依据")
    assert list(Pledge.objects.may_be_assessed()) == [high]
    assert list(Pledge.objects.cancelled()) == [low]
    assert list(faults(at + DAY)) == []


def test_what_was_kept_is_cancelled_later_and_feeds_no_assessment_any_more(w):
    one = pledge(w, level="central", basis="中央文件")
    one = advance(one, Verb.KEEP, by=w.of(w.establishment), at=w.at + DAY, note="有规定")
    advance(one, Verb.CANCEL, by=w.of(w.establishment), at=w.at + 2 * DAY, note="文件废止")
    assert not Pledge.objects.may_be_assessed().exists()


def test_the_database_keeps_no_pledge_on_a_low_basis(w):
    one = pledge(w)
    with pytest.raises(IntegrityError, match="high_basis"), transaction.atomic():
        Pledge.objects.filter(pk=one.pk).update(state=PledgeState.KEPT, decided_at=w.at, reason="x")
    assert refused(enter_pledge, _again(w), by=w.of(w.dispatcher), at=w.at).code == "entered_already"


def _again(w):
    return Entered(w.works, [w.street], "责任状district", "完成目标", date(2026, 1, 5), "district")


def test_each_number_of_the_load_opens_as_many_tasks_as_it_counts(client, monkeypatch):
    w = ground(present(monkeypatch))
    permit = granted(w)
    for title in ("一", "二", "三"):
        one = task(w, permit, title=title)
    advance(one, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + 6 * HOUR, note="转嫁")
    task(w, permit, title="四", street=w.other_street)
    client.force_login(w.establishment)
    page = client.get(reverse("admission:load")).content.decode()
    links = re.findall(r'href="([^"]*what=[^"]*)"[^>]*>(\d+)</a>', page)
    assert (
        len(links) == 5
    )  # handed down and flagged of one street, handed down of the other, and both of the department
    for href, number in links:
        assert len(client.get(html.unescape(href)).context["rows"]) == int(number), href
    of_permit = client.get(reverse("admission:tasks") + f"?group=all&permit={permit.number}&street={w.street.code}")
    assert len(of_permit.context["rows"]) == 3
    assert permit.number in of_permit.content.decode()
    assert client.get(reverse("admission:tasks") + "?group=all&what=handed&days=31").context["rows"] == []
