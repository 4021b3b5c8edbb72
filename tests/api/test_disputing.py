"""Programs decline calls and rule on disputes by the same doors, words and refusals as pages."""

import pytest

from cases.models import Dispute, Summons
from people.models import Role, Unit
from tests import stories
from tests.api.asking import program
from tests.present import present
from tests.world import person, seat

pytestmark = pytest.mark.django_db
GROUND = {"note": "清单中我局负责食品", "to": "SJ"}


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    GROUND["duty"] = w.duty.pk
    return w


def move(w, who, verb, body):
    version = Summons.objects.get(pk=w.call.pk).case.version
    return program(who).move(f"summonses/{w.call.pk}/moves/{verb}/", body, version)


def test_a_unit_declines_and_the_desk_calls_another_in_its_place(w):
    assert move(w, w.works_officer, "decline", GROUND).json()["summons"] == {"id": w.call.pk, "state": "sent"}
    assert move(w, w.desk_officer, "uphold", {"note": "由市监查处", "to": "SJ"}).status_code == 200
    assert Dispute.objects.get().called == w.market


def test_what_is_missing_is_told_under_its_name(w):
    answer = move(w, w.works_officer, "decline", {**GROUND, "to": "CG"})
    assert (answer.status_code, answer.json()["field"]) == (422, "to")
    move(w, w.works_officer, "decline", GROUND)
    assert move(w, w.works_officer, "decline", GROUND).json()["code"] == "declined_before"


def test_the_duty_is_found_as_the_case_names_its_version_and_quoted_on_the_step(w):
    asks = program(w.works_officer)
    case = asks.get(f"cases/{w.call.case.number}/").json()
    (item,) = asks.get(f"items/?version={case['list_version']}&category=city").json()["results"]
    assert w.duty.pk in [duty["id"] for duty in item["duties"]]
    move(w, w.works_officer, "decline", GROUND)
    step = asks.get(f"steps/?case={w.call.case.number}").json()["results"][0]
    assert step["facts"]["cited"]["text"] == "负责查处"


@pytest.mark.parametrize(("key", "code"), [(0, "no_duty"), ("other", "other_item"), (None, "required")])
def test_what_the_list_does_not_say_here_is_refused_by_a_code(w, key, code):
    other = w.city_item.versions.get().duties.first().pk
    body = {**GROUND, "duty": other if key == "other" else key}
    answer = move(w, w.works_officer, "decline", {name: value for name, value in body.items() if value is not None})
    assert (answer.status_code, answer.json()["field"], answer.json()["code"]) == (422, "duty", code)
    assert not Dispute.objects.exists()


def test_a_conferral_rules_with_the_word_of_both_offices(w):
    w.legal = seat(person("legal", "司法", w.editors), Role.LEGAL, Unit.objects.get(code="BB"))
    move(w, w.works_officer, "decline", GROUND)
    assert move(w, w.desk_officer, "confer", {"note": "两个事项都沾边"}).status_code == 200
    alone = move(w, w.establishment, "deny", {"note": "按清单办"})
    assert (alone.status_code, alone.json()["code"]) == (422, "one_office")
    assert move(w, w.establishment, "put_to", {"ruling": "denied", "note": "按清单办"}).status_code == 200
    alone = move(w, w.establishment, "deny", {"note": "按清单办"})
    assert (alone.status_code, alone.json()["code"]) == (422, "one_office")
    assert Dispute.objects.get().is_open
    assert move(w, w.legal, "deny", {"note": "同意"}).status_code == 200
    assert Dispute.objects.get().ruling == "denied"


def test_the_open_moves_tell_whoever_reads_what_they_may_rule(w):
    def open_to(who) -> set[str]:
        told = program(who).get(f"summonses/{w.call.pk}/").json()["allowed_moves"]
        return {one["verb"] for one in told if one["allowed"]}

    assert "decline" in open_to(w.works_officer)
    move(w, w.works_officer, "decline", GROUND)
    assert {"uphold", "deny", "confer"} <= open_to(w.desk_officer)
    assert not {"decline", "uphold", "deny"} & open_to(w.works_officer)
