"""Receiving, storing, attaching, checking and sweeping away."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import Event, SecurityLog
from files import actions, storing
from files.actions import Chosen
from files.models import MOST_BYTES, PIECE_BYTES, Photo
from files.receiving import PieceRefused
from people.models import User
from tests.files import pictures
from tests.files.sending import ready, sent

pytestmark = pytest.mark.django_db


def begun(size=1000, *, ticket, at, name="a.jpg"):
    return actions.begin(size=size, name=name, ticket=ticket, sender=None, at=at)


def add(photo, offset, data, *, ticket, at):
    return actions.add_piece(photo.pk, ticket=ticket, offset=offset, data=data, at=at)


def refused_with(code):
    return pytest.raises(PieceRefused, check=lambda refused: refused.code == code)


def test_a_photo_in_pieces_is_stored_whole_and_sealed(number, at, store, django_capture_on_commit_callbacks):
    data = pictures.sound(size=(1600, 1200))
    assert len(data) > PIECE_BYTES
    with django_capture_on_commit_callbacks(execute=True):
        photo = sent(data, ticket=number, at=at)
    assert (photo.state, photo.received, photo.stored_at) == ("waiting", len(data), at)
    kept = storing.get(storing.original_name(photo.pk))
    assert data[:200] not in kept
    assert not list(store.rglob("pieces/*/*"))


def test_a_photo_counts_as_stored_only_with_its_last_piece(number, at):
    photo = begun(2000, ticket=number, at=at)
    assert add(photo, 0, bytes(1999), ticket=number, at=at).state == "receiving"
    assert add(photo, 1999, b"x", ticket=number, at=at).state == "waiting"


def test_a_piece_sent_twice_is_kept_once(number, at):
    photo = begun(ticket=number, at=at)
    add(photo, 0, b"a" * 600, ticket=number, at=at)
    assert add(photo, 0, b"b" * 600, ticket=number, at=at).received == 600
    assert storing.get(storing.piece_name(photo.pk, 0)) == b"a" * 600


def test_a_piece_out_of_turn_says_where_to_go_on(number, at):
    photo = begun(ticket=number, at=at)
    with refused_with("gap"):
        add(photo, 500, b"x", ticket=number, at=at)


@pytest.mark.parametrize("data", [b"", bytes(1001), bytes(PIECE_BYTES + 1)])
def test_a_piece_that_does_not_fit_is_refused(number, at, data):
    with refused_with("wrong_piece"):
        add(begun(ticket=number, at=at), 0, data, ticket=number, at=at)


def test_nobody_adds_to_the_photo_of_another(number, at):
    photo = begun(ticket=number, at=at)
    with pytest.raises(Photo.DoesNotExist):
        add(photo, 0, b"x", ticket="another", at=at)


@pytest.mark.parametrize(("size", "code"), [(MOST_BYTES + 1, "too_large"), (0, "not_a_photo")])
def test_a_photo_of_a_wrong_size_does_not_begin(number, at, size, code):
    with refused_with(code):
        begun(size, ticket=number, at=at)
    assert begun(MOST_BYTES, ticket=number, at=at).size == MOST_BYTES


def test_a_tenth_photo_does_not_begin(number, at):
    photos = [begun(ticket=number, at=at) for _ in range(9)]
    with refused_with("too_many"):
        begun(ticket=number, at=at)
    actions.remove(photos[0].pk, ticket=number)
    assert begun(ticket=number, at=at)


def test_when_too_much_lies_about_nothing_more_is_taken(number, at, monkeypatch):
    monkeypatch.setattr(actions, "MOST_LOOSE", 1)
    begun(ticket=number, at=at)
    with refused_with("busy"):
        begun(ticket="another", at=at)


def test_a_long_chinese_name_is_kept_and_a_path_is_not(number, at):
    assert begun(ticket=number, at=at, name="历" * 85 + "../../etc/历下.jpg\0").name == "历下.jpg"
    assert begun(ticket=number, at=at, name="照" * 300).name == "照" * 255


def test_attached_photos_belong_to_their_subject_and_step(number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)
    chosen = Chosen(number, (photo.pk,))
    assert actions.attach(chosen, kind="case", subject_id=7, step_id=3) == [str(photo.pk)]
    assert actions.attach(chosen, kind="case", subject_id=7, step_id=3) == [str(photo.pk)]
    assert list(Photo.objects.of("case", 7).values_list("pk", "step_id")) == [(photo.pk, 3)]


def test_an_attached_photo_goes_nowhere_else(number, at):
    chosen = Chosen(number, (sent(pictures.sound(), ticket=number, at=at).pk,))
    actions.attach(chosen, kind="case", subject_id=7)
    assert actions.attach(chosen, kind="case", subject_id=8) == []


def test_without_its_ticket_a_photo_is_not_attached(number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)
    assert actions.attach(Chosen("another", (photo.pk,)), kind="case", subject_id=7) == []
    assert actions.attach(Chosen("", (photo.pk,)), kind="case", subject_id=7) == []


def test_half_a_photo_is_not_attached(number, at):
    photo = begun(ticket=number, at=at)
    chosen = Chosen(number, (photo.pk,))
    assert [fault.code for fault in actions.unfit(chosen)] == ["unfinished"]
    assert actions.attach(chosen, kind="case", subject_id=7) == []


def test_a_step_takes_nine_photos_and_no_tenth(number, at):
    Photo.objects.bulk_create(
        Photo(ticket="", size=1, received=1, sha256="x", state="ready", subject_kind="case", subject_id=7, step_id=3)
        for _ in range(9)
    )
    chosen = Chosen(number, (sent(pictures.sound(), ticket=number, at=at).pk,))
    with refused_with("too_many"):
        actions.attach(chosen, kind="case", subject_id=7, step_id=3)
    assert actions.attach(chosen, kind="case", subject_id=7, step_id=4)


def test_checking_makes_a_photo_ready_once(number, at):
    photo = ready(pictures.with_facts(), ticket=number, at=at)
    assert (photo.state, photo.width, photo.taken_at) == ("ready", 640, "2026:03:12 14:31:07 +08:00")
    actions.process(photo.pk, at=at + timedelta(hours=1))
    assert Photo.objects.get(pk=photo.pk).ready_at == at


def test_checking_again_after_a_crash_ends_the_same(number, at):
    photo = ready(pictures.sound(), ticket=number, at=at)
    first = storing.get(storing.image_name(photo.pk, "large"))
    Photo.objects.update(state="waiting", ready_at=None)
    actions.process(photo.pk, at=at)
    assert storing.get(storing.image_name(photo.pk, "large")) == first
    assert Photo.objects.get(pk=photo.pk).state == "ready"


def test_evil_is_refused_and_shows_nothing(number, at, store):
    photo = ready(pictures.EVIL["page in a comment of a JPEG"](), ticket=number, at=at, name="photo.jpg")
    assert (photo.state, photo.refusal) == ("refused", "carries_code")
    assert not list(store.rglob("photos/*/*"))
    assert [fault.code for fault in actions.unfit(Chosen(number, (photo.pk,)))] == ["carries_code"]


def test_an_unknown_photo_is_no_work(db, at):
    actions.process(uuid4(), at=at)


def test_a_dead_queue_loses_no_photo(number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)

    def dead(_id):
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        actions.queue(at, dead)
    handed = []
    actions.queue(at, handed.append)
    assert handed == [str(photo.pk)]


def test_a_queue_that_forgot_gets_the_photo_again_a_minute_later(number, at):
    sent(pictures.sound(), ticket=number, at=at)
    handed = []
    actions.queue(at, handed.append)
    actions.queue(at + timedelta(seconds=59), handed.append)
    assert len(handed) == 1
    actions.queue(at + timedelta(seconds=61), handed.append)
    assert len(handed) == 2


def test_what_nothing_claims_for_a_day_is_swept_away(number, at, store):
    ready(pictures.sound(), ticket=number, at=at)
    begun(ticket=number, at=at)
    kept = sent(pictures.sound(), ticket=number, at=at)
    actions.attach(Chosen(number, (kept.pk,)), kind="case", subject_id=7)
    assert actions.sweep_away(at + timedelta(hours=23)) == 0
    assert actions.sweep_away(at + timedelta(hours=25)) == 2
    assert [photo.pk for photo in Photo.objects.all()] == [kept.pk]
    assert {path.name for path in store.rglob("originals/*/*")} == {str(kept.pk)}
    assert not list(store.rglob("photos/*/*"))


def test_a_photo_that_belongs_to_something_is_not_taken_back(number, at):
    photo = sent(pictures.sound(), ticket=number, at=at)
    actions.attach(Chosen(number, (photo.pk,)), kind="case", subject_id=7)
    actions.remove(photo.pk, ticket=number)
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_the_original_comes_back_as_it_was_and_the_log_tells(number, at):
    data = pictures.with_facts()
    photo = ready(data, ticket=number, at=at)
    user = User.objects.create_user("w", "Inspector")
    assert actions.original(photo, by=user, reason="complaint", address="10.0.0.1") == data
    line = SecurityLog.objects.get()
    assert (line.event, line.actor, line.subject_id) == (Event.ORIGINAL_SEEN, user, str(photo.pk))


def test_a_crash_while_sweeping_leaves_the_row_to_be_found_again(number, at, monkeypatch):
    sent(pictures.sound(), ticket=number, at=at)

    def crash(_name):
        raise OSError("power cut")

    monkeypatch.setattr(storing, "drop", crash)
    with pytest.raises(OSError, match="power cut"):
        actions.sweep_away(at + timedelta(hours=25))
    monkeypatch.undo()
    assert actions.sweep_away(at + timedelta(hours=25)) == 1
