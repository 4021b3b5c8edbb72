"""Nothing typed is lost when a sign-in expires, and nothing typed is shown to anybody else."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from people.keeping import MOST_CHARACTERS, TYPED
from people.models import User
from tests.world import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.pages")]


@pytest.fixture(autouse=True)
def ann() -> User:
    return User.objects.create_user("ann", "安", PASSWORD)


def sign_in(client: Client, page: str) -> None:
    client.post("/sign-in", {"username": "ann", "password": PASSWORD, "next": page})


def kept(client: Client, page: str = "/note") -> dict | None:
    return client.get(page).json()["kept"]


def test_a_post_that_comes_too_late_is_sent_to_sign_in_and_kept(client):
    assert client.post("/note", {"words": "写了半天"}).url == "/sign-in?next=/note"
    sign_in(client, "/note")
    assert kept(client) == {"words": "写了半天"}


def test_the_sign_in_page_says_that_words_wait(client):
    client.post("/note", {"words": "a"})
    assert client.get("/sign-in?next=/note").context["words_wait"]
    assert not client.get("/sign-in?next=/form").context["words_wait"]


def test_several_values_of_one_field_stay_several(client):
    client.post("/note", {"units": ["1", "2"]})
    sign_in(client, "/note")
    assert kept(client) == {"units": ["1", "2"]}


def test_the_page_fills_its_form_and_says_so(client):
    client.post("/form", {"note": "写了半天", "kind": "b"})
    sign_in(client, "/form")
    page = client.get("/form")
    assert "写了半天</textarea>" in page.content.decode()
    assert page.wsgi_request.typed_is_kept


def test_secrets_are_not_kept(client):
    client.post("/note", {"words": "a", "new_password1": "b", "csrfmiddlewaretoken": "c"})
    sign_in(client, "/note")
    assert kept(client) == {"words": "a"}


def test_it_lies_sealed_in_the_session(client):
    client.post("/note", {"words": "13800000427"})
    assert "13800000427" not in str(Session.objects.get().get_decoded())


def test_a_sent_page_has_nothing_kept_any_more(client):
    client.post("/note", {"words": "a"})
    sign_in(client, "/note")
    assert client.post("/note", {"words": "a"}).content == b"saved"
    assert kept(client) is None


def test_who_goes_on_to_another_page_leaves_no_words_for_the_next_person(client):
    client.post("/note", {"words": "a"})
    sign_in(client, "/form")
    assert kept(client) is None


def test_a_post_from_another_page_comes_back_to_the_page_that_held_the_form(client):
    answer = client.post("/note", {"words": "a"}, headers={"referer": "http://testserver/form?case=3"})
    assert answer.url == "/sign-in?next=/form%3Fcase%3D3"
    assert list(client.session[TYPED]) == ["/form"]


def test_a_foreign_referer_is_not_come_back_to(client):
    answer = client.post("/note", {"words": "a"}, headers={"referer": "https://elsewhere.example/form"})
    assert answer.url == "/sign-in?next=/note"


def test_a_get_keeps_nothing(client):
    assert client.get("/note?x=1").url == "/sign-in?next=/note%3Fx%3D1"
    assert TYPED not in client.session


def test_too_much_is_not_kept(client):
    client.post("/note", {"words": "a" * MOST_CHARACTERS})
    assert TYPED not in client.session


def test_a_changed_key_opens_nothing_and_breaks_nothing(client, settings):
    client.post("/note", {"words": "a"})
    sign_in(client, "/note")
    settings.SECRET_KEY = "another" * 10
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests-" + "k" * 50]
    assert kept(client) is None


def test_a_person_switched_off_is_signed_out_at_the_next_page(client, ann):
    client.force_login(ann)
    assert client.get("/note").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/note").url == "/sign-in?next=/note"
