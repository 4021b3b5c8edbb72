"""One reckoning as a PDF of its own: which duty, what shows the breach, what should come of it, what the unit says."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.models import Reckoning
from cases.models import Step
from desk.bundle.exactly import exact, zh
from desk.bundle.paper import Paper
from desk.bundle.printing import STANDARDS, typeset
from desk.models import Bundle
from grids.standing import Standing

TEMPLATE = Path(__file__).with_name("record.typ")


def read(bundle: Bundle, standing: Standing, at: datetime) -> Paper:
    """Found through what this person may see; unseen is not found (Http404). The end of the case's chain goes along."""
    one = Reckoning.objects.visible_to(standing).for_reading().filter(pk=bundle.reckoning_id).first()
    if one is None:
        raise Http404
    head = one.case.steps.order_by("seq").last()
    values = told(bundle, one, head, at)
    return Paper(standing, at, head, True, lambda: printed(values, at))


def printed(values: dict[str, Any], at: datetime) -> bytes:
    more = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": at.replace(microsecond=0)}
    return bytes(typeset(TEMPLATE, values, {}, **more))


def told(bundle: Bundle, one: Reckoning, head: Step, at: datetime) -> dict[str, Any]:
    """What it says, part by part: a heading, then words or pairs. Nothing of it is read as markup."""
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": _("Breached duty of the list"),
        "about": f"{one.case.number} · {_('No. %(number)s') % {'number': one.pk}}",
        "parts": [[heading, words] for heading, words in _parts(one) if words],
        "facts": _facts(bundle, one, head, at),
        "chained": _("The hashes of the last step tie it to the case as it stood when it was printed."),
    }


def _parts(one: Reckoning) -> list[tuple[str, Any]]:
    reply = getattr(one, "reply", None)
    return [
        (_("Unit"), zh(one.unit.name)),
        (_("The duty, word for word"), zh(one.duty.text)),
        (_("What shows it"), zh(one.evidence)),
        (_("What should come of it"), zh(one.opinion)),
        (_("What the unit says"), zh(reply.words) if reply else _("It has not replied yet.")),
    ]


def _facts(bundle: Bundle, one: Reckoning, head: Step, at: datetime) -> list[list[Any]]:
    said, reply = one.duty.item_version, getattr(one, "reply", None)
    replied = [[_("Replied by"), zh(reply.by.name), exact(reply.at)]] if reply else []
    return [
        [_("Case"), zh(one.case.summary), one.case.number],
        [_("Item"), zh(said.title), said.item.code],
        [_("Version of the list"), zh(said.version.label), _("Provisional") if said.version.reference else ""],
        [_("Duty"), zh(one.duty.party_name), str(one.duty.get_kind_display())],
        [_("Written down by"), zh(one.by.name), exact(one.at)],
        *replied,
        [_("Made for"), zh(bundle.owner.name), exact(at)],
        [_("Number of this bundle"), str(bundle.pk), ""],
        [_("Last step of the case"), str(head.seq), head.chain],
    ]
