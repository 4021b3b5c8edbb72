"""What stands on every page, or repeats for every row, is drawn by Jinja: compiled, where Django walks each node anew.

Templates live in templates/drawn; `{% drawn "cases/table.html" %}` puts one into a page, with all that the page has.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext
from jinja2 import Environment, StrictUndefined

from people.written import written

OWN_ICONS = {"whistle"}
TRACK = (
    '<svg class="track" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="100" height="6"/><rect class="u {}" width="{}" height="6"/></svg>'
)
PLACES = ("9070503010", "9070503020", "9070503030", "9070503040")  # fit an address by number and one by key


def environment(**options: Any) -> Environment:
    """What Django makes for its Jinja backend; a name that a page does not have is a mistake, never nothing."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True})
    made.globals.update(_=gettext, url=address, icon=icon, light=light, track=track, photos=photos)
    made.globals.update(english=english)
    made.filters.update(date=_date, lines=_lines)
    return made


@cache
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Beside a word it is silent; alone it needs a label."""
    sprite = "liixia/own.svg" if name in OWN_ICONS else "vendor/icons.svg"
    where = f"{static(sprite)}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"></use></svg>', label, where)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"></use></svg>', where)


def light(state: str, words: str) -> SafeString:
    """The light of a clock or a summons: its shape, then its word, time included."""
    return format_html('<span class="light {}">{}{}</span>', state, _shape(state), words)


def track(used: int, state: str) -> SafeString:
    """The share of a limit that is used, 0 to 100, beside its light."""
    return format_html(TRACK, state, used)


@cache
def _shape(state: str) -> SafeString:
    return mark_safe(render_to_string("partials/_shape.html", {"state": state}).strip())  # noqa: S308 - our own template


def address(view: str, *args: object) -> str:
    """Where a page is. Those of single things differ in a word or two, so the rest is looked up once."""
    if not args:
        return page(view, settings.ROOT_URLCONF)
    if len(args) > len(PLACES) or not all(map(_plain, args)):
        return reverse(view, args=args)
    return _around(view, len(args)).format(*args)


@cache
def page(view: str, urlconf: str) -> str:
    """Where a page is that there is but one of."""
    return reverse(view, urlconf)


def _plain(word: object) -> bool:
    """A key, a verb, or a number as cases have them: nothing of it has to be written otherwise in an address."""
    return str(word).isascii() and str(word).replace("-", "").replace("_", "").isalnum()


@cache
def _around(view: str, words: int) -> str:
    """The address of this page, with a gap for each of its words."""
    pattern = reverse(view, args=PLACES[:words])
    for place in PLACES[:words]:
        pattern = pattern.replace(place, "{}")
    return pattern


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "").startswith("en")


def photos(shown: list[Any], request: Any) -> SafeString:
    return render_to_string("files/_photos.html", {"photos": shown}, request=request) if shown else mark_safe("")


def _date(moment: date | datetime, pattern: str) -> str:
    local = localtime(moment) if isinstance(moment, datetime) and is_aware(moment) else moment
    return written(local, pattern)


def _lines(text: str) -> SafeString:
    """The text with its own line breaks, and nothing else of it that could be markup."""
    return linebreaksbr(text, autoescape=True)
