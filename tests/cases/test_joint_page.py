"""The pages of a joint action: what each person reads and may do there, and who sees the street's code."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accountability.models import Clock
from alerts.actions import tell
from alerts.models import Alert
from audit import clock
from cases.actions.joint import begin_due
from cases.models import Case, JointAction, JointMember, Step, Summons, Verb, WrongCode
from cases.proving import TRIES, code_of
from tests import stories
from tests.cases.test_views import see, send
from tests.present import let_time_pass, present

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    """Both units are called together, and it has just begun."""
    w = present(monkeypatch)
    w.case = stories.convened(w, after=2 * stories.HOUR)
    begin_due(clock.now())
    w.lead, w.other = w.case.summonses.get(unit=w.works), w.case.summonses.get(unit=w.police)
    return w


def page(w) -> str:
    return reverse("cases:joint", args=[w.case.number, JointAction.objects.get().pk])


def form(w, call, verb) -> str:
    return reverse("cases:summons_move", args=[w.case.number, call.pk, verb])


def signs_in(client, w, call, who, **typed):
    return send(client, who, form(w, call, "attend"), **{"who": "王队", "people": "3", "code": "", **typed})


@pytest.mark.parametrize(
    ("who", "status"), [("dispatcher", 200), ("works_officer", 200), ("assessor", 200), ("outsider", 404)]
)
def test_whoever_sees_the_case_sees_who_comes_together(client, w, who, status):
    assert see(client, getattr(w, who), page(w)).status_code == status


def test_of_another_case_it_is_not_there(client, w):
    other = stories.whistled(w)
    here = reverse("cases:joint", args=[other.number, JointAction.objects.get().pk])
    assert see(client, w.dispatcher, here).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("dispatcher", 200), ("worker", 200), ("works_officer", 403), ("inspector", 403)]
)
def test_the_code_is_for_the_street_and_not_for_the_units_that_prove_by_it(client, w, who, status):
    answer = see(client, getattr(w, who), reverse("cases:code", args=[w.case.number]))
    shown = code_of(w.case, clock.now()).figures in answer.content.decode()
    assert (answer.status_code, shown) == (status, status == 200)
    on_page = code_of(w.case, clock.now()).figures in see(client, getattr(w, who), page(w)).content.decode()
    assert on_page is (status == 200)


def test_a_unit_signs_in_by_the_code_and_wrong_ones_are_counted_although_the_form_is_refused(client, w):
    right = code_of(w.case, clock.now()).figures
    wrong = str((int(right) + 5) % 10**6).zfill(6)
    for _ in range(TRIES):
        assert signs_in(client, w, w.other, w.police_officer, code=wrong).status_code == 422
    assert WrongCode.objects.filter(summons=w.other, by=w.police_officer).count() == TRIES
    assert "Too many wrong codes" in signs_in(client, w, w.other, w.police_officer, code=right).content.decode()
    assert signs_in(client, w, w.lead, w.works_officer, code=right).status_code == 302
    assert [one.proof for one in JointMember.objects.order_by("-leads")] == ["code", ""]


def test_others_codes_are_not_tried_for_a_unit(client, w):
    answer = signs_in(client, w, w.other, w.works_officer, code="123456")
    assert (answer.status_code, WrongCode.objects.count()) == (403, 0)


def test_the_buttons_are_those_of_the_reader(client, w):
    signs_in(client, w, w.other, w.police_officer)
    assert "outcome" in see(client, w.police_officer, page(w)).content.decode()
    assert "let_go" not in see(client, w.dispatcher, page(w)).content.decode()
    send(client, w.police_officer, form(w, w.other, "outcome"), note="下达通知", photos="")
    shown = see(client, w.dispatcher, page(w)).content.decode()
    assert form(w, w.other, "let_go") in shown
    assert form(w, w.lead, "attend") not in shown
    assert "下达通知" in shown


def test_it_goes_to_its_end_by_its_forms_and_says_so(client, w):
    for call, who in ((w.other, w.police_officer), (w.lead, w.works_officer)):
        assert signs_in(client, w, call, who).status_code == 302
        assert send(client, who, form(w, call, "outcome"), note="已查处", photos="").status_code == 302
    assert send(client, w.dispatcher, form(w, w.other, "let_go"), note="").status_code == 302
    ends = reverse("cases:move", args=[w.case.number, "conclude"])
    assert ends in see(client, w.dispatcher, page(w)).content.decode()
    assert send(client, w.dispatcher, ends, note="").status_code == 422
    assert send(client, w.dispatcher, ends, note="三个摊位已清").status_code == 302
    assert "三个摊位已清" in see(client, w.assessor, page(w)).content.decode()
    assert "三个摊位已清" in see(client, w.assessor, reverse("desk:case", args=[w.case.number])).content.decode()


def test_silence_is_named_beside_the_unit_alone(client, w):
    let_time_pass(30, subject_kind="joint_member")
    signs_in(client, w, w.lead, w.works_officer)
    assert send(client, w.works_officer, form(w, w.lead, "outcome"), note="已查处", photos="").status_code == 302
    send(client, w.dispatcher, reverse("cases:move", args=[w.case.number, "conclude"]), note="一家未到")
    assert see(client, w.assessor, page(w)).content.decode().count("this counts for this unit alone") == 1


@pytest.mark.parametrize("verb", ["excuse", "recall"])
def test_the_street_excuses_a_unit_or_sends_it_back_from_its_form(client, w, verb):
    w.case = stories.whistled(w)
    w.other = w.case.summonses.get(unit=w.police)
    if verb == "recall":
        stories.replies(w, Summons.objects.get(pk=w.other.pk), at=clock.now())
    where = form(w, w.other, verb)
    assert where in see(client, w.dispatcher, reverse("desk:case", args=[w.case.number])).content.decode()
    assert see(client, w.police_officer, where).status_code == 403
    assert send(client, w.dispatcher, where, note="").status_code == 422
    assert send(client, w.dispatcher, where, note="另有安排").status_code == 302


def test_the_form_of_opening_one_says_at_the_field_what_does_not_fit(client, w):
    w.case = stories.whistled(w)
    where = reverse("cases:move", args=[w.case.number, "convene"])
    typed = {"kind": "meeting", "place": "北门", "members": ["GA"], "lead": "CG", "note": "先查后清"}
    answer = send(client, w.dispatcher, where, meets_at="2030-03-12T15:00", **typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["lead"])
    answer = send(client, w.dispatcher, where, meets_at="2020-03-12T15:00", **{**typed, "lead": "GA"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["meets_at"])
    assert send(client, w.dispatcher, where, meets_at="2030-03-12T15:00", **{**typed, "lead": "GA"}).status_code == 302


def test_the_page_asks_as_often_for_two_members_as_for_one(client, w):
    def asked(who) -> int:
        see(client, who, page(w))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page(w))
        return len(queries)

    before = asked(w.dispatcher)
    JointMember.objects.filter(leads=False).delete()
    assert asked(w.dispatcher) == before
    assert before <= 20


def test_members_hear_that_they_are_called_and_the_street_that_they_came(client, w):
    def heard(verb) -> set[str]:
        tell([Step.objects.get(verb=verb).pk], at=clock.now())
        return set(Alert.objects.filter(step__verb=verb).values_list("recipient__username", flat=True))

    assert heard(Verb.CONVENE) == {"works", "police"}
    signs_in(client, w, w.other, w.police_officer)
    assert heard(Verb.ATTEND) == {"dispatcher"}


def test_lapsed_time_is_kept_on_the_case_page(client, w):
    Clock.objects.filter(subject_kind="joint_member").update(
        started_at=w.at - timedelta(days=9), due_at=w.at - timedelta(days=8)
    )
    signs_in(client, w, w.other, w.police_officer)
    send(client, w.police_officer, form(w, w.other, "outcome"), note="晚了", photos="")
    shown = see(client, w.dispatcher, reverse("desk:case", args=[w.case.number])).content.decode()
    assert "Result of a joint action" in shown
    assert Case.objects.get(pk=w.case.pk).state == "in_hand"
