"""Saved views: under a name, one's own or shared with the unit, one of them first; never wider than its reader sees."""

import pytest

from desk.models import SavedView
from tests import stories
from tests.lately import lately
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def save(client, user, name="本街道超时", query="due=over&category=city", **more):
    client.force_login(user)
    return client.post("/cases/views/", {"name": name, "query": query, **more})


def change(client, view: SavedView, **said):
    prefix = f"view{view.pk}"
    given = {f"{prefix}-{name}": value for name, value in {"name": view.name, **said}.items()}
    return client.post(f"/cases/views/{view.pk}/", given)


def test_a_view_is_saved_in_the_one_way_to_write_it_and_shown_on_the_list(client, w):
    answer = save(client, w.dispatcher)
    assert answer.url == "/cases/?state=open&category=city&due=over"
    page = client.get(answer.url).content.decode()
    assert "本街道超时" in page.split("</nav>")[0] + page.split('class="chips')[1]


def test_the_same_name_again_stands_for_the_new_question(client, w):
    save(client, w.dispatcher)
    save(client, w.dispatcher, query="state=closed")
    assert SavedView.objects.get().query == "state=closed"


def test_a_shared_view_is_found_by_the_unit_and_by_nobody_else(client, w):
    colleague = person("colleague", "同事", w.office)
    save(client, w.dispatcher, shared="on")
    found = {user: "本街道超时" in read(client, user) for user in (w.dispatcher, colleague, w.outsider, w.worker)}
    assert found == {w.dispatcher: True, colleague: True, w.outsider: False, w.worker: False}
    save(client, w.dispatcher)
    assert "本街道超时" not in read(client, colleague)


def read(client, user) -> str:
    client.force_login(user)
    return client.get("/cases/?state=open").content.decode()


def test_a_shared_view_shows_its_reader_no_more_than_they_see(client, w):
    stories.reported(w)
    w.worker.unit = w.office
    w.worker.save()
    save(client, w.dispatcher, query="state=all", shared="on")
    stories.reported(w, area=w.next_grid)
    client.force_login(w.worker)
    assert len(client.get("/cases/?state=all").context["rows"]) == 1


def test_the_first_view_opens_by_itself_and_every_other_address_as_it_says(client, w):
    save(client, w.dispatcher)
    view = SavedView.objects.get()
    change(client, view, is_default="on")
    assert client.get("/cases/").url == "/cases/?state=open&category=city&due=over"
    assert client.get("/cases/?state=open").status_code == 200


def test_only_one_view_comes_first(client, w):
    save(client, w.dispatcher), save(client, w.dispatcher, name="全部", query="state=all")
    for view in SavedView.objects.all():
        change(client, view, is_default="on")
    assert SavedView.objects.filter(is_default=True).count() == 1


def test_a_view_is_renamed_and_deleted_by_its_owner_alone(client, w):
    save(client, w.dispatcher, shared="on")
    view = SavedView.objects.get()
    change(client, view, name="超时")
    assert SavedView.objects.get().name == "超时"
    client.force_login(w.street_leader)
    assert client.post(f"/cases/views/{view.pk}/", {"delete": "1"}).status_code == 404
    client.force_login(w.dispatcher)
    client.post(f"/cases/views/{view.pk}/", {"delete": "1"})
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(("name", "shared"), [("", ""), ("\u200b", ""), ("x" * 41, ""), ("我的", "on")])
def test_what_cannot_be_saved_says_why_and_keeps_the_list(client, w, name, shared):
    answer = save(client, w.worker, name=name, **({"shared": shared} if shared else {}))
    assert answer.status_code == 422
    assert 'value="state=open&amp;category=city&amp;due=over"' in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_name_taken_by_another_view_is_refused(client, w):
    save(client, w.dispatcher), save(client, w.dispatcher, name="全部")
    assert change(client, SavedView.objects.get(name="全部"), name="本街道超时").status_code == 422


def test_nobody_keeps_more_views_than_they_can_read(client, w, monkeypatch):
    monkeypatch.setattr("desk.actions.saved.MOST", 1)
    save(client, w.dispatcher)
    assert save(client, w.dispatcher, name="第二个").status_code == 422
    assert save(client, w.dispatcher, query="state=all").status_code == 302
