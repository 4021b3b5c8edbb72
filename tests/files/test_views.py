"""Sending and seeing photos through real requests."""

import pytest
from django.core.signing import dumps
from django.test import Client
from django.urls import reverse

from audit.models import Event, SecurityLog
from files import actions, storing
from files.actions import Chosen
from files.models import PIECE_BYTES, Photo
from files.tickets import SALT, new_ticket
from people.models import User
from tests.files import pictures
from tests.files.sending import ready, sent

pytestmark = pytest.mark.django_db
SEEN: set[tuple[str, int]] = set()


def seen_by(request, subject_id):
    return (request.user.get_username(), subject_id) in SEEN


def inspects(request):
    return request.user.get_username() == "inspector"


@pytest.fixture(autouse=True)
def subjects(settings):
    SEEN.clear()
    settings.FILE_KINDS = {"case": f"{__name__}.seen_by"}
    settings.FILE_ORIGINALS = f"{__name__}.inspects"


def known(client, username="worker"):
    client.force_login(User.objects.create_user(username, "Somebody"))
    return client


def begin(client, ticket, size=1000, name="a.jpg"):
    return client.post(reverse("files:begin"), {"name": name, "size": size}, headers={"X-Photo-Ticket": ticket})


def piece(client, ticket, photo_id, offset, data, kind="application/octet-stream"):
    address = reverse("files:piece", args=[photo_id, offset])
    return client.post(address, data, content_type=kind, headers={"X-Photo-Ticket": ticket})


@pytest.fixture
def photo(number, at):
    made = ready(pictures.with_facts(), ticket=number, at=at)
    actions.attach(Chosen(number, (made.pk,)), kind="case", subject_id=7)
    return made


def address(photo, size="small"):
    return reverse("files:photo", args=[photo.pk, size])


def test_a_photo_goes_through_requests_piece_by_piece(client, ticket):
    data = pictures.sound(size=(1600, 1200))
    photo_id = begin(client, ticket, len(data), "照片.jpg").json()["id"]
    for offset in range(0, len(data), PIECE_BYTES):
        answer = piece(client, ticket, photo_id, offset, data[offset : offset + PIECE_BYTES])
    assert (answer.status_code, answer.json()["state"], answer.json()["name"]) == (200, "waiting", "照片.jpg")
    status = client.get(reverse("files:status", args=[photo_id]), headers={"X-Photo-Ticket": ticket}).json()
    assert status["received"] == len(data)


def test_a_photo_whose_file_is_lost_is_not_found_and_the_log_says_so(client, photo, caplog, monkeypatch):
    monkeypatch.setattr("files.views.may_see", lambda request, found: True)
    assert client.get(address(photo)).status_code == 200
    storing.drop(storing.image_name(photo.pk, "small"))
    assert client.get(address(photo)).status_code == 404
    assert str(photo.pk) in caplog.text


@pytest.mark.parametrize(
    "ticket",
    ["", "made-up", dumps("x", salt="another"), dumps({"a": 1}, salt=SALT)],
    ids=["none", "made-up", "another salt", "another kind"],
)
def test_without_a_ticket_of_ours_nothing_begins(client, ticket):
    answer = begin(client, ticket)
    assert (answer.status_code, answer.json()["code"]) == (403, "no_ticket")
    assert not Photo.objects.exists()


def test_sending_needs_the_forms_key_against_forgery(ticket):
    strict = Client(enforce_csrf_checks=True)
    assert begin(strict, ticket).status_code == 403
    assert not Photo.objects.exists()


def test_a_piece_over_256_kib_is_refused_unread(client, ticket):
    photo_id = begin(client, ticket, 400_000).json()["id"]
    answer = piece(client, ticket, photo_id, 0, bytes(PIECE_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "piece_too_large")


def test_a_gap_answers_where_to_go_on(client, ticket):
    photo_id = begin(client, ticket).json()["id"]
    answer = piece(client, ticket, photo_id, 500, b"x")
    assert (answer.status_code, answer.json()["code"]) == (409, "gap")


def test_a_full_store_says_so(client, ticket, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    photo_id = begin(client, ticket).json()["id"]
    monkeypatch.setattr(storing, "put", full)
    answer = piece(client, ticket, photo_id, 0, b"x")
    assert (answer.status_code, answer.json()["code"]) == (507, "store_full")
    assert Photo.objects.get().received == 0


@pytest.mark.parametrize("how", ["piece", "status", "remove", "photo"])
def test_a_loose_photo_is_unknown_to_every_other_ticket(client, ticket, number, at, how):
    photo = ready(pictures.sound(), ticket=number, at=at)
    other = {"X-Photo-Ticket": new_ticket()}
    if how == "piece":
        assert piece(client, new_ticket(), photo.pk, 0, b"x").status_code == 404
    elif how == "remove":
        client.post(reverse("files:remove", args=[photo.pk]), headers=other)
        assert Photo.objects.filter(pk=photo.pk).exists()
    else:
        where = address(photo) if how == "photo" else reverse("files:status", args=[photo.pk])
        assert client.get(where, headers=other).status_code == 404
        assert client.get(where, headers={"X-Photo-Ticket": ticket}).status_code == 200


def test_who_sees_the_subject_sees_the_clean_picture(client, photo):
    SEEN.add(("worker", 7))
    answer = known(client).get(address(photo, "large"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer.content[:2] == b"\xff\xd8"
    assert pictures.SECRET not in answer.content


@pytest.mark.parametrize("size", ["small", "large"])
def test_who_does_not_see_the_subject_learns_nothing(client, photo, size):
    SEEN.add(("worker", 8))
    assert client.get(address(photo, size)).status_code == 404
    assert known(client).get(address(photo, size)).status_code == 404


def test_the_ticket_opens_nothing_any_more_once_a_photo_belongs_to_something(client, ticket, photo):
    assert client.get(address(photo), headers={"X-Photo-Ticket": ticket}).status_code == 404


def test_who_stops_seeing_the_subject_stops_seeing_the_photo_though_the_browser_kept_it(client, photo):
    SEEN.add(("worker", 7))
    tag = known(client).get(address(photo))["ETag"]
    assert client.get(address(photo), headers={"If-None-Match": tag}).status_code == 304
    SEEN.clear()
    assert client.get(address(photo), headers={"If-None-Match": tag}).status_code == 404


def test_a_photo_can_do_nothing_in_a_browser(client, photo):
    SEEN.add(("worker", 7))
    answer = known(client).get(address(photo))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("size", ["original", "medium", "..", "small.jpg"])
def test_there_are_no_other_sizes(client, photo, size):
    SEEN.add(("inspector", 7))
    assert known(client, "inspector").get(f"/photos/{photo.pk}/{size}/").status_code in (404, 405)


def test_a_photo_not_checked_yet_is_not_shown(client, ticket, number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)
    assert client.get(address(photo), headers={"X-Photo-Ticket": ticket}).status_code == 404


def test_a_refused_photo_says_why_and_is_never_shown(client, ticket, number, at):
    photo = ready(pictures.EVIL["page behind a sound JPEG"](), ticket=number, at=at)
    status = client.get(reverse("files:status", args=[photo.pk]), headers={"X-Photo-Ticket": ticket}).json()
    assert (status["state"], status["code"]) == ("refused", "carries_code")
    assert status["sentence"]
    assert client.get(address(photo), headers={"X-Photo-Ticket": ticket}).status_code == 404


def test_an_inspector_with_a_reason_gets_the_original_and_the_log_tells(client, photo):
    SEEN.add(("inspector", 7))
    where = reverse("files:original", args=[photo.pk])
    assert known(client, "inspector").post(where).status_code == 400
    answer = client.post(where, {"reason": "Complaint about the time"})
    assert pictures.SECRET in answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    assert SecurityLog.objects.get(event=Event.ORIGINAL_SEEN).reason == "Complaint about the time"


@pytest.mark.parametrize("username", ["worker", "inspector"])
def test_others_do_not_get_the_original_nor_an_inspector_of_another_place(client, photo, username):
    SEEN.add(("worker", 7))
    where = reverse("files:original", args=[photo.pk])
    assert known(client, username).post(where, {"reason": "Complaint"}).status_code == 404
    assert not SecurityLog.objects.exists()


def test_reading_changes_nothing_and_changing_is_no_reading(client, photo):
    assert client.get(reverse("files:begin")).status_code == 405
    assert client.get(reverse("files:original", args=[photo.pk])).status_code == 405
    assert client.post(address(photo)).status_code == 405


def test_the_folder_of_photos_is_served_by_nobody(client, photo):
    name = storing.image_name(photo.pk, "small")
    for path in (f"/media/{name}", f"/static/{name}", f"/{name}", f"/files/{name}"):
        assert client.get(path).status_code == 404
