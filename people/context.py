"""What the shell of every page needs to know about its reader: size of type and language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

SIZE_COOKIE = "size"
# Each language is offered under its own name, in itself.
OFFERED = {
    "en": {"code": "zh-hans", "lang": "zh-Hans", "name": "中文"},
    "zh-hans": {"code": "en", "lang": "en", "name": "English"},
}


def shell(request: HttpRequest) -> dict[str, dict]:
    size = "large" if request.COOKIES.get(SIZE_COOKIE) == "large" else "normal"
    other = OFFERED.get(get_language() or "", OFFERED["zh-hans"])
    return {"shell": {"size": size, "other_language": other, "demo": settings.LIIXIA_DEMO}}
