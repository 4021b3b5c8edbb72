"""What must always hold of photos: whoever was told that a photo is stored can rely on its file."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from files.models import Photo, PhotoState
from files.storing import image_name, original_name

NEWEST = 2000


def faults(at: datetime) -> Iterator[str]:
    """Looks for the files of the newest photos; a store over the network answers one by one."""
    stored = Photo.objects.filter(state__in=(PhotoState.WAITING, PhotoState.READY)).exclude(subject_kind="")
    for photo in stored.order_by("-began_at", "-pk")[:NEWEST]:
        wanted = [original_name(photo.pk)]
        if photo.state == PhotoState.READY:
            wanted += [image_name(photo.pk, size) for size in ("large", "small")]
        for name in wanted:
            if not default_storage.exists(name):
                yield _("The file %(name)s of a photo is gone.") % {"name": name}
