"""Many at once on the real database: a photo arrives once, is checked once, belongs to one subject."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from audit import clock
from files import actions, storing
from files.actions import Chosen, PhotoRefused
from files.models import MOST_PHOTOS, Photo
from tests.files import pictures
from tests.files.sending import sent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(*jobs: Callable[[], object]) -> list[BaseException]:
    faults: list[BaseException] = []
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            gate.wait()
            job()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def test_the_same_piece_sent_by_impatient_hands_counts_once(number):
    at, data = clock.now(), pictures.sound()
    photo = actions.begin(size=2 * len(data), name="a.jpg", ticket=number, sender=None, at=at)

    def piece():
        actions.add_piece(photo.pk, ticket=number, offset=0, data=data, at=at)

    assert at_once(*[piece] * 6) == []
    assert Photo.objects.get().received == len(data)


def test_a_last_piece_sent_twice_stores_the_photo_once_and_whole(number):
    at, data = clock.now(), pictures.sound()
    photo = actions.begin(size=len(data), name="a.jpg", ticket=number, sender=None, at=at)

    def piece():
        actions.add_piece(photo.pk, ticket=number, offset=0, data=data, at=at)

    assert at_once(*[piece] * 4) == []
    actions.process(photo.pk, at=at)
    assert Photo.objects.get().state == "ready"


def test_checked_by_several_workers_a_photo_ends_the_same(number):
    at = clock.now()
    photo = sent(pictures.sound(), ticket=number, at=at)
    assert at_once(*[lambda: actions.process(photo.pk, at=at)] * 4) == []
    assert Photo.objects.get().state == "ready"
    assert storing.get(storing.image_name(photo.pk, "large"))[:2] == b"\xff\xd8"


def test_taken_back_while_it_is_checked_a_photo_leaves_no_file(number, store):
    at = clock.now()
    photo = sent(pictures.sound(), ticket=number, at=at)
    faults = at_once(lambda: actions.process(photo.pk, at=at), lambda: actions.remove(photo.pk, ticket=number))
    assert [fault for fault in faults if not isinstance(fault, FileNotFoundError)] == []
    assert not Photo.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_given_to_two_subjects_at_once_a_photo_goes_to_one(number):
    photo = sent(pictures.sound(), ticket=number, at=clock.now())
    chosen = Chosen(number, (photo.pk,))

    def give(subject_id: int) -> Callable[[], object]:
        return lambda: actions.attach(chosen, kind="case", subject_id=subject_id)

    assert at_once(*[give(n) for n in range(1, 6)]) == []
    assert Photo.objects.get().subject_id in range(1, 6)


def test_two_forms_at_once_do_not_give_a_step_more_than_nine(number):
    at, data = clock.now(), pictures.sound(size=(64, 64))
    halves = [[sent(data, ticket=f"t{half}", at=at).pk for _ in range(5)] for half in range(2)]

    def give(half: int) -> Callable[[], object]:
        chosen = Chosen(f"t{half}", tuple(halves[half]))
        return lambda: actions.attach(chosen, kind="case", subject_id=7, step_id=3)

    faults = at_once(give(0), give(1))
    assert [type(fault) for fault in faults] == [PhotoRefused]
    assert Photo.objects.of("case", 7).count() == 5 <= MOST_PHOTOS


def test_a_tenth_photo_does_not_slip_in_beside_the_others(number):
    at = clock.now()

    def one():
        actions.begin(size=9, name="a.jpg", ticket=number, sender=None, at=at)

    faults = at_once(*[one] * 14)
    assert [type(fault) for fault in faults] == [PhotoRefused] * 5
    assert Photo.objects.count() == MOST_PHOTOS
