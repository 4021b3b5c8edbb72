"""Programs move what is admitted by the same actions as the pages, on the version that they have read."""

import pytest
from django.utils.timezone import localdate

from admission.models import Application, Permit, Pledge, Task
from tests.admission.ground import DAY, applied, cleared, granted, ground, pledge, task
from tests.api.asking import program
from tests.present import present

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    w = ground(present(monkeypatch))
    w.at -= DAY  # what is walked to takes hours, and lies behind
    return w


def moved(who, thing, verb, body=None, version=None):
    """Sent on the version that stands in the API now."""
    where = f"{type(thing)._meta.model_name}s/{thing.pk}/"
    asks = program(who)
    seen = version or asks.get(where).json()["version"]
    return asks.move(f"{where}moves/{verb}/", body or {}, seen)


def test_from_the_application_to_a_permit_and_its_end(w):
    one = applied(w)
    assert moved(w.establishment, one, "forward").json()["state"] == "opinions"
    opinion = {"view": "agrees", "note": "同意"}
    assert moved(w.dispatcher, one, "opine", opinion).status_code == 200
    assert moved(w.outsider, one, "opine", opinion).json()["state"] == "legality"
    assert moved(w.legal, one, "clear", {"note": "合法"}).json()["state"] == "decision"
    said = {
        "until": (localdate(w.at) + 100 * DAY).isoformat(),
        "streets": [{"street": w.street.code, "money": 30_000}, {"street": w.other_street.code, "money": 20_000}],
    }
    answer = moved(w.leader, one, "grant", said)
    assert (answer.status_code, answer.json()["state"]) == (200, "granted")
    permit = program(w.works_officer).get(f"permits/{Permit.objects.get().number}/").json()
    assert [street["money"] for street in permit["streets"]] == [30_000, 20_000]
    why = {"note": "经费未拨付", "basis": "纪要12号"}
    assert moved(w.leader, one, "revoke", why).json()["state"] == "revoked"
    assert program(w.works_officer).get(f"permits/{permit['number']}/").json()["reason"] == "经费未拨付"


def test_money_for_a_street_that_is_not_named_is_refused_and_not_lost(w):
    one = cleared(w, money=0)
    said = {"until": (localdate(w.at) + 100 * DAY).isoformat(), "streets": [{"street": "990102009", "money": 30_000}]}
    told = moved(w.leader, one, "grant", said)
    assert (told.status_code, told.json()["code"], told.json()["field"]) == (422, "other_street", "streets")
    assert "990102009" in told.json()["sentence"]
    assert moved(w.legal, one, "grant", said).json()["code"] == "wrong_person"
    assert not Permit.objects.exists()


def test_a_task_is_taken_flagged_and_ruled_on(w):
    one = task(w)
    assert moved(w.dispatcher, one, "take").json()["state"] == "accepted"
    assert moved(w.dispatcher, one, "flag", {"note": "转嫁"}).json()["state"] == "flagged"
    assert moved(w.establishment, one, "uphold", {"note": "部门职责"}).json()["state"] == "void"


def test_a_pledge_is_cancelled_and_read_so(w):
    one = pledge(w)
    low = moved(w.establishment, one, "keep", {"note": "保留"})
    assert (low.status_code, low.json()["code"]) == (422, "basis_too_low")
    assert moved(w.establishment, one, "cancel", {"note": "无依据"}).status_code == 200
    assert program(w.dispatcher).get(f"pledges/{one.pk}/").json()["state"] == "cancelled"


def test_what_is_read_says_what_is_open_and_why_not(w):
    one = applied(w)
    found = program(w.establishment).get(f"applications/{one.pk}/")
    assert found["ETag"].startswith('"1.')
    told = {move["verb"]: move for move in found.json()["allowed_moves"]}
    assert told["forward"]["allowed"]
    assert not told["withdraw"]["allowed"]
    assert told["withdraw"]["sentence"]
    assert told["forward"]["href"] == f"/api/v1/applications/{one.pk}/moves/forward/"


def test_whoever_was_slower_is_told_and_nothing_is_moved(w):
    one = applied(w)
    assert program(w.establishment).post(f"applications/{one.pk}/moves/forward/").status_code == 428
    late = moved(w.establishment, one, "forward", version=9)
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    assert Application.objects.get().state == "review"


@pytest.mark.parametrize(
    ("verb", "body", "status", "field"),
    [
        ("grant", {}, 400, "until"), ("grant", {"until": "2020-01-01"}, 422, ""), ("deny", {"note": " "}, 422, "note"),
        ("deny", {"note": "x", "until": "2030-01-01"}, 400, "until"),
        ("grant", {"until": "2030-01-01", "streets": [{"street": "990102001", "money": -1}]}, 400, "streets.0.money"),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_said_under_its_name(w, verb, body, status, field):
    answer = moved(w.leader, cleared(w), verb, body)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert Application.objects.get().state == "decision"


def test_nobody_moves_what_is_not_theirs_or_not_there_for_them(w):
    one, duty = applied(w), task(w, granted(w, matter="另一件"))
    assert moved(w.works_officer, one, "forward").status_code == 403
    assert moved(w.establishment, one, "clear", {"note": "合法"}).status_code == 409
    for who, where in ((w.police_officer, f"applications/{one.pk}"), (w.police_officer, f"tasks/{duty.pk}")):
        assert program(who).get(f"{where}/").status_code == 404
        assert program(who).move(f"{where}/moves/flag/", {"note": "x"}, 1).status_code == 404
    assert moved(w.works_officer, duty, "take").status_code == 403
    assert {Application.objects.get(pk=one.pk).state, Task.objects.get().state} == {"review", "handed"}


def test_lists_cost_as_many_questions_as_one_row(w, django_assert_max_num_queries):
    for number in range(3):
        applied(w, matter=f"第{number}件")
        pledge(w, "central", f"中发{number}号")
    asks = program(w.establishment)
    for where, most in (("applications/", 8), ("pledges/", 8)):
        with django_assert_max_num_queries(most):
            assert len(asks.get(where).json()["results"]) == 3


def test_a_department_reads_its_own_alone(w):
    applied(w)
    pledge(w)
    assert program(w.police_officer).get("applications/").json()["results"] == []
    assert program(w.police_officer).get("pledges/").json()["results"] == []
    assert Pledge.objects.exists()
