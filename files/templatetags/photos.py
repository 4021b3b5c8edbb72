"""Shows the photos of a subject on any page that may show the subject."""

from django import template
from django.conf import settings
from django.template import Context
from django.utils.module_loading import import_string

from files.models import Photo
from files.showing import shown

register = template.Library()


@register.inclusion_tag("files/_photos.html", takes_context=True)
def photos_of(context: Context, kind: str, subject_id: int, lon: float | None = None, lat: float | None = None) -> dict:
    photos = shown(Photo.objects.of(kind, subject_id), lon, lat)
    return {"photos": photos, "request": context.get("request"), "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def reader_gets_originals(context: Context) -> bool:
    """Whether this page offers the originals too; the address asks again whoever comes for one."""
    request = context.get("request")
    return request is not None and import_string(settings.FILE_ORIGINALS)(request)
