"""The pages of proposals: made from an item's page, read with evidence that one may see, answered by the office."""

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Proposal
from tests import stories
from tests.cases.test_proposing import disputed, made
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def page(client, user, name, *args, status=200) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_a_department_proposes_and_the_office_answers(client, w):
    case = disputed(w)
    assert reverse("desk:proposal_new") + f"?item={w.item.code}" in page(
        client, w.works_officer, "desk:item", w.item.code
    )
    fields = {"item": w.item.code, "wish": "主责改为市场监管", "reason": "来回退", "numbers": f"{case.number}，"}
    answer = client.post(reverse("desk:proposal_new"), fields)
    one = Proposal.objects.get()
    assert answer.url == reverse("desk:proposal", args=[one.pk])
    shown = page(client, w.works_officer, "desk:proposal", one.pk)
    assert case.number in shown
    assert "清单第一条" in shown
    assert 'name="answer"' not in shown
    assert 'name="answer"' in page(client, w.establishment, "desk:proposal", one.pk)
    client.post(reverse("desk:proposal", args=[one.pk]), {"upshot": "taken", "answer": "下一版改"})
    assert "下一版改" in page(client, w.works_officer, "desk:proposal", one.pk)
    assert "下一版改" not in page(client, w.works_officer, "desk:proposals")


def test_a_case_that_the_reader_does_not_see_is_only_counted(client, w):
    case = disputed(w)
    one = made(w, numbers=[case.number])
    shown = page(client, w.outsider, "desk:proposal", one.pk)
    assert case.number not in shown
    assert "清单第一条" not in shown
    assert case.summary not in shown


def test_a_wrong_number_keeps_what_was_written(client, w):
    client.force_login(w.works_officer)
    unseen = stories.reported(w).number
    fields = {"item": "", "wish": "主责改为市场监管", "reason": "来回退", "numbers": unseen}
    answer = client.post(reverse("desk:proposal_new"), fields)
    assert answer.status_code == 422
    assert unseen in answer.content.decode()
    assert "主责改为市场监管" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_many_proposals_cost_as_many_questions_as_one(client, w, django_assert_num_queries):
    made(w)
    for number in range(4):
        one = made(w, item=None, wish=f"加一条{number}")
        actions.answer_proposal(one, upshot="taken", answer="好", by=w.of(w.establishment), at=w.at)
    client.force_login(w.desk_officer)
    client.get(reverse("desk:proposals"))
    with django_assert_num_queries(9):
        client.get(reverse("desk:proposals"))


@pytest.mark.parametrize("name", ["inspector", "clerk", "worker"])
def test_everybody_at_work_reads_them(client, w, name):
    made(w)
    shown = page(client, getattr(w, name), "desk:proposals")
    assert "主责改为区市场监管局" in shown
    assert "提出人" in shown
    assert "经手人" not in shown
