"""Following a report by its receipt."""

import pytest
from django.urls import reverse

from cases import actions as cases
from cases.models import Verb
from engagement.actions import call_back
from engagement.actions.guessing import MOST
from engagement.models import Rating
from tests import stories
from tests.engagement.ground import received

RATED = {"solved": "no", "grade": "dissatisfied", "cause": "late", "words": "拖了太久"}


def there(report, name="engagement:receipt") -> str:
    return reverse(name, args=[report.receipt_shown])


@pytest.fixture
def asked(w, monkeypatch):
    """A report whose person is being asked."""
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    return stories.calling_back(w).reports.get()


def test_the_code_opens_it_however_it_is_typed(w, client):
    report = received(w)
    answer = client.get(reverse("engagement:find"), {"code": f" {report.receipt.lower()} "})
    assert answer.url == there(report)
    assert client.get(there(report)).status_code == 200


def test_a_wrong_code_gets_one_plain_answer(w, client):
    answer = client.get(reverse("engagement:receipt", args=["ABCD-EFGH-JKLM"]))
    assert answer.status_code == 404
    assert answer.templates[0].name == "engagement/find.html"


def test_too_many_wrong_codes_make_even_a_right_one_wait(w, client):
    """They are counted by ten minutes of the clock; those may end while this test runs."""
    report, wrong = received(w), reverse("engagement:receipt", args=["ABCD-EFGH-JKLM"])
    tries = [client.get(wrong).status_code for _try in range(MOST)]
    while client.get(wrong).status_code != 429:
        tries.append(404)
    assert len(tries) < 2 * MOST
    assert client.get(there(report)).status_code == 429


def test_nobody_inside_and_no_note_is_named(w, client, asked):
    page = client.get(there(asked)).content.decode()
    hidden = ("调度", "城管专员", "格一", "已清理", "已劝阻", "董小满", "13812340427", asked.case.number)
    assert not [word for word in hidden if word in page]


def test_it_tells_which_units_came(w, client, asked):
    page = client.get(there(asked)).content.decode()
    assert "区城管局、区公安分局" in page


def test_it_is_neither_kept_nor_indexed(w, client):
    answer = client.get(there(received(w)))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_person_rates_when_asked(w, client, asked):
    answer = client.post(there(asked, "engagement:rate"), RATED)
    assert answer.url == there(asked) + "?rated"
    rating = Rating.objects.get()
    assert (rating.solved, rating.grade, rating.cause, rating.words, rating.by) == (
        False, "dissatisfied", "late", "拖了太久", None
    )  # fmt: skip


def test_dissatisfaction_asks_for_its_cause_and_keeps_the_words(w, client, asked):
    answer = client.post(there(asked, "engagement:rate"), {**RATED, "cause": ""})
    assert answer.context["form"].has_error("cause", "cause_missing")
    assert "拖了太久" in answer.content.decode()


def test_a_second_rating_is_refused_in_a_sentence(w, client, asked):
    call_back(asked, outcome="reached", solved=True, grade="satisfied", by=w.of(w.clerk), at=w.at + 4 * stories.HOUR)
    answer = client.post(there(asked, "engagement:rate"), RATED)
    assert answer.status_code == 200
    assert Rating.objects.get().grade == "satisfied"


def test_nobody_is_asked_before_the_time(w, client):
    report = received(w)
    assert client.get(there(report)).context["form"] is None
    client.post(there(report, "engagement:rate"), RATED)
    assert not Rating.objects.exists()


def test_a_report_without_a_phone_is_not_promised_a_call(w, client):
    with_phone, without = client.get(there(received(w))), client.get(there(received(w, phone="")))
    assert len(with_phone.context["ahead"]) == len(without.context["ahead"]) + 1


def test_an_ended_matter_takes_no_photos(w, client):
    report = received(w)
    assert client.get(there(report)).context["photos"]
    cases.advance(report.case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="不归本区管")
    assert client.get(there(report)).context["photos"] is None
    assert client.post(there(report, "engagement:add_photos"), {"photos": ""}).status_code == 200


def test_the_page_costs_few_queries(w, client, asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(there(asked))


def test_a_person_does_not_call_their_own_demand_unreasonable(w, client, asked):
    answer = client.post(there(asked, "engagement:rate"), {**RATED, "cause": "unreasonable"})
    assert answer.context["form"].has_error("cause", "invalid_choice")
    assert not Rating.objects.exists()
