"""Template tags for time: the light of a clock, and a moment in words."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context

from accountability import calendars, spans, timewords
from accountability.models import Clock
from accountability.worktime import WorkCalendar

register = template.Library()


@register.inclusion_tag("partials/_light.html", takes_context=True)
def light(context: Context, clock: Clock, at: datetime) -> dict[str, Any]:
    """{% light clock at %}: glyph and time left, in the largest two units."""
    look = timewords.look(clock, at, _calendar(context))
    return {"state": look.state, "words": look.words}


@register.inclusion_tag("partials/_light.html", takes_context=True)
def small_light(context: Context, clock: Clock, at: datetime) -> dict[str, Any]:
    """{% small_light clock at %}: the same for a cell, in one unit."""
    look = timewords.look(clock, at, _calendar(context))
    return {"state": look.state, "words": look.compact}


@register.simple_tag
def moment(when: datetime | None, at: datetime) -> str:
    """{% moment when at %}: "15:32 today", "18 Mar, 17:30"; nothing for no moment."""
    return spans.moment(when, at) if when else ""


@register.simple_tag
def full_moment(when: datetime | None) -> str:
    """{% full_moment when %}: with weekday and year, for what is kept."""
    return spans.full_moment(when) if when else ""


def _calendar(context: Context) -> WorkCalendar:
    """The calendar that the view gave as `calendar`; otherwise read once a page and kept on the request."""
    given: WorkCalendar | None = context.get("calendar")
    if given is not None:
        return given
    request = context.get("request")
    if request is None:
        return calendars.current()
    if not hasattr(request, "work_calendar"):
        request.work_calendar = calendars.current()
    kept: WorkCalendar = request.work_calendar
    return kept
