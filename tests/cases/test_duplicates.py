"""Beside a new case stand those that may be the same matter: near, lately, alike, seen by the reader, five at most."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.duplicates import likely
from cases.models import Verb
from tests import stories
from tests.stories import HOUR
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def opened(w, summary="占道烧烤", area=None, category=None, at=None, **more):
    return actions.open_case(
        area=area or w.grid, category=category or w.category, summary=summary, channel="01", profile=w.profile, by=None,
        at=at or w.at, **more,
    )  # fmt: skip


def beside(w, case, who=None, at=None):
    return [one.pk for one in likely(case, w.of(who or w.dispatcher), at or w.at + HOUR)]


def test_of_the_same_grid_those_alike_newest_first(w):
    one, two = opened(w), opened(w)
    assert beside(w, opened(w)) == [two.pk, one.pk]


def test_words_in_common_count_where_the_kind_differs(w):
    other = type(w.category).objects.exclude(pk=w.category.pk).first()
    if other is None:
        other = type(w.category).objects.create(code="other", name="其他", name_en="Other", order=9)
    like = opened(w, "夜间烧烤占道扰民", category=other)
    opened(w, "路灯不亮", category=other)
    assert beside(w, opened(w, "北门烧烤占道")) == [like.pk]


def test_within_two_hundred_metres_across_grids_and_not_beyond(w):
    near = opened(w, area=w.other_grid, lon=117.0300, lat=36.6600) if hasattr(w, "other_grid") else None
    near = near or opened(w, area=w.street, lon=117.0300, lat=36.6600)
    opened(w, area=w.street, lon=117.0400, lat=36.6600)
    assert beside(w, opened(w, area=w.street, lon=117.0315, lat=36.6600)) == [near.pk]


def test_what_was_turned_down_merged_or_closed_long_ago_is_not_offered(w):
    down = opened(w)
    actions.advance(down, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="不属实")
    closed = stories.closed(w)
    case = opened(w)
    assert beside(w, case) == [closed.pk]
    assert beside(w, case, at=w.at + timedelta(days=40)) == []


def test_five_at_most_in_a_fixed_number_of_statements(w):
    for _each in range(8):
        opened(w, lon=117.03, lat=36.66)
    case = opened(w, lon=117.03, lat=36.66)
    standing = w.of(w.dispatcher)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(likely(case, standing, w.at)) == 5
    assert len(asked) == 2


def test_nobody_is_offered_what_they_do_not_see(w):
    opened(w)
    assert beside(w, opened(w), who=w.outsider) == []


def test_the_page_of_accepting_offers_to_merge_and_the_link_fills_the_number_in(client, w):
    main, case = stories.accepted(w), stories.reported(w)
    client.force_login(w.dispatcher)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("cases:move", args=[case.number, "accept"])).content.decode()
    where = f"{reverse('cases:move', args=[case.number, 'merge'])}?main={main.number}"
    assert where in page
    assert f'value="{main.number}"' in client.get(where).content.decode()


def test_each_of_two_joined_cases_shows_the_other_to_who_sees_it(client, w):
    case = stories.merged(w)
    main = case.links_up.get().main
    client.force_login(w.dispatcher)
    assert main.number in client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert case.number in client.get(reverse("desk:case", args=[main.number])).content.decode()
