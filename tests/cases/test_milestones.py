"""Where a situation sets milestones, each part of the reply has its own clock, and lapses by itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accountability.models import Clock, Limit, Situation
from cases import actions
from cases.models import Case, Summons, Verb
from cases.moves import MoveRefused
from engagement.progress import lines
from tests import stories
from tests.present import present
from tests.world import world

pytestmark = pytest.mark.django_db


def burst(w) -> Summons:
    """A burst main, its leading unit at the place."""
    main = Situation.objects.create(item=w.item, code="S-1", name="水管破裂", looks_like="冒水", urgency="normal")
    for name, amount, unit in (("围护", 3, "clock_hour"), ("修复", 8, "clock_hour"), ("恢复路面", 5, "working_day")):
        Limit.objects.create(
            urgency="normal", phase="result", situation=main, milestone=name, amount=amount, unit=unit, basis="试验",
            since=date(2020, 1, 1),
        )  # fmt: skip
    case = actions.accept(
        stories.reported(w), by=w.of(w.dispatcher), at=w.at, summary="水管破裂", category=w.category, urgency="normal",
        item=w.item, situation=main,
    )  # fmt: skip
    case = actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=w.at, kind="enforcement", first_action="已围挡", calls=stories.calls(w)
    )
    call = case.summonses.get(leads=True)
    by = w.of(w.works_officer)
    call = actions.answer(call, Verb.SIGN, by=by, at=w.at)
    return actions.answer(call, Verb.RESPOND, by=by, at=w.at + stories.HOUR, facts=stories.CONTACT)


@pytest.fixture
def w():
    w = world()
    w.call = burst(w)
    return w


def reach(w, milestone: str, at=None, note="围挡到位") -> Summons:
    at = at or w.at + 2 * stories.HOUR
    call = Summons.objects.get(pk=w.call.pk)
    return actions.answer(
        call, Verb.REACH, by=w.of(w.works_officer, at), at=at, note=note, facts={"milestone": milestone}
    )


def running(w) -> list[str]:
    rows = Clock.objects.of("summons", [w.call.pk]).running().filter(phase="result").order_by("due_at", "pk")
    return list(rows.values_list("milestone", flat=True))


def test_the_leading_unit_alone_owes_each_part_by_its_own_moment(w):
    assert running(w) == ["围护", "修复", "", "恢复路面"]
    assert Clock.objects.get(milestone="围护").due_at == w.at + 3 * stories.HOUR
    assert not Clock.objects.exclude(milestone="").exclude(subject_id=w.call.pk).exists()


def test_a_milestone_stops_its_own_clock_and_no_other(w):
    reach(w, "围护")
    assert running(w) == ["修复", "", "恢复路面"]
    assert Clock.objects.get(milestone="围护").lapsed_at is None
    assert w.call.steps.get(verb=Verb.REACH).facts["milestone"] == "围护"


def test_one_that_comes_late_has_lapsed_at_its_due_moment(w):
    due = Clock.objects.get(milestone="围护").due_at
    reach(w, "围护", at=due + timedelta(seconds=1))
    assert Clock.objects.get(milestone="围护").lapsed_at == due
    assert w.call.steps.filter(verb=Verb.LAPSE).count() == 1


@pytest.mark.parametrize("milestone", ["围护", "装修", ""])
def test_only_what_is_open_is_reached(w, milestone):
    reach(w, "围护")
    with pytest.raises(MoveRefused) as refused:
        reach(w, milestone)
    assert refused.value.code in ("no_milestone", "facts_missing")


def test_the_reply_ends_what_is_still_open(w):
    actions.answer(w.call, Verb.ARRIVE, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, note="到场")
    call = Summons.objects.get(pk=w.call.pk)
    actions.answer(call, Verb.REPLY, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, note="全部完成")
    assert running(w) == []


def closed_with_a_part_left(w):
    """One of three parts was reached; nobody asked for the others."""
    reach(w, "围护")
    at, by = w.at + 2 * stories.HOUR, w.of(w.works_officer)
    actions.answer(w.call, Verb.ARRIVE, by=by, at=at, note="到场")
    actions.answer(Summons.objects.get(pk=w.call.pk), Verb.REPLY, by=by, at=at, note="全部完成")
    stories.replies(w, w.call.case.summonses.get(unit=w.police))
    return Case.objects.get(pk=w.call.case_id)


def test_after_a_rework_only_the_reply_is_owed(w):
    case = closed_with_a_part_left(w)
    actions.advance(case, Verb.REWORK, by=w.of(w.worker), at=w.at + 3 * stories.HOUR, note="路面没有恢复")
    assert running(w) == [""]
    assert Summons.objects.get(pk=w.call.pk).parts_left == 0


def test_a_case_that_is_opened_again_has_every_part_before_it_again(w):
    case, at = closed_with_a_part_left(w), w.at + 3 * stories.HOUR
    actions.advance(case, Verb.PASS, by=w.of(w.worker), at=at, note="已修好")
    facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    actions.advance(Case.objects.get(pk=case.pk), Verb.CALL_BACK, by=w.of(w.clerk), at=at, facts=facts)
    actions.advance(Case.objects.get(pk=case.pk), Verb.CLOSE, by=w.of(w.desk_officer), at=at, note="办结")
    late = at + timedelta(days=1)
    case = Case.objects.get(pk=case.pk)
    actions.advance(case, Verb.REOPEN, by=w.of(w.desk_officer), at=late, note="又漏水了")
    assert running(w) == ["围护", "修复", "", "恢复路面"]
    assert Summons.objects.get(pk=w.call.pk).parts_left == 3
    again = Clock.objects.running().get(milestone="围护")
    assert (again.started_at, again.due_at) == (late, late + 3 * stories.HOUR)


def test_an_extension_of_the_reply_moves_no_milestone(w):
    before = dict(Clock.objects.exclude(milestone="").values_list("milestone", "due_at"))
    at = w.at + 2 * stories.HOUR
    facts = {"until": "2026-03-20"}
    actions.answer(w.call, Verb.EXTEND, by=w.of(w.works_officer, at), at=at, note="等路面材料", facts=facts)
    assert dict(Clock.objects.exclude(milestone="").values_list("milestone", "due_at")) == before


def test_the_person_who_reported_it_reads_of_each_part(w):
    reach(w, "围护")
    told = " ".join(line.words for line in lines(w.call.case.steps.order_by("seq"), w.at + 3 * stories.HOUR))
    assert "围护" in told


def test_the_page_offers_what_is_open_and_the_case_page_shows_each_light(client, monkeypatch):
    w = present(monkeypatch)
    call = burst(w)
    client.force_login(w.works_officer)
    where = reverse("cases:summons_move", args=[call.case.number, call.pk, Verb.REACH])
    page = client.get(where).content.decode()
    assert all(name in page for name in ("围护", "修复", "恢复路面"))
    assert client.post(where, {"milestone": "围护", "note": "围挡到位"}).status_code == 302
    page = client.get(reverse("desk:case", args=[call.case.number])).content.decode()
    assert "围护已完成" in page
    assert "修复" in page
