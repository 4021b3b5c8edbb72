"""What is common at a place now: counted as it happens, at the grid, its community and its street."""

from datetime import timedelta

import pytest

from accountability.models import Situation
from audit.asking import broken
from cases import actions, common
from cases.common import WEEKS_APART, common_at
from cases.models import SituationWeek, Verb
from cases.scene import Weeks, public_scene, scene_of
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    made = world()
    facts = {"looks_like": "-", "photograph": "-", "first_action": "-"}
    made.stall = Situation.objects.create(item=made.item, code="S-1", name="摊点", **facts)
    made.smoke = Situation.objects.create(item=made.city_item, code="S-2", name="油烟", **facts)
    return made


def sound() -> bool:
    return list(broken([WEEKS_APART])) == []


def test_what_came_up_most_in_these_weeks_comes_first(w):
    for situation in (w.stall, w.smoke, w.smoke):
        stories.reported(w, situation=situation)
    assert common_at([w.grid.code], w.at) == [w.smoke.pk, w.stall.pk]
    assert common_at([w.grid.code], w.at + timedelta(weeks=common.WEEKS + 1)) == []
    assert sound()


def test_where_a_grid_has_little_its_street_says_more(w):
    stories.reported(w, situation=w.smoke, area=w.next_grid)
    assert common_at([w.grid.code], w.at) == [w.smoke.pk]
    assert common_at([w.far_grid.code], w.at) == []


def test_accepting_as_another_situation_moves_the_count(w):
    case = stories.reported(w, situation=w.stall)
    actions.accept(
        case, by=w.of(w.dispatcher), at=w.at, summary="油烟", category=case.category, urgency="normal",
        item=w.city_item, situation=w.smoke,
    )  # fmt: skip
    assert common_at([w.grid.code], w.at) == [w.smoke.pk]
    assert sound()


def test_a_case_handed_to_a_street_counts_there(w):
    case = stories.reported(w, situation=w.stall, area=w.district)
    actions.place(case, by=w.of(w.desk_officer), at=w.at, area=w.street)
    assert common_at([w.street.code], w.at) == [w.stall.pk]
    assert sound()


def test_a_confidential_case_is_in_no_count_and_comes_back_when_that_is_lifted(w):
    stories.reported(w, situation=w.smoke, confidential=True)
    case = stories.reported(w, situation=w.stall)
    assert common_at([w.grid.code], w.at) == [w.stall.pk]
    said = {"note": "怕被报复", "facts": {"summary": "夜间经营"}}
    actions.advance(case, Verb.CONCEAL, by=w.of(w.inspector), at=w.at, **said)
    assert common_at([w.grid.code], w.at) == []
    assert sound()
    actions.advance(case, Verb.UNVEIL, by=w.of(w.inspector), at=w.at, note="不必再保密")
    assert common_at([w.grid.code], w.at) == [w.stall.pk]
    assert sound()


def test_folding_changes_nothing_and_leaves_one_row_a_key(w):
    for _ in range(3):
        stories.reported(w, situation=w.stall)
    assert common.fold() == 9
    assert (common.fold(), SituationWeek.objects.count()) == (0, 3)
    assert common_at([w.grid.code], w.at) == [w.stall.pk]
    assert sound()


def test_a_lost_row_is_named(w):
    stories.reported(w, situation=w.stall)
    SituationWeek.objects.filter(place_code=w.grid.code).delete()
    assert not sound()


def test_counting_reads_by_the_index(w, django_assert_num_queries):
    stories.reported(w, situation=w.stall)
    with django_assert_num_queries(2):
        common_at([w.grid.code], w.at)


def test_of_a_place_five_of_an_item_are_common_and_a_smaller_place_says_it_first(w):
    for nth in range(9):
        stories.reported(w, situation=w.stall, area=w.grid if nth < 4 else w.next_grid)
        stories.reported(w, situation=w.smoke, area=w.street)
    for code, kind in ((w.grid, "community"), (w.next_grid, "grid"), (w.street, "street")):
        assert scene_of(code.code, w.at).common == {w.item.code: kind, w.city_item.code: "street"}
    assert scene_of(w.far_grid.code, w.at).common == scene_of(w.district.code, w.at).common == {}
    assert public_scene(w.street.code, w.at).common == {w.item.code: "street", w.city_item.code: "street"}
    assert scene_of(w.grid.code, w.at + timedelta(weeks=common.WEEKS + 1)).common == {}


def test_what_was_common_is_learnt_from_the_weeks_before_so_that_no_case_speaks_for_itself(w):
    for _ in range(5):
        stories.reported(w, situation=w.stall)
    weeks, week = Weeks(), timedelta(weeks=1)
    assert weeks.common(w.grid.code, w.at) == frozenset()
    assert weeks.common(w.grid.code, w.at + week) == {w.item.code}
    assert weeks.common(w.far_grid.code, w.at + week) == frozenset()
    assert weeks.common(w.grid.code, w.at + week * (common.WEEKS + 1)) == frozenset()
