"""Programs open, sign in at, and end joint actions by the same doors, words and refusals as pages."""

import pytest

from audit import clock
from cases.actions.joint import begin_due
from cases.models import Case, JointAction, JointMember, WrongCode
from cases.proving import code_of
from tests import stories
from tests.api.asking import program
from tests.present import present

pytestmark = pytest.mark.django_db
MEETING = {
    "kind": "meeting", "place": "北门", "meets_at": "2030-03-12T15:00:00+08:00", "lead": "CG", "members": ["CG", "GA"],
    "note": "先查后清",
}  # fmt: skip


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


def of_case(case, verb) -> str:
    return f"cases/{case.number}/moves/{verb}/"


def of_unit(call, verb) -> str:
    return f"summonses/{call.pk}/moves/{verb}/"


def version(case) -> int:
    return Case.objects.get(pk=case.pk).version


def test_a_joint_action_is_opened_and_called_off(w):
    case = stories.whistled(w)
    street = program(w.dispatcher)
    refused = street.move(of_case(case, "convene"), MEETING | {"lead": "SJ"}, version(case))
    assert refused.status_code == 422
    assert street.move(of_case(case, "convene"), MEETING, version(case)).status_code == 200
    assert program(w.works_officer).move(of_case(case, "conclude"), {"note": "完"}, version(case)).status_code == 403
    assert street.move(of_case(case, "conclude"), {"note": "改期"}, version(case)).status_code == 200
    assert JointAction.objects.get().minutes == "改期"


def test_units_sign_in_and_give_their_results_and_the_street_ends_it(w):
    case = stories.convened(w, after=2 * stories.HOUR)
    begin_due(clock.now())
    calls = {call.unit.code: call for call in case.summonses.select_related("unit")}
    wrong = {"who": "王队", "people": 2, "code": "0"}
    assert program(w.police_officer).move(of_unit(calls["GA"], "attend"), wrong, version(case)).status_code == 422
    right = {"who": "王队", "people": 2, "code": code_of(case, clock.now()).figures}
    for code, who in (("GA", w.police_officer), ("CG", w.works_officer)):
        unit = program(who)
        assert unit.move(of_unit(calls[code], "attend"), right, version(case)).status_code == 200
        assert unit.move(of_unit(calls[code], "outcome"), {"note": "已查处"}, version(case)).status_code == 200
    street = program(w.dispatcher)
    assert street.move(of_unit(calls["GA"], "let_go"), {}, version(case)).status_code == 200
    assert street.move(of_case(case, "conclude"), {"note": "摊位已清"}, version(case)).status_code == 200
    assert set(JointMember.objects.values_list("proof", flat=True)) == {"code"}


def test_a_wrong_code_is_counted_for_programs_too(w):
    case = stories.convened(w, after=2 * stories.HOUR)
    call = case.summonses.get(unit=w.police)
    figures = str((int(code_of(case, clock.now()).figures) + 1) % 10**6).zfill(6)
    sent = {"who": "王队", "people": 2, "code": figures}
    refused = program(w.police_officer).move(of_unit(call, "attend"), sent, version(case))
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_code")
    assert WrongCode.objects.count() == 1


def test_joint_actions_are_listed_to_those_who_see_the_case(w):
    case = stories.convened(w)
    (row,) = program(w.police_officer).get("joint-actions/", {"case": case.number}).json()["results"]
    assert (row["place"], [one["unit"] for one in row["members"]]) == ("北门", ["CG", "GA"])
    assert program(w.outsider).get("joint-actions/").json()["results"] == []
    assert program(w.outsider).get(f"joint-actions/{row['id']}/").status_code == 404
