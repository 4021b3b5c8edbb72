"""Shows the photos of a subject on any page that may show the subject."""

from django import template

from files.models import Photo
from files.showing import shown

register = template.Library()


@register.inclusion_tag("files/_photos.html")
def photos_of(kind: str, subject_id: int, lon: float | None = None, lat: float | None = None) -> dict:
    return {"photos": shown(Photo.objects.of(kind, subject_id), lon, lat)}
