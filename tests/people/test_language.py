"""Chinese until somebody chooses; the choice lasts."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

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


def test_a_day_is_written_alike_on_every_page():
    day = date(2026, 3, 12)
    with override("en"):
        assert date_format(day) == "12 Mar 2026"
    with override("zh-hans"):
        assert date_format(day) == "2026年3月12日"
