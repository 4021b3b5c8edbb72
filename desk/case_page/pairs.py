"""The photos by which inspections were passed: the same spot before and after, the newest round first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.spans import moment
from cases.confiding import keeps
from cases.models import PhotoPair, Verb
from cases.pairing import apart
from desk.case_page import asked
from desk.case_page.rows import Rows
from files.showing import Shown


@dataclass(frozen=True)
class Pair:
    """`doubts` say what speaks against it, `why` what whoever chose it said to that."""

    pair: PhotoPair
    before: Shown
    after: Shown
    when: str
    away: str
    doubts: list[str]


def pairs(rows: Rows) -> list[Pair]:
    """Asked only where an inspection was passed with a pair."""
    if not any(step.verb == Verb.PASS and step.facts.get("before") for step in rows.steps):
        return []
    shown = {one.photo.pk: one for group in rows.photos.values() for one in group}
    found = asked.pairs(case=rows.case.pk)
    return [_pair(one, shown, rows) for one in found if {one.before_id, one.after_id} <= shown.keys()]


def _pair(one: PhotoPair, shown: dict, rows: Rows) -> Pair:
    before, after = shown[one.before_id], shown[one.after_id]
    doubts = [_("far apart")] if one.far else []
    doubts += [] if one.own else [_("the second photo is the unit's own")]
    return Pair(one, before, after, moment(one.at, rows.at), _away(one, before, after, rows), doubts)


def _away(one: PhotoPair, before: Shown, after: Shown, rows: Rows) -> str:
    """What was not known when it was chosen may be known since: photos are checked a little later."""
    if not keeps(rows.case, rows.standing):
        return ""
    metres = apart(before.photo, after.photo) if one.metres is None else one.metres
    if metres is None:
        return _("How far apart they were taken is not known: not both say where.")
    return _("Taken %(metres)s m apart") % {"metres": metres}
