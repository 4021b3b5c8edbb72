"""Reports by programs: through the doors of the pages, once for each key, and nobody's details come back."""

from uuid import uuid4

import pytest

from cases.models import Case
from engagement.models import Report
from tests import stories
from tests.api.asking import program
from tests.present import present

pytestmark = pytest.mark.django_db
CALL = {
    "channel": "hotline",
    "words": "北门三个摊位占道",
    "place": "北门",
    "area": "990102001001",
    "phone": "13812340427",
}


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


def sent(who, body, key=None):
    return program(who).post("reports/", body, idempotency_key=str(key or uuid4()))


def test_a_clerk_reports_and_gets_a_receipt_and_a_number(w):
    answer = sent(w.clerk, CALL)
    report = Report.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["case"], answer.json()["receipt"]) == (report.case.number, report.receipt_shown)
    assert (report.case.area, report.phone, report.by) == (w.community, "13812340427", w.clerk)


def test_the_same_again_gets_the_same_answer_and_makes_no_second_case(w):
    key = uuid4()
    first, again = sent(w.clerk, CALL, key), sent(w.clerk, CALL, key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (first.has_header("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (False, "true")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"words": "另一件事"}, {"place": ""}, {"wants_answer": False}, {"urgency": "urgent"}]
)
def test_the_same_key_with_another_body_is_refused(w, other):
    key = uuid4()
    sent(w.clerk, CALL, key)
    answer = sent(w.clerk, CALL | other, key)
    assert (answer.status_code, answer.json()["code"]) == (422, "form_key_used")
    assert Case.objects.count() == 1


def test_the_same_key_in_another_hand_is_refused(w):
    key, mine = uuid4(), {"channel": "grid", "words": "井盖松动"}
    assert sent(w.worker, mine, key).status_code == 201
    answer = sent(w.next_worker, mine, key)
    assert (answer.status_code, answer.json()["code"]) == (422, "form_key_used")


@pytest.mark.parametrize("key", [None, "", "7", "not-a-uuid"])
def test_without_a_key_nothing_is_taken_in(w, key):
    headers = {} if key is None else {"idempotency_key": key}
    answer = program(w.clerk).post("reports/", CALL, **headers)
    assert (answer.status_code, answer.json()["code"][:15]) == (400, "idempotency_key")


@pytest.mark.parametrize(("who", "channel", "status"), [
    ("clerk", "hotline", 201), ("dispatcher", "hotline", 403), ("worker", "grid", 201), ("clerk", "grid", 403),
    ("works_officer", "citizen", 201),
])  # fmt: skip
def test_each_door_is_for_those_whose_work_it_is(w, who, channel, status):
    said = {"channel": channel, "words": "路灯不亮"}
    assert sent(getattr(w, who), said).status_code == status


def test_a_residents_report_names_no_taker(w):
    sent(w.clerk, {"channel": "citizen", "words": "路灯不亮"})
    assert Report.objects.get().by is None


@pytest.mark.parametrize(("said", "field"), [
    ({"phone": "12"}, "phone"), ({"area": "990102009"}, "area"), ({"category": "moon"}, "category"),
    ({"words": "\u200b"}, "words"), ({"words": " \n"}, "words"), ({"wants_answer": True, "phone": ""}, "phone"),
])  # fmt: skip
def test_what_the_form_refuses_is_refused_by_field(w, said, field):
    answer = sent(w.clerk, CALL | said)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize(("moment", "status", "code"), [
    ("9999-12-31T23:59:59Z", 422, "overflow"), ("2026-03-12 14:45", 400, "invalid"),
    ("2026-02-30T00:00:00Z", 400, "invalid"), ("２026-03-12T14:45:00Z", 400, "invalid"),
])  # fmt: skip
def test_a_moment_is_written_as_rfc_3339_writes_it(w, moment, status, code):
    answer = sent(w.worker, {"channel": "grid", "words": "井盖松动", "captured_at": moment})
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (status, code, "captured_at")


def test_a_field_that_another_door_asks_for_is_refused(w):
    answer = sent(w.worker, {"channel": "grid", "words": "井盖松动", "phone": "13812340427"})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "unknown_field", "phone")


def test_no_answer_of_the_api_holds_what_the_person_left(w):
    sent(w.clerk, CALL | {"name": "董小满", "address": "北门小区7号楼", "words": "13812340427 董小满说有摊位"})
    desk, number = program(w.desk_officer), Case.objects.get().number
    answers = [desk.get(path, {"case": number}) for path in ("cases/", "steps/", "clocks/")]
    whole = "".join(answer.content.decode() for answer in [*answers, desk.get(f"cases/{number}/")])
    assert not [said for said in ("13812340427", "董小满", "7号楼") if said in whole]


def test_a_clerk_calls_back_through_the_same_action_as_the_page(w):
    case = stories.calling_back(w)
    Report.objects.create(case=case, receipt="A" * 12, words="占道", received_at=w.at)
    said = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    where = f"cases/{case.number}/call-back/"
    assert program(w.works_officer).move(where, said, case.version).status_code == 403
    assert program(w.clerk).move(where, said | {"solved": "yes"}, case.version).status_code == 400
    assert program(w.clerk).move(where, {"outcome": "reached"}, case.version).json()["code"] == "required"
    assert program(w.clerk).move(where, said, case.version - 1).status_code == 412
    answer = program(w.clerk).move(where, said, case.version)
    assert (answer.status_code, answer.json()["state"]) == (200, "closing")
