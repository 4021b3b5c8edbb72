"""What the words of a case suggest to its reader: the suggester, fed with what this person may read of it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from accountability.suggester.answering import Suggested, suggested
from cases.forms.lists import version_of
from cases.models import Case, Verb
from cases.models.case import ENDED
from cases.scene import scene_of
from cases.workflow import MOVES
from engagement.public import Reporter, reporters_of
from grids.standing import Standing


def suggested_for(case: Case, reporters: list[Reporter], at: datetime) -> Suggested:
    """By the words, beside them by its place and hour. Nothing where an item or a function is named already."""
    if case.item_id or case.function_id:
        return Suggested()
    said = [case.summary, *(one.words for one in reporters)]
    scene = scene_of(case.place_code, at, since=case.opened_at, own=case)
    return suggested(said, version_of(case, at), localdate(at), scene)


@dataclass(frozen=True)
class Way:
    """What the words of a case suggest, and where this reader takes it up: an address before the code, or none."""

    suggested: Suggested
    lead: str


def way_for(case: Case, reporters: list[Reporter], standing: Standing, at: datetime) -> Way | None:
    """Nothing once something is named, or the case has ended."""
    if case.state in ENDED:
        return None
    found = suggested_for(case, reporters, at)
    return Way(found, _lead(case, standing)) if found.found else None


def _lead(case: Case, standing: Standing) -> str:
    verbs = (verb for verb in (Verb.ACCEPT, Verb.WHISTLE) if case.state in MOVES[verb].sources)
    mine = next((verb for verb in verbs if MOVES[verb].who.holds(case, standing)), None)
    return f"{reverse('cases:move', args=[case.number, mine.value])}?item=" if mine else ""


def read_for(case: Case, standing: Standing, at: datetime) -> Suggested:
    return suggested_for(case, reporters_of(case, standing), at)
