"""A file of another system arrives in pieces, is tried at one's word and never forgotten on a disk."""

from datetime import timedelta
from pathlib import Path

import pytest

from audit import clock
from files.models import PIECE_BYTES
from files.receiving import PieceRefused, unsealed
from gateway import actions
from gateway.actions.uploading import MOST_LOOSE, ImportRefused
from gateway.mapping import MappingRefused
from gateway.models import MOST_BYTES, Import, ImportState
from tests.gateway.sending import asked, sent, table, taken, tried, waiting

DAY = timedelta(hours=25)


def on_disk(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def test_a_file_of_several_pieces_is_stored_whole_and_unreadable_on_the_disk(
    w, store, django_capture_on_commit_callbacks
):
    data = table(*waiting(9000))
    with django_capture_on_commit_callbacks(execute=True):
        one = sent(data, w.desk_officer)
    assert len(data) > PIECE_BYTES
    assert (one.state, unsealed(one)) == (ImportState.STORED, data)
    assert not any("路灯".encode() in path.read_bytes() for path in on_disk(store))


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_no_room_is_made_for_nothing_or_too_much(w, size):
    with pytest.raises(PieceRefused) as refused:
        actions.begin(size=size, name="a.csv", by=w.desk_officer, at=clock.now())
    assert refused.value.code == "too_large"


def test_nobody_adds_to_the_file_of_another_or_tries_it(w):
    one = actions.begin(size=10, name="a.csv", by=w.desk_officer, at=clock.now())
    with pytest.raises(Import.DoesNotExist):
        actions.add_piece(one.pk, by=w.second_desk, offset=0, data=b"1234567890", at=clock.now())
    with pytest.raises(Import.DoesNotExist):
        actions.check(one.pk, mapping="taidi", by=w.second_desk, at=clock.now())


def test_half_a_file_is_not_tried(w):
    one = actions.begin(size=10, name="a.csv", by=w.desk_officer, at=clock.now())
    with pytest.raises(ImportRefused) as refused:
        actions.check(one.pk, mapping="taidi", by=w.desk_officer, at=clock.now())
    assert refused.value.code == "unfinished"


def test_an_unknown_mapping_tries_nothing(w):
    one = sent(table(*waiting(1)), w.desk_officer)
    with pytest.raises(MappingRefused):
        actions.check(one.pk, mapping="../taidi", by=w.desk_officer, at=clock.now())
    assert Import.objects.get().state == ImportState.STORED


def test_a_person_cannot_fill_the_store_with_files_never_tried(w):
    for _ in range(MOST_LOOSE):
        actions.begin(size=10, name="a.csv", by=w.desk_officer, at=clock.now())
    with pytest.raises(PieceRefused) as refused:
        actions.begin(size=10, name="a.csv", by=w.desk_officer, at=clock.now())
    assert refused.value.code == "busy"


@pytest.mark.parametrize("state", ["checking", "done"])
def test_what_was_not_tried_to_the_end_or_is_in_already_is_not_taken_in_anew(w, state):
    one = (
        asked(table(*waiting(1)), w.desk_officer) if state == "checking" else taken(table(*waiting(1)), w.desk_officer)
    )
    if state == "done":
        assert actions.take(one.pk, by=w.desk_officer, at=clock.now()).state == "done"
        return
    with pytest.raises(ImportRefused) as refused:
        actions.take(one.pk, by=w.desk_officer, at=clock.now())
    assert refused.value.code == "wrong_state"


def test_what_is_taken_in_cannot_be_given_up(w):
    one = taken(table(*waiting(1)), w.desk_officer)
    with pytest.raises(ImportRefused):
        actions.give_up(one.pk, at=clock.now())


@pytest.mark.parametrize("end", ["done", "given_up"])
def test_of_an_import_that_ended_no_file_stays(w, store, end):
    one = (taken if end == "done" else tried)(table(*waiting(3)), w.desk_officer)
    if end == "given_up":
        actions.give_up(one.pk, at=clock.now())
    actions.sweep_away(clock.now())
    assert (Import.objects.get().state, on_disk(store)) == (end, [])


def test_what_nobody_went_on_with_for_a_day_is_given_up(w, store):
    actions.begin(size=10, name="a.csv", by=w.desk_officer, at=clock.now())
    sent(table(*waiting(3)), w.desk_officer)
    checked = tried(table(*waiting(3)), w.desk_officer)
    actions.sweep_away(clock.now() + DAY)
    assert [(one.pk, one.state) for one in Import.objects.all()] == [(checked.pk, "given_up")]
    assert on_disk(store) == []
