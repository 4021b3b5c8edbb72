"""The description of the API: sound, without a warning, complete, and readable by people under our policy."""

import json
import re

import pytest
from django.core.management import call_command

from cases.models import Verb
from people.models import Role
from tests.browser.persons import zh
from tests.journeys import people

METHODS = ("get", "post")
CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile("[a-z]{2,} [a-z]{2,}")
NAMES = {"liixia"}  # is called so in every language


def described(client, language="zh"):
    kind = {"Accept": "application/vnd.oai.openapi+json", "Accept-Language": language}
    answer = client.get("/api/schema/", headers=kind)
    assert answer.status_code == 200
    return json.loads(answer.content)


def texts(node):
    """What readers read; examples of rows are in the language of the district."""
    if isinstance(node, list):
        return [text for inner in node for text in texts(inner)]
    if not isinstance(node, dict):
        return []
    own = [node[name] for name in ("title", "summary", "description") if isinstance(node.get(name), str)]
    return own + [text for name, inner in node.items() if name != "value" for text in texts(inner)]


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
    english, chinese = described(client, "en"), described(client)
    where = "/api/v1/cases/{number}/moves/accept/"
    told = [schema["paths"][where]["post"]["summary"] for schema in (english, chinese)]
    assert told == ["Accept", zh(str(Verb.ACCEPT.label))]


@pytest.mark.django_db
def test_neither_language_stands_in_the_description_of_the_other(client):
    told = {text for text in texts(described(client)) if text.strip()} - NAMES
    assert len(told) > 100
    assert [text for text in told if ENGLISH.search(text) or not (CHINESE.search(text) or "WGS-84" in text)] == []
    assert [text for text in texts(described(client, "en")) if CHINESE.search(text)] == []


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
