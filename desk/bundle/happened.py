"""The steps of the case from the first to the last, each with its place in the chain; and the photos."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Origin, Step, Verb
from desk.bundle.exactly import exact, zh
from desk.bundle.reading import Evidence
from desk.case_page.history import event_of
from files.showing import Shown

LATER = timedelta(minutes=1)


def steps_told(evidence: Evidence) -> list[dict[str, Any]]:
    rows = evidence.for_paper
    return [_step(step, evidence, rows) for step in evidence.steps]


def _step(step: Step, evidence: Evidence, rows: Any) -> dict[str, Any]:
    event = event_of(step, rows)
    return {
        "seq": step.seq,
        "when": exact(step.at),
        "verb": event.verb,
        "grave": event.css == "late",
        "unit": zh(event.unit.name) if event.unit else "",
        "actor": zh(step.actor.name) if step.actor else _("by itself"),
        "details": [words for words in (event.detail, _due(event.at, step), _came(step)) if words],
        "note": zh(words) if (words := event.said if step.verb == Verb.TRANSFER else step.note) else "",
        "cited": _cited(event.cited) if event.cited else {},
        "photos": [evidence.number_of(shown.photo) for shown in event.photos],
        "chain": step.chain,
    }


def _cited(found: dict[str, Any]) -> dict[str, Any]:
    """The duty word for word, and below it whose it is and where it stands."""
    return {
        "text": zh(found["text"]),
        "where": [zh(found["party"]), found["part"], zh(found["item"]), zh(found["list"])],
    }


def _due(at: Any, step: Step) -> str:
    return "" if at == step.at else _("due %(when)s") % {"when": exact(at)}


def _came(step: Step) -> str:
    """How it came in, where that was not from a page; and when it was written down, where that was later."""
    origin = "" if step.origin == Origin.LIVE else str(step.get_origin_display())
    late = step.recorded_at - step.at > LATER
    written = _("written down %(when)s") % {"when": exact(step.recorded_at)} if late else ""
    return " · ".join(filter(None, [origin, written]))


def photos_told(evidence: Evidence) -> list[dict[str, Any]]:
    return [_photo(nth, step, shown, evidence) for nth, (step, shown) in enumerate(evidence.photos, start=1)]


def _photo(nth: int, step: Step | None, shown: Shown, evidence: Evidence) -> dict[str, Any]:
    """`file` is empty where there is no picture; `facts` then say why."""
    came = _("step %(seq)s") % {"seq": step.seq} if step else _("sent later")
    return {
        "title": f"{_('Photo %(number)s') % {'number': nth}} · {came}",
        "file": f"{nth}.jpg" if shown.ready else "",
        "why": "" if shown.ready else _refused(shown),
        "facts": [words for words in (shown.when, shown.where, *_paired(shown, evidence)) if words],
        "sha256": shown.photo.sha256,
    }


def _paired(shown: Shown, evidence: Evidence) -> list[str]:
    """With which photo it makes a pair of an inspection, and as what."""
    told = []
    for one in evidence.page.pairs:
        if shown.photo.pk == one.before.photo.pk:
            told.append(_("Before; after it: photo %(number)s") % {"number": evidence.number_of(one.after.photo)})
        if shown.photo.pk == one.after.photo.pk:
            words = _("After; before it: photo %(number)s") % {"number": evidence.number_of(one.before.photo)}
            told.append(" · ".join(filter(None, [words, one.away, *one.doubts, one.pair.why])))
    return told


def _refused(shown: Shown) -> str:
    return str(shown.photo.get_refusal_display()) if shown.refused else _("Not checked yet")
