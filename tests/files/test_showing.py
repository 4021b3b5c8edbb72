"""Photos on a page: their facts in words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import translation

from files import actions
from files.actions import Chosen
from files.models import Photo
from files.showing import by_step, camera_time, metres, shown, when, where
from people.models import User
from tests.files import pictures
from tests.files.sending import ready, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def photo(number, at):
    made = ready(pictures.with_facts(), ticket=number, at=at)
    actions.attach(Chosen(number, (made.pk,)), kind="case", subject_id=7, step_id=3)
    return made


def page(kind="case", subject_id=7):
    template = Template("{% load photos %}{% photos_of kind subject_id %}")
    return template.render(Context({"kind": kind, "subject_id": subject_id}))


def test_a_degree_of_latitude_is_111_kilometres():
    assert round(metres(117, 36, 117, 37) / 1000) == 111


def test_a_photo_tells_how_far_from_the_place_it_was_taken(photo):
    assert where(photo, 117.017, 36.661) == "Taken 0 m from the place"
    assert where(photo, 117.017, 36.671) == "Taken 1.1 km from the place"


def test_a_photo_tells_the_cameras_time_in_local_time(photo):
    assert "2026-03-12 14:31" in when(photo)


def test_a_zone_of_elsewhere_is_turned_into_ours():
    assert f"{camera_time('2026:03:12 06:31:07 +00:00'):%H:%M}" == "14:31"
    assert camera_time("yesterday") is None


def test_a_photo_without_facts_says_so(number, at):
    bare = ready(pictures.sound(), ticket=number, at=at)
    assert "does not say when" in when(bare)
    assert "does not say where" in where(bare, 117.0, 36.6)


def test_the_page_shows_the_picture_by_its_guarded_address(photo):
    html = page()
    assert f'src="/photos/{photo.pk}/small/"' in html
    assert 'width="480" height="360"' in html


def test_a_photo_not_ready_shows_words_instead(number, at):
    waiting = sent(pictures.sound(), ticket=number, at=at)
    bad = ready(b"GIF89a", ticket=number, at=at)
    Photo.objects.filter(pk__in=[waiting.pk, bad.pk]).update(subject_kind="case", subject_id=7)
    html = page()
    assert "Being checked" in html
    assert "Not shown" in html
    assert "<img" not in html


def test_no_photos_show_nothing():
    assert page().strip() == ""


def test_photos_of_many_steps_take_one_query(photo, django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = by_step("case", 7)
    assert [row.photo.pk for row in groups[3]] == [photo.pk]
    assert shown([]) == []


@pytest.mark.parametrize("username", ["inspector", "worker", ""])
def test_only_who_may_have_originals_is_offered_them(photo, settings, rf, username):
    settings.FILE_ORIGINALS = "tests.files.test_views.inspects"
    request = rf.get("/")
    request.user = User(username=username) if username else AnonymousUser()
    template = Template("{% load photos %}{% photos_of 'case' 7 %}")
    assert (f"/photos/{photo.pk}/original/" in template.render(Context({"request": request}))) == (
        username == "inspector"
    )
