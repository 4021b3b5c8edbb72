"""Programs pass a case on and take it up again by the same doors, words and refusals as pages."""

import pytest

from cases.models import Case
from tests import stories
from tests.api.asking import program
from tests.present import present

pytestmark = pytest.mark.django_db
WHY = {"outlet": "petition", "note": "属信访复查事项"}


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    stories.outlets(w)
    return w


def move(case, who, verb, body):
    version = Case.objects.get(pk=case.pk).version
    return program(who).move(f"cases/{case.number}/moves/{verb}/", body, version)


def test_the_desk_passes_it_on_openly_and_takes_it_up_again(w):
    case = stories.accepted(w)
    assert move(case, w.desk_officer, "transfer", WHY).json()["state"] == "transferred"
    told = program(w.dispatcher).get("steps/", {"case": case.number, "verb": "transfer"}).json()["results"]
    assert (told[0]["note"], told[0]["facts"]["outlet"]) == ("属信访复查事项", "petition")
    assert move(case, w.desk_officer, "get_back", {"note": "退回"}).json()["state"] == "accepted"


def test_out_of_sight_it_is_not_there_for_a_program_of_the_street(w):
    case = stories.accepted(w)
    assert move(case, w.desk_officer, "transfer", {**WHY, "outlet": "discipline"}).json()["state"] == "withheld"
    assert program(w.dispatcher).get(f"cases/{case.number}/").status_code == 404
    assert move(case, w.dispatcher, "split", {"summary": "另一件"}).status_code == 404
    assert program(w.inspector).get(f"cases/{case.number}/").json()["state"] == "withheld"


@pytest.mark.parametrize(
    ("story", "who", "body", "answer"),
    [
        (stories.accepted, "dispatcher", WHY, (403, "wrong_person", "")),
        (stories.whistled, "desk_officer", WHY, (409, "wrong_state", "")),
        (stories.accepted, "desk_officer", {**WHY, "outlet": "nobody"}, (422, "invalid_choice", "outlet")),
        (stories.accepted, "desk_officer", {**WHY, "note": ""}, (400, None, "note")),
    ],
)
def test_a_refusal_says_which_rule_and_which_field(w, story, who, body, answer):
    status, code, field = answer
    refused = move(story(w), getattr(w, who), "transfer", body)
    assert (refused.status_code, refused.json().get("field") or "") == (status, field)
    assert code is None or refused.json()["code"] == code


def test_what_units_know_of_is_not_hidden(w):
    case = stories.whistled(w)
    assert move(case, w.dispatcher, "withdraw", {"note": "已撤离"}).status_code == 200
    refused = move(case, w.desk_officer, "transfer", {**WHY, "outlet": "leads"})
    assert (refused.status_code, refused.json()["code"]) == (422, "known_to_units")
