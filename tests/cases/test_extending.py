"""A unit asks for more time: before it is due, with a reason, within the rule; the second time its leader does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability import calendars
from accountability.models import Clock
from cases import actions
from cases.models import Summons, Verb
from cases.moves import MoveRefused
from engagement.progress import lines
from people.models import Role
from tests import stories
from tests.present import present
from tests.world import person, seat, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w():
    w = world()
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    w.chief = seat(person("chief", "科长", w.works), Role.DEPT_LEADER, w.works)
    return w


def ask(w, until: str, *, by=None, at=None, note="等配件到货"):
    by, at = by or w.works_officer, at or w.at + DAY
    call = Summons.objects.get(pk=w.call.pk)
    return actions.answer(call, Verb.EXTEND, by=w.of(by, at), at=at, note=note, facts={"until": until})


def refusal(w, until: str, **more) -> str:
    before = Clock.objects.order_by("pk").values_list("due_at", flat=True)
    told = list(before)
    with pytest.raises(MoveRefused) as refused:
        ask(w, until, **more)
    assert list(before.all()) == told
    return refused.value.code


def result(w) -> Clock:
    return Clock.objects.get(subject_kind="summons", subject_id=w.call.pk, phase="result")


def test_the_reply_gets_its_new_day_and_nothing_else_moves(w):
    others = Clock.objects.exclude(pk=result(w).pk).order_by("pk").values_list("due_at", "stopped_at")
    told = list(others)
    ask(w, "2026-03-20")
    assert f"{result(w).due_at:%m-%d %H:%M}" == "03-20 09:30"
    assert list(others.all()) == told
    step = w.call.steps.get(verb=Verb.EXTEND)
    assert (step.note, step.facts["days"], step.facts["until"]) == ("等配件到货", 4, "2026-03-20T09:30:00+00:00")


@pytest.mark.parametrize(
    ("until", "code"),
    [
        ("2026-03-16", "not_later"), ("2026-03-21", "no_workday"), ("2026-03-31", "too_long"), ("morgen", "no_day"),
        ("2026-02-30", "no_day"), ("2099-01-02", "year_unknown"),
    ],
)  # fmt: skip
def test_a_day_that_does_not_fit_is_refused_with_the_reason(w, until, code):
    assert refusal(w, until) == code


def test_exactly_at_the_due_moment_it_may_still_be_asked_and_not_a_moment_later(w):
    due = result(w).due_at
    assert refusal(w, "2026-03-20", at=due + timedelta(microseconds=1)) == "overdue"
    ask(w, "2026-03-20", at=due)


def test_no_reason_no_time(w):
    assert refusal(w, "2026-03-20", note="  ") == "note_missing"


def test_the_second_time_is_the_leaders_and_there_is_no_third(w):
    officer = w.police_officer
    ask(w, "2026-03-18", by=w.works_officer)
    other = seat(officer, Role.RESPONDER, w.works)
    assert refusal(w, "2026-03-20", by=other) == "wrong_person"
    ask(w, "2026-03-20", by=w.chief)
    assert refusal(w, "2026-03-23", by=w.chief) == "extended_twice"


def test_all_extensions_together_keep_within_the_rule(w):
    ask(w, "2026-03-25")
    assert refusal(w, "2026-03-31", by=w.chief) == "too_long"
    ask(w, "2026-03-30", by=w.chief)


def test_only_the_unit_itself_may_ask(w):
    for by in (w.police_officer, w.dispatcher, w.desk_officer):
        assert refusal(w, "2026-03-20", by=by) == "wrong_person"


def test_the_person_who_reported_it_is_told_until_when_and_why(w):
    ask(w, "2026-03-20", note="等配件 100% 到货")
    told = [line.words for line in lines(w.call.case.steps.order_by("seq"), w.at + DAY)]
    assert any("等配件 100% 到货" in words and "3月20日" in words and "城管" in words for words in told)


# ---- The page, at this very moment


@pytest.fixture
def now(monkeypatch):
    w = present(monkeypatch)
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def where(w) -> str:
    return reverse("cases:summons_move", args=[w.call.case.number, w.call.pk, Verb.EXTEND])


def test_the_page_says_how_much_is_left_and_the_case_page_what_came_of_it(client, now):
    client.force_login(now.works_officer)
    assert "最多还可延 10 个工作日" in client.get(where(now)).content.decode()
    calendar = calendars.current()
    later = next(day for n in range(1, 12) if calendar.is_worked(day := localdate(result(now).due_at) + n * DAY))
    assert client.post(where(now), {"until": str(later), "note": "等配件到货"}).status_code == 302
    page = client.get(reverse("desk:case", args=[now.call.case.number])).content.decode()
    assert "等配件到货" in page
    assert "批准延期，应于" in page


def test_a_day_that_is_too_far_is_said_at_its_field_and_keeps_the_words(client, now):
    client.force_login(now.works_officer)
    answer = client.post(where(now), {"until": "2099-01-05", "note": "等配件到货"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["until"]
    assert "等配件到货" in answer.content.decode()
