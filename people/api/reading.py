"""Marks what was read (ETag), so that reading it again unchanged costs nobody a body, and a move names what it saw."""

import hashlib
import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from people.api.errors import Refusal

KEPT = ("ETag", "Vary", "Cache-Control", "Content-Language")
# An ETag of ours; whatever stands between us and the reader may have made it a weak one.
OUR_ETAG = r'(W/)?"([0-9]{1,9})(\.[0-9a-f]{18})?"'


def mark(request: HttpRequest, answer: HttpResponse, version: int | None = None) -> HttpResponse:
    """The rendered answer with its mark; 304 where the reader has it already. `version` stands before the dot."""
    whole = hashlib.blake2b(answer.content, digest_size=9).hexdigest()
    answer["ETag"] = f'"{whole}"' if version is None else f'"{version}.{whole}"'
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Accept-Language", "Authorization", "Cookie"))
    had = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" not in had and answer["ETag"] not in [one.removeprefix("W/") for one in had]:
        return answer
    same = HttpResponseNotModified()
    for name in KEPT:
        if answer.has_header(name):
            same[name] = answer[name]
    return same


def version_seen(request: HttpRequest) -> int:
    """The version that the sender has read, from If-Match; 428 where they do not say."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*":
        raise Refusal(
            428, "if_match_missing", _("Say which version you have read: If-Match with the ETag of the case.")
        )
    found = re.fullmatch(OUR_ETAG, said)
    if not found:
        sentence = _("If-Match takes one ETag, as you read it: a number in quotation marks.")
        raise Refusal(400, "if_match_unreadable", sentence)
    return int(found[2])
