"""Where a report goes by its words: the list is asked first, then what departments do beyond it, then a person."""

from datetime import date, datetime

from django.utils.timezone import localdate

from accountability.alarming import Alarm, alarm_in
from accountability.duties import version_on
from accountability.models import ListVersion
from accountability.suggester.answering import Suggested, suggested
from accountability.suggester.beside import NOWHERE, Scene
from accountability.worktime import LOCAL
from cases.models import Channel, Origin
from cases.scene import scene_of

# What comes in words alone; a grid worker stands before it.
IN_WORDS = (Channel.CITIZEN, Channel.HOTLINE)


def suggested_by(words: str, at: datetime, scene: Scene = NOWHERE) -> Suggested:
    """The first line counts as what it is about, as in a subject."""
    day = localdate(at, LOCAL)
    return _suggested(words, version_on(day), day, scene)


def _suggested(words: str, version: ListVersion | None, day: date, scene: Scene = NOWHERE) -> Suggested:
    head, _line, rest = words.strip().partition("\n")
    return suggested([head, rest], version, day, scene)


def suggested_at(words: str, place: str, at: datetime) -> Suggested:
    """For whoever is at work and writes down what happens now at this place; "" where it is not known yet."""
    return suggested_by(words, at, scene_of(place, at) if place else Scene(at))


def alarm_of(words: str, channel: str, origin: str) -> Alarm | None:
    """The emergency that somebody tells of in words; whoever stands before it says by themselves how urgent it is."""
    return alarm_in(words) if channel in IN_WORDS and origin == Origin.LIVE else None


def past_the_street(words: str, channel: str, origin: str, at: datetime) -> bool:
    """Whether what came in words, and nobody sorted, goes to the district desk and not to the street of its place.

    Only what the list is believed to hold goes to a street unseen, by the words alone: nothing falls to a street for
    much of it coming from there. Where no list is in force nobody can be asked.
    """
    if channel not in IN_WORDS or origin != Origin.LIVE:
        return False
    day = localdate(at, LOCAL)
    version = version_on(day)
    if version is None:
        return False
    route = _suggested(words, version, day).route
    return route is None or route.function is not None
