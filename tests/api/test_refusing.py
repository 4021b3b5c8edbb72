"""Every refusal has one shape, in the language asked for, wherever it comes from."""

import pytest

from liixia.bodies import WholeBodies
from tests import stories
from tests.api.asking import Program, program
from tests.world import world

pytestmark = pytest.mark.django_db
SHAPE = {"code", "sentence", "field"}


@pytest.fixture
def w():
    return world()


def refusals(w):
    clerk, nobody = program(w.clerk), Program(Authorization="Token 0123")
    case = stories.reported(w)
    return {
        "no token": (nobody.get("cases/"), 401, "token"),
        "an unknown address": (clerk.get("nowhere/"), 404, "not_found"),
        "an address without its slash": (clerk.get("cases"), 404, "not_found"),
        "a sign that no address has": (clerk.get("cases/", {"case": "\0"}), 404, "not_found"),
        "a case that is none": (clerk.get("cases/370102-1/"), 404, "not_found"),
        "a method that is none": (clerk.post("cases/"), 405, "method_not_allowed"),
        "another kind of answer": (clerk.get("cases/", accept="text/html"), 406, "not_acceptable"),
        "another kind of body": (_posted(clerk, "a=1", "text/plain"), 415, "unsupported_media_type"),
        "another charset": (_posted(clerk, "{}", "application/json; charset=gbk"), 415, "unsupported_media_type"),
        "a body that is no JSON": (_posted(clerk, "{", "application/json"), 400, "parse_error"),
        "a body without a bottom": (_posted(clerk, "[" * 100_000, "application/json"), 400, "parse_error"),
        "a filter that is none": (clerk.get("cases/", {"state": "lost"}), 400, "invalid_choice"),
        "a cursor of their own": (clerk.get("cases/", {"cursor": "cD14"}), 400, "invalid"),
        "a page without rows": (clerk.get("cases/", {"size": "0"}), 400, "invalid"),
        "no version": (clerk.post(f"cases/{case.number}/moves/accept/"), 428, "if_match_missing"),
    }


def _posted(who, body, kind):
    key = {"Idempotency-Key": "5f0c9a52-6a0e-4c3b-9d43-0d7a4b8f1c11"}
    return who.client.post("/api/v1/reports/", body, content_type=kind, headers=who.headers | key)


def test_each_refusal_says_a_code_a_sentence_and_a_field(w):
    for what, (answer, status, code) in refusals(w).items():
        told = answer.json()
        assert (what, answer.status_code, told["code"]) == (what, status, code)
        assert set(told) >= SHAPE, what
        assert told["sentence"], what


def test_several_faults_are_listed_and_the_first_stands_in_front(w):
    body = {"channel": "pigeon", "words": 7, "colour": "red"}
    told = program(w.clerk).post("reports/", body, idempotency_key="5f0c9a52-6a0e-4c3b-9d43-0d7a4b8f1c11").json()
    assert {fault["field"] for fault in told["errors"]} == {"channel", "words"}
    assert {name: told[name] for name in SHAPE} == told["errors"][0]


@pytest.mark.parametrize(
    ("asked", "cookie", "language"),
    [
        ("", "", "zh"),
        ("en-GB,en;q=0.8", "", "en"),
        ("fr, zh;q=0.5", "", "zh"),
        ("en", "zh-hans", "zh"),
        ("zh", "en", "en"),
    ],
)
def test_a_refusal_is_said_in_the_language_asked_for(asked, cookie, language):
    visitor = Program(**({"Accept-Language": asked} if asked else {}))
    visitor.client.cookies["django_language"] = cookie
    sentence = visitor.get("cases/").json()["sentence"]
    assert sentence.isascii() == (language == "en")


def test_too_many_refused_tokens_from_one_address_wait(settings):
    settings.API_REFUSALS_A_MINUTE = 3
    answers = [Program(Authorization=f"Token {n}").get("cases/") for n in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert (answers[3].json()["code"], 0 < int(answers[3]["Retry-After"]) <= 61) == ("throttled", True)


def test_a_runaway_program_waits_and_nobody_else_does(w, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    clerk, desk = program(w.clerk), program(w.desk_officer)
    assert [clerk.get("units/").status_code for _ in range(3)] == [200, 200, 429]
    assert desk.get("units/").status_code == 200


def test_a_body_too_large_is_refused_in_the_same_shape():
    said = []
    environ = {"PATH_INFO": "/api/v1/reports/", "CONTENT_LENGTH": str(2 * 1024 * 1024)}
    told = WholeBodies(lambda *given: [], 1)(environ, lambda status, headers: said.append((status, dict(headers))))
    assert b'"code": "content_too_large"' in told[0]
    assert said[0][1]["Content-Type"] == "application/json"


def test_a_fault_of_ours_is_one_sentence_too(w, monkeypatch):
    monkeypatch.setattr("people.api.units.UnitShape.to_representation", lambda *given: 1 / 0)
    answer = program(w.clerk).get("units/")
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
