"""Signing in, the demo's doors, the size of type, and how the shell looks to its readers."""

import pytest

from people.models import User
from tests.world import PASSWORD, person, world

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.pages")]


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", "安", PASSWORD)


def try_in(client, username: str, password: str, **more):
    return client.post("/sign-in", {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_page_that_was_asked_for(client, ann):
    assert try_in(client, "ann", PASSWORD, next="/note?x=1").url == "/note?x=1"


def test_a_foreign_address_is_never_gone_to(client, ann):
    assert try_in(client, "ann", PASSWORD, next="https://elsewhere.example/").url == "/"


def test_an_unknown_account_and_a_wrong_password_hear_the_same(client, ann):
    def heard(username):
        return list(try_in(client, username, "wrong").context["form"].non_field_errors())

    assert heard("ann") == heard("nobody")
    assert heard("ann")


def test_a_person_switched_off_hears_the_same_as_an_unknown_one(client, ann):
    User.objects.update(is_active=False)
    heard = [list(try_in(client, name, PASSWORD).context["form"].non_field_errors()) for name in ("ann", "nobody")]
    assert heard[0] == heard[1]


@pytest.mark.parametrize("username", ["ann", "nobody"])
def test_five_wrong_passwords_lock_any_account_alike(client, ann, username):
    answers = [try_in(client, username, "wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "people/locked_out.html" in [template.name for template in answers[-1].templates]


def test_the_right_password_does_not_open_a_locked_account(client, ann):
    for _ in range(5):
        try_in(client, "ann", "wrong")
    assert try_in(client, "ann", PASSWORD).status_code == 429
    assert "_auth_user_id" not in client.session


def test_the_password_field_may_be_pasted_into_and_filled_by_a_manager(client):
    page = client.get("/sign-in").content.decode()
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_signing_out_takes_a_post(client, ann):
    client.force_login(ann)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").url == "/sign-in"
    assert "_auth_user_id" not in client.session


def demo_person() -> User:
    user = person("demo-1", "演示")
    user.demo = True
    user.save()
    return user


def test_one_press_signs_a_demo_person_in(client, settings):
    settings.LIIXIA_DEMO = True
    user = demo_person()
    assert client.post("/sign-in/demo", {"username": "demo-1", "next": "/note"}).url == "/note"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_no_demo_door_without_demo_mode(client, settings):
    settings.LIIXIA_DEMO = False
    demo_person()
    assert client.post("/sign-in/demo", {"username": "demo-1"}).status_code == 404
    assert "demo-title" not in client.get("/sign-in").content.decode()


def test_the_demo_door_lets_no_real_person_in(client, settings, ann):
    settings.LIIXIA_DEMO = True
    assert client.post("/sign-in/demo", {"username": "ann"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demo_person_switched_off_stays_out(client, settings):
    settings.LIIXIA_DEMO = True
    demo_person()
    User.objects.update(is_active=False)
    assert client.post("/sign-in/demo", {"username": "demo-1"}).status_code == 404


def test_large_type_is_remembered_and_can_be_switched_back(client):
    assert 'data-size="large"' not in client.get("/sign-in").content.decode()
    assert client.post("/size", {"size": "large", "next": "/sign-in"}).url == "/sign-in"
    assert 'data-size="large"' in client.get("/sign-in").content.decode()
    client.post("/size", {"size": "normal"})
    assert 'data-size="large"' not in client.get("/sign-in").content.decode()


def test_the_size_switch_leads_to_no_foreign_address(client):
    assert client.post("/size", {"size": "large", "next": "//elsewhere.example/"}).url == "/"


def test_the_language_switch_is_labelled_in_the_other_language(client):
    page = client.get("/sign-in").content.decode()
    assert '<button type="submit" name="language" value="en" lang="en">' in page
    client.post("/i18n/setlang/", {"language": "en", "next": "/sign-in"})
    page = client.get("/sign-in").content.decode()
    assert '<html lang="en">' in page
    assert '<button type="submit" name="language" value="zh-hans" lang="zh-Hans">' in page


def test_the_shell_shows_the_district_and_the_reader(client):
    w = world()
    client.force_login(w.dispatcher)
    page = client.get("/form").content.decode()
    assert "试验区" in page
    assert w.dispatcher.name in page


def test_no_page_of_the_shell_carries_script_or_style_inline(client, ann):
    client.force_login(ann)
    for path in ("/form", "/sign-in", "/nowhere"):
        page = client.get(path).content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


def test_a_refused_form_says_how_many_and_links_each(client, ann):
    client.force_login(ann)
    page = client.post("/form", {"note": "", "kind": ""}).content.decode()
    assert 'href="#id_note"' in page
    assert 'href="#id_kind_0"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_note_error"' in page
    assert page.index("errors-title") < page.index('id="id_note"')


def test_a_good_form_has_no_summary(client, ann):
    client.force_login(ann)
    page = client.post("/form", {"note": "x", "kind": "a"}).content.decode()
    assert "errors-title" not in page
    assert 'id="id_why_helptext"' in page


def test_a_page_that_is_not_here_answers_in_the_house(client, ann, settings):
    settings.DEBUG = False
    assert client.get("/nowhere").status_code == 404
    client.force_login(ann)
    assert "base.html" in [template.name for template in client.get("/nowhere").templates]
