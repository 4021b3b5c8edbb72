"""Two editors of the list in the same second."""

from datetime import date

import pytest

from accountability.actions import Wording, amend
from accountability.duties import duty_texts, version_on
from accountability.models import ListVersion
from tests.accountability.test_races import at_once
from tests.world import world


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_editors_at_once_make_one_version_that_holds_both():
    w = world()
    editor = w.of(w.establishment)

    def says(item, text: str):
        duties = [Wording("lead", text, unit=w.market)]
        return lambda: amend(item, duties=duties, by=editor, at=w.at)

    assert at_once(says(w.item, "甲"), says(w.city_item, "乙")) == []
    tomorrow = version_on(date(2026, 3, 10))
    assert ListVersion.objects.count() == 2
    assert [duty_texts(item, tomorrow)[0].text for item in (w.item, w.city_item)] == ["甲", "乙"]
