"""The local store: a file is there whole or not at all."""

import os

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile

from files import storing


def test_a_file_is_synced_before_it_gets_its_name(store, monkeypatch):
    deeds = []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (deeds.append("sync"), sync(handle)))
    monkeypatch.setattr(os, "replace", lambda old, new: (deeds.append("rename"), rename(old, new)))
    storing.put("a/b", b"x")
    assert deeds == ["sync", "rename", "sync"]


def test_a_write_that_fails_leaves_nothing(store):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        storing.default_storage.save("a/b", Broken(b""))
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_the_same_name_replaces_the_file(store):
    storing.put("a/b", b"one")
    storing.put("a/b", b"two")
    assert storing.get("a/b") == b"two"


def test_files_are_their_owners_alone(store):
    storing.put("a/b", b"x")
    assert (store / "a" / "b").stat().st_mode & 0o077 == 0


def test_a_name_that_climbs_out_is_refused(store):
    with pytest.raises(SuspiciousOperation):
        storing.put("../outside", b"x")
    assert not (store.parent / "outside").exists()
