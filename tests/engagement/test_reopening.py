"""By their receipt, whoever reported it opens a closed case again and says what is not right."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessment.actions import mark
from audit import clock
from cases.actions import advance
from cases.actions.archiving import archive_due
from cases.models import Case, Summons, Verb
from engagement import actions, invariants, public
from engagement.models import Reopening
from engagement.waiting import callers_of
from tests import stories
from tests.engagement.ground import received

WORDS = "昨晚又摆出来三桌，找我 13812340427"


def there(report, name="engagement:receipt") -> str:
    return reverse(name, args=[report.receipt_shown])


@pytest.fixture
def done(w, monkeypatch):
    """A report whose case was closed this hour."""
    w.at = clock.now() - timedelta(hours=6)
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    contact = {**stories.CONTACT, "contacted_at": (w.at + stories.HOUR * 2).isoformat()}
    monkeypatch.setattr(stories, "CONTACT", contact)
    return stories.closed(w).reports.get()


def test_the_page_offers_it_with_its_last_moment_and_then_tells_that_it_is_open_again(w, client, done):
    page = client.get(there(done))
    assert page.context["again"] is not None
    assert page.context["until"]
    answer = client.post(there(done, "engagement:reopen"), {"words": WORDS})
    assert answer.url == there(done) + "?reopened"
    page = client.get(answer.url)
    assert page.context["again"] is None
    assert page.context["promise"].light == "run"
    assert any("重新立案" in line.words for line in page.context["lines"])


def test_words_are_needed_and_what_was_typed_is_kept(w, client, done):
    answer = client.post(there(done, "engagement:reopen"), {"words": "  "})
    assert answer.context["again"].has_error("words")
    assert Case.objects.get(pk=done.case_id).state == "closed"


def test_too_late_is_said_with_its_day_and_what_to_do_instead(w, client, done):
    Case.objects.filter(pk=done.case_id).update(closed_at=clock.now() - timedelta(days=8))
    page = client.get(there(done))
    assert page.context["again"] is None
    assert page.context["until"] in page.content.decode()
    assert reverse("engagement:report") in page.content.decode()
    answer = client.post(there(done, "engagement:reopen"), {"words": WORDS})
    assert answer.context["again"].non_field_errors()
    assert not Reopening.objects.exists()


def test_the_receipt_reads_what_was_done(w, client, done):
    assert "办结" in client.get(there(done)).content.decode()


def test_an_archived_case_says_that_it_is_reported_anew(w, done):
    Case.objects.filter(pk=done.case_id).update(archive_at=w.at, retention=None)
    archive_due(clock.now())
    with pytest.raises(actions.AnswerRefused) as caught:
        actions.reopen(done, words=WORDS, at=clock.now())
    assert caught.value.code == "archived"


@pytest.mark.parametrize(
    ("state", "code"), [("reported", "still_open"), ("reopened", "open_already"), ("turned_down", "not_closed")]
)
def test_what_is_not_closed_is_not_opened(w, done, state, code):
    if state == "reopened":
        actions.reopen(done, words=WORDS, at=clock.now())
    else:
        done = received(w)
    if state == "turned_down":
        advance(done.case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=clock.now(), note="不属于")
    with pytest.raises(actions.AnswerRefused) as caught:
        actions.reopen(done, words=WORDS, at=clock.now())
    assert caught.value.code == code


def test_what_a_grid_worker_saw_is_no_residents_to_open(w, done):
    Case.objects.filter(pk=done.case_id).update(channel="03")
    done.case.refresh_from_db()
    with pytest.raises(actions.AnswerRefused) as caught:
        actions.reopen(done, words=WORDS, at=clock.now())
    assert caught.value.code == "no_resident"


def test_who_handles_it_reads_the_words_without_the_persons_details(w, client, done):
    actions.reopen(done, words=WORDS, at=clock.now())
    client.force_login(w.works_officer)
    lead = Summons.objects.get(leads=True)
    signed = client.post(reverse("cases:summons_move", args=[done.case.number, lead.pk, "sign"]))
    assert signed.status_code == 302
    page = client.get(reverse("desk:case", args=[done.case.number])).content.decode()
    assert "昨晚又摆出来三桌" in page
    assert "13812340427" not in page


def test_the_case_page_keeps_the_marks_of_the_earlier_closing_with_its_day(w, client, done):
    mark([done.case.steps.get(verb=Verb.CLOSE)], at=clock.now())
    actions.reopen(done, words=WORDS, at=clock.now())
    client.force_login(w.desk_officer)
    page = client.get(reverse("desk:case", args=[done.case.number]))
    assert len(page.context["page"].marks) == 3
    assert 'id="marks"' in page.content.decode()


def test_of_a_confidential_case_who_handles_it_does_not_read_them(w, client, done):
    actions.reopen(done, words=WORDS, at=clock.now())
    Case.objects.filter(pk=done.case_id).update(confidential=True)
    case = Case.objects.get(pk=done.case_id)
    assert public.came_back_with(case, w.of(w.works_officer)) == {}
    assert public.came_back_with(case, w.of(w.inspector))


def test_everybody_is_asked_again_in_the_new_round(w, done):
    actions.reopen(done, words=WORDS, at=clock.now())
    assert Summons.objects.get(leads=True).state == "sent"
    assert [one.done for one in callers_of(Case.objects.get(pk=done.case_id), clock.now())] == [False]


def test_verify_wants_the_words_and_the_step_together(w, done):
    actions.reopen(done, words=WORDS, at=clock.now())
    assert list(invariants.faults(clock.now())) == []
    Reopening.objects.update(at=w.at)
    assert len(list(invariants.faults(clock.now()))) == 2
