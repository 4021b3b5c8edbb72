"""Photos as a page shows them: the picture's address and, in words, when and how far from the place it was taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from audit.kept import Kept
from files.models import Photo, PhotoState

EARTH_M = 6_371_000
THUMBNAIL = 480


@dataclass(frozen=True)
class Shown:
    """One photo with its place in the row and the facts that a reader weighs it by."""

    photo: Photo
    nth: int
    of: int
    when: str
    where: str

    @property
    def ready(self) -> bool:
        return self.photo.state == PhotoState.READY

    @property
    def refused(self) -> bool:
        return self.photo.state == PhotoState.REFUSED

    @property
    def width(self) -> int:
        return round(self.photo.width * self._scale)

    @property
    def height(self) -> int:
        return round(self.photo.height * self._scale)

    @property
    def _scale(self) -> float:
        return min(1, THUMBNAIL / max(self.photo.width, self.photo.height))


def shown(photos: Iterable[Photo], lon: float | None = None, lat: float | None = None) -> list[Shown]:
    """These photos beside a place (WGS-84), if one is known."""
    rows = list(photos)
    return [Shown(photo, n, len(rows), when(photo), where(photo, lon, lat)) for n, photo in enumerate(rows, start=1)]


def by_step(kind: str, subject_id: int, lon: float | None = None, lat: float | None = None) -> dict:
    """All photos of a subject in one query, by the step that they came with (None: with none)."""
    groups: dict[int | None, list[Photo]] = {}
    for photo in _photos(kind, subject=subject_id):
        groups.setdefault(photo.step_id, []).append(photo)
    return {step: shown(photos, lon, lat) for step, photos in groups.items()}


@Kept
def _photos(kind: str, subject: int) -> QuerySet[Photo]:
    return Photo.objects.of(kind, subject)


def when(photo: Photo) -> str:
    sent = localtime(photo.stored_at or photo.began_at)
    taken = camera_time(photo.taken_at)
    words = {"sent": date_format(sent, "Y-m-d H:i"), "taken": date_format(taken, "Y-m-d H:i") if taken else ""}
    if taken is None:
        return _("Sent %(sent)s; the photo does not say when it was taken") % words
    return _("Taken %(taken)s by the camera's clock, sent %(sent)s") % words


def camera_time(words: str) -> datetime | None:
    """What the camera wrote, in local time; a camera that names no zone is taken to stand here."""
    for form in ("%Y:%m:%d %H:%M:%S %z", "%Y:%m:%d %H:%M:%S"):
        try:
            taken = datetime.strptime(words, form)  # noqa: DTZ007 - the zone is given below where the camera gave none
        except ValueError:
            continue
        return localtime(taken if taken.tzinfo else taken.replace(tzinfo=get_default_timezone()))
    return None


def where(photo: Photo, lon: float | None, lat: float | None) -> str:
    if photo.taken_lon is None or photo.taken_lat is None:
        return _("The photo does not say where it was taken")
    if lon is None or lat is None:
        return _("The photo says where it was taken; the place of the matter is not known")
    away = metres(photo.taken_lon, photo.taken_lat, lon, lat)
    if away < 1000:
        return _("Taken %(metres)s m from the place") % {"metres": round(away)}
    return _("Taken %(kilometres)s km from the place") % {"kilometres": round(away / 1000, 1)}


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The distance over the globe between two points in degrees."""
    up, across = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    bend = sin(up) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across) ** 2
    return 2 * EARTH_M * asin(min(1, sqrt(bend)))
