"""What is fetched for pages is what pages use."""

import pytest

from liixia.launcher.assets import FILES
from liixia.launcher.places import CHECKOUT


@pytest.mark.parametrize("name", FILES)
def test_some_page_asks_for_it(name):
    assert any(f"vendor/{name}" in page.read_text() for page in (CHECKOUT / "templates").rglob("*.html"))


def test_pages_ask_for_nothing_else():
    asked = [line for page in (CHECKOUT / "templates").rglob("*.html") for line in page.read_text().split("'")]
    wanted = {words.removeprefix("vendor/") for words in asked if words.startswith("vendor/")}
    assert wanted <= {*FILES, "icons.svg"}
