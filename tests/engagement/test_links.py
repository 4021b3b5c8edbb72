"""A link by which the person answers once: looking uses nothing up, the answer does; nobody guesses or reuses it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit import clock
from cases import actions as cases
from cases.models import Case, Channel, Verb
from cases.moves import MoveRefused
from engagement.actions import LinkRefused, call_back, check_link, link_of, make_link, rate, rate_by_link
from engagement.actions.guessing import MOST
from engagement.models import AnswerLink, CallRule, Rating
from tests.engagement.calling import waiting
from tests.engagement.ground import received

HOUR = timedelta(hours=1)
YES = {"solved": True, "grade": "satisfied"}
ANSWER = {"solved": "no", "grade": "dissatisfied", "cause": "late", "words": "拖了太久"}


@pytest.fixture
def report(w, monkeypatch):
    return waiting(w, monkeypatch)


def made(w, report, by="clerk", at=None):
    at = at or w.at + 4 * HOUR
    return make_link(report, by=w.of(getattr(w, by), at), at=at)


def refusal(w, report, token, at=None) -> str:
    with pytest.raises(LinkRefused) as refused:
        rate_by_link(link_of(token), at=at or w.at + 5 * HOUR, **YES)
    return refused.value.code


def there(token: str) -> str:
    return reverse("engagement:answer", args=[token])


def test_of_the_link_only_its_digest_is_kept(w, report):
    token = made(w, report).token
    link = AnswerLink.objects.get()
    assert len(token) >= 32
    assert token not in str(vars(link))
    assert link_of(token) == link
    assert link_of(token[:-1]) is None
    assert link_of(link.digest) is None


def test_the_answer_is_the_persons_own_and_uses_the_link_up(w, report):
    token = made(w, report).token
    rating = rate_by_link(link_of(token), at=w.at + 5 * HOUR, **YES)
    step = report.case.steps.order_by("-seq")[0]
    assert (rating.by, step.verb, step.actor, step.facts["outcome"]) == (None, Verb.RATE, None, "rated")
    assert refusal(w, report, token) == "link_used"
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("who", ["dispatcher", "works_officer", "worker", "inspector", "assessor"])
def test_only_those_who_call_back_make_one(w, report, who):
    with pytest.raises(MoveRefused) as refused:
        made(w, report, who)
    assert refused.value.code == "wrong_person"
    assert not AnswerLink.objects.exists()


def test_whoever_handled_it_makes_none(w, report):
    w.clerk.unit = w.works
    w.clerk.save()
    with pytest.raises(MoveRefused) as refused:
        made(w, report)
    assert refused.value.code == "wrong_person"


def test_a_newer_link_takes_the_place_of_an_earlier_one(w, report):
    first, second = made(w, report).token, made(w, report, at=w.at + 5 * HOUR).token
    assert refusal(w, report, first) == "link_replaced"
    rate_by_link(link_of(second), at=w.at + 6 * HOUR, **YES)


def test_it_answers_until_its_time_and_not_after(w, report):
    CallRule.objects.create(
        attempts=3, apart_minutes=0, parts=1, later_days=7, grace_minutes=0, link_hours=2, basis="试验",
        since=date(2026, 3, 1),
    )  # fmt: skip
    link = made(w, report)
    assert link.expires_at == w.at + 6 * HOUR
    assert refusal(w, report, link.token, w.at + 6 * HOUR + timedelta(seconds=1)) == "link_expired"
    rate_by_link(link_of(link.token), at=w.at + 6 * HOUR, **YES)


def test_a_link_of_an_earlier_round_says_nothing_of_the_later_one(w, report):
    token = made(w, report).token
    said = {"outcome": "reached", "solved": False, "grade": "dissatisfied", "cause": "unsolved"}
    call_back(report, by=w.of(w.clerk), at=w.at + 4 * HOUR, **said)
    case = cases.advance(report.case, Verb.REWORK, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="还没解决")
    done = {"by": w.of(w.works_officer), "at": w.at + 6 * HOUR, "note": "再次清理"}
    cases.answer(case.summonses.get(leads=True), Verb.REPLY, **done)
    cases.advance(case, Verb.PASS, by=w.of(w.worker), at=w.at + 7 * HOUR, note="清净了")
    assert refusal(w, report, token, w.at + 8 * HOUR) == "link_expired"


def test_whoever_has_answered_needs_no_link(w, report):
    rate(report, at=w.at + 4 * HOUR, **YES)
    with pytest.raises(LinkRefused) as refused:
        made(w, report)
    assert refused.value.code == "rated_already"


def test_before_its_time_there_is_none(w):
    with pytest.raises(LinkRefused) as refused:
        made(w, received(w))
    assert refused.value.code == "wrong_state"


def test_nobody_on_duty_gets_one_for_what_they_saw_themselves(w, monkeypatch):
    own = {"channel": Channel.GRID, "by": w.of(w.worker), "wants_answer": True}
    with pytest.raises(LinkRefused) as refused:
        made(w, waiting(w, monkeypatch, **own))
    assert refused.value.code == "no_resident"


def test_after_the_end_it_says_so(w, report):
    token = made(w, report).token
    for minute in range(3):
        at = w.at + 4 * HOUR + timedelta(minutes=minute)
        call_back(report, outcome="no_answer", by=w.of(w.clerk), at=at)
    case = Case.objects.get(pk=report.case_id)
    case = cases.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="未联系上")
    with pytest.raises(LinkRefused) as refused:
        check_link(link_of(token), case, w.at + 6 * HOUR)
    assert refused.value.code == "wrong_state"


# ---- the pages


@pytest.fixture
def token(w, report):
    return make_link(report, by=w.of(w.clerk, clock.now()), at=clock.now()).token


def test_looking_at_it_uses_nothing_up(client, token):
    for _scanner in range(3):
        assert client.get(there(token)).status_code == 200
    assert client.head(there(token)).status_code == 200
    assert AnswerLink.objects.get().used_at is None
    assert not Rating.objects.exists()


def test_the_person_answers_once(client, token):
    answer = client.post(there(token), ANSWER)
    assert (answer.status_code, answer.templates[0].name) == (200, "engagement/answered.html")
    rating = Rating.objects.get()
    assert (rating.solved, rating.grade, rating.cause, rating.words, rating.by) == (
        False, "dissatisfied", "late", "拖了太久", None,
    )  # fmt: skip
    again = client.post(there(token), ANSWER)
    assert again.status_code == 410
    assert client.get(there(token)).status_code == 410
    assert Rating.objects.count() == 1


def test_an_answer_that_lacks_something_uses_nothing_up_and_keeps_the_words(client, token):
    answer = client.post(there(token), {**ANSWER, "cause": ""})
    assert "拖了太久" in answer.content.decode()
    assert AnswerLink.objects.get().used_at is None
    client.post(there(token), ANSWER)
    assert Rating.objects.count() == 1


def test_the_page_names_no_person_and_no_number_of_the_office(w, client, report, token):
    page = client.get(there(token)).content.decode()
    hidden = ("董小满", "13812340427", "元501", report.case.number, "城管专员", report.receipt, report.receipt_shown)
    assert not [word for word in hidden if word in page]


def test_of_a_confidential_case_it_does_not_say_what_it_is_about(w, client, report, token):
    assert report.case.summary in client.get(there(token)).content.decode()
    Case.objects.filter(pk=report.case_id).update(confidential=True)
    assert report.case.summary not in client.get(there(token)).content.decode()


def test_an_unknown_one_is_not_there_and_guessing_makes_everybody_wait(w, client, token):
    answer = client.get(there("x" * 32))
    assert (answer.status_code, answer.templates[0].name) == (404, "engagement/no_link.html")
    for _try in range(MOST):
        client.get(there("x" * 32))
    assert client.get(there(token)).status_code == 429


def test_it_is_neither_kept_nor_indexed_nor_told_to_other_sites(client, token):
    for answer in (client.get(there(token)), client.get(there("y" * 32))):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("desk_officer", 200), ("dispatcher", 403), ("works_officer", 403), ("outsider", 404)],
)
def test_the_link_is_shown_once_to_those_who_call(w, client, report, who, status):
    client.force_login(getattr(w, who))
    make = reverse("engagement:make_link", args=[report.case.number, report.pk])
    assert client.get(make).status_code == 405
    answer = client.post(make)
    assert answer.status_code == status
    assert AnswerLink.objects.exists() == (status == 200)
    if status == 200:
        shown = re.search(r'value="http://testserver(/r/[^"]+/)"', answer.content.decode())[1]
        assert "no-store" in answer["Cache-Control"]
        client.logout()
        assert client.get(shown).status_code == 200


def test_a_report_of_another_case_gets_no_link(w, client, report):
    client.force_login(w.clerk)
    make = reverse("engagement:make_link", args=[report.case.number, received(w).pk])
    assert client.post(make).status_code == 404


def test_two_at_once_answer_once(w, report):
    token = made(w, report).token
    first, second = link_of(token), link_of(token)
    rate_by_link(first, at=w.at + 5 * HOUR, **YES)
    with pytest.raises(LinkRefused):
        rate_by_link(second, at=w.at + 5 * HOUR, **YES)
