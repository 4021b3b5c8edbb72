"""Where bytes lie, and a local store in which a file is there whole or not at all, even after a power cut."""

import contextlib
import os
import tempfile
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage


class DurableFiles(FileSystemStorage):
    """Writes beside, syncs, renames, syncs the folder; the same name again replaces the file."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)
            raise
        sync_folder(path.parent)
        return name


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def piece_name(photo_id: UUID, offset: int) -> str:
    return f"pieces/{photo_id}/{offset:08d}"


def original_name(photo_id: UUID) -> str:
    return f"originals/{photo_id.hex[:2]}/{photo_id}"


def image_name(photo_id: UUID, size: str) -> str:
    return f"photos/{photo_id.hex[:2]}/{photo_id}-{size}.jpg"


def put(name: str, data: bytes) -> None:
    default_storage.save(name, ContentFile(data))


def get(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def drop(name: str) -> None:
    default_storage.delete(name)


def pieces_of(photo_id: UUID) -> list[str]:
    """The names of the pieces that have come, in their order."""
    folder = f"pieces/{photo_id}"
    with contextlib.suppress(FileNotFoundError):
        return [f"{folder}/{name}" for name in sorted(default_storage.listdir(folder)[1]) if not name.startswith(".")]
    return []


def drop_pieces(photo_id: UUID) -> None:
    for name in pieces_of(photo_id):
        drop(name)
    with contextlib.suppress(OSError):
        drop(f"pieces/{photo_id}")
