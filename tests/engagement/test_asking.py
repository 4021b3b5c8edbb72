"""Calling back and looking at details, as pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from audit import clock
from audit.models import SecurityLog
from cases.models import Case
from engagement.models import Callback, CallRule
from tests import stories
from tests.engagement.calling import with_hours
from tests.engagement.ground import received

REACHED = {"outcome": "reached", "solved": "yes", "grade": "satisfied"}


@pytest.fixture
def report(w, monkeypatch):
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    return stories.calling_back(w).reports.get()


def call_page(report) -> str:
    return reverse("engagement:call_back", args=[report.case.number])


def reveal_page(report) -> str:
    return reverse("engagement:reveal", args=[report.case.number, report.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("desk_officer", 200),
        ("works_officer", 403),
        ("dispatcher", 403),
        ("outsider", 404),
        ("market_officer", 404),
    ],
)
def test_who_calls_who_only_sees_and_who_knows_nothing(w, client, report, who, status):
    client.force_login(getattr(w, who))
    assert client.get(call_page(report)).status_code == status
    client.post(call_page(report), REACHED)
    assert Callback.objects.exists() == (status == 200)


def test_the_call_moves_the_case(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), REACHED)
    assert answer.url == reverse("desk:case", args=[report.case.number])
    assert Case.objects.get(pk=report.case_id).state == "closing"


def test_reached_without_answers_is_asked_for_both(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), {"outcome": "reached", "words": "说好多了"})
    assert set(answer.context["form"].errors) == {"solved", "grade"}
    assert "说好多了" in answer.content.decode()


def test_a_call_without_an_answer_asks_for_nothing_more(w, client, report):
    client.force_login(w.clerk)
    client.post(call_page(report), {"outcome": "no_answer"})
    assert client.get(call_page(report)).context["missed"] == 1


def test_a_page_left_behind_is_refused_with_every_word(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), {**REACHED, "words": "都好", "seen": report.case.version - 1})
    assert answer.context["form"].has_error("__all__", "stale")
    assert "都好" in answer.content.decode()
    assert not Callback.objects.exists()


def test_the_same_words_can_be_sent_again_once_what_others_did_is_seen(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), {**REACHED, "seen": report.case.version - 1})
    client.post(call_page(report), {**REACHED, "seen": answer.context["form"]["seen"].value()})
    assert Case.objects.get(pk=report.case_id).state == "closing"


def test_a_call_says_what_comes_next(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), {"outcome": "no_answer"}, follow=True)
    assert [str(said) for said in answer.context["messages"]] == ["通话已记下。下一步：热线回访诉求人。"]


def test_what_was_heard_outlives_the_sign_in(w, client, report):
    client.force_login(w.clerk)
    client.get(call_page(report))
    client.logout()
    there = call_page(report)
    client.post(there, {**REACHED, "words": "都好了"}, headers={"referer": f"http://testserver{there}"})
    client.force_login(w.clerk)
    form = client.get(there).context["form"]
    assert [form[name].value() for name in ("outcome", "solved", "words")] == ["reached", "yes", "都好了"]


def test_before_its_time_the_page_says_so(w, client):
    client.force_login(w.clerk)
    assert client.get(call_page(received(w))).status_code == 409


def test_the_page_of_the_call_masks_the_person(w, client, report):
    client.force_login(w.clerk)
    page = client.get(call_page(report)).content.decode()
    assert "138****0427" in page
    assert not any(detail in page for detail in ("13812340427", "董小满", "元501"))


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 200), ("dispatcher", 200), ("works_officer", 403), ("worker", 403), ("outsider", 404)]
)
def test_details_are_shown_to_whom_they_concern(w, client, report, who, status):
    client.force_login(getattr(w, who))
    answer = client.post(reveal_page(report), {"reason": "问清位置"})
    assert answer.status_code == status
    assert ("13812340427" in answer.content.decode()) == (status == 200)
    assert SecurityLog.objects.filter(event="revealed").exists() == (status == 200)


def test_opening_the_page_alone_shows_nothing(w, client, report):
    client.force_login(w.clerk)
    answer = client.get(reveal_page(report))
    assert "13812340427" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not SecurityLog.objects.filter(event="revealed").exists()


@pytest.mark.parametrize("reason", [" ", "\u200b\u2060", "\ufeff \u202e"])
def test_no_reason_no_details(w, client, report, reason):
    client.force_login(w.clerk)
    assert "13812340427" not in client.post(reveal_page(report), {"reason": reason}).content.decode()


def test_a_report_of_another_case_is_not_here(w, client, report):
    client.force_login(w.clerk)
    other = received(w)
    there = reverse("engagement:reveal", args=[report.case.number, other.pk])
    assert client.post(there, {"reason": "看"}).status_code == 404


def test_the_page_of_the_call_costs_few_queries(w, client, report, django_assert_max_num_queries):
    client.force_login(w.clerk)
    with django_assert_max_num_queries(22):
        client.get(call_page(report))


def test_the_page_of_the_call_says_what_to_say_filled_from_the_case(w, client, report):
    with_hours(w)
    client.force_login(w.clerk)
    page = client.get(call_page(report))
    script = page.context["script"]
    assert any(report.case.number in line and "话务员" in line for line in script)
    assert any("区城管局：已清理" in line and "甲一路口" in line for line in script)
    assert not any("{" in line or "13812340427" in line for line in script)
    assert script[0] in page.content.decode()


def test_whoever_puts_the_call_off_is_asked_until_when(w, client, report):
    client.force_login(w.clerk)
    answer = client.post(call_page(report), {"outcome": "later"})
    assert set(answer.context["form"].errors) == {"again_at"}
    again = localtime(clock.now() + timedelta(hours=30))
    client.post(call_page(report), {"outcome": "later", "again_at": again.strftime("%Y-%m-%dT%H:%M")})
    assert Callback.objects.get().again_at == again.replace(second=0, microsecond=0)
    assert Case.objects.get(pk=report.case_id).state == "calling_back"


def test_a_call_that_is_too_soon_is_refused_with_the_sentence_and_every_word(w, client, report):
    today = localdate(clock.now())
    CallRule.objects.create(
        attempts=3, apart_minutes=120, parts=1, later_days=7, grace_minutes=0, link_hours=72, basis="试验", since=today
    )
    client.force_login(w.clerk)
    client.post(call_page(report), {"outcome": "busy"})
    assert client.get(call_page(report)).context["not_now"]
    answer = client.post(call_page(report), {**REACHED, "words": "都好了"})
    assert answer.context["form"].has_error("__all__", "too_soon")
    assert "都好了" in answer.content.decode()
    assert Callback.objects.count() == 1
