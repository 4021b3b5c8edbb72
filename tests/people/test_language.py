"""Chinese until somebody chooses; the choice lasts."""

import pytest

pytestmark = pytest.mark.django_db


def language(client, **more) -> str:
    return client.get("/sign-in", **more).headers["Content-Language"]


def test_a_page_is_chinese_whatever_the_browser_says_of_itself(client):
    assert language(client, headers={"Accept-Language": "en-US,en"}) == "zh-hans"


def test_the_language_chosen_here_lasts_and_another_is_ignored(client):
    client.post("/i18n/setlang/", {"language": "en"})
    assert language(client) == "en"
    client.cookies["django_language"] = "tlh"
    assert language(client) == "zh-hans"
