"""The description of the API: sound, without a warning, complete, and readable by people under our policy."""

import json

import pytest
from django.core.management import call_command

from cases.models import Verb
from people.models import Role
from tests.browser.persons import zh
from tests.journeys import people

METHODS = ("get", "post")


def described(client, **query):
    answer = client.get("/api/schema/", query, headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_it_validates_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


@pytest.mark.django_db
def test_every_operation_shows_what_is_sent_and_what_is_answered(client):
    for path, operations in described(client)["paths"].items():
        for method in METHODS:
            if method in operations:
                said = operations[method]
                good = next(answer for status, answer in said["responses"].items() if status in ("200", "201"))
                assert good["content"]["application/json"]["examples"], path
                assert method == "get" or said["requestBody"]["content"]["application/json"]["examples"], path
                assert {"400", "401", "429"} <= set(said["responses"]), path


@pytest.mark.django_db
def test_it_is_told_in_both_languages(client):
    english, chinese = described(client, lang="en"), described(client)
    where = "/api/v1/cases/{number}/moves/accept/"
    told = [schema["paths"][where]["post"]["summary"] for schema in (english, chinese)]
    assert told == ["Accept", zh(str(Verb.ACCEPT.label))]


@pytest.mark.browser
def test_people_read_and_try_it_under_our_policy(as_person):
    """The person's browser keeps every word of the console: a breach of the policy would be a fault."""
    person = as_person(people.seated(Role.CLERK))
    page = person.opens("/api/docs/")
    page.locator("#operations-units-units_list .opblock-summary").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator("#operations-units-units_list .live-responses-table td.response-col_status", has_text="200").wait_for()
    assert "unsafe" not in page.request.get(f"{person.house.url}/api/docs/").headers["content-security-policy"]
