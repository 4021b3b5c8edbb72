"""Who came to the place, how that is known, and for what units were called together: in a few words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accountability.spans import moment
from cases.models import JointKind, Proof


def together(facts: dict[str, Any], now: datetime) -> str:
    """What kind of coming together was called, when and where; or who came to it."""
    if "meets_at" not in facts:
        return on_the_spot(facts)
    when = moment(datetime.fromisoformat(facts["meets_at"]), now)
    return " · ".join([str(JointKind(facts["kind"]).label), when, facts["place"]])


def on_the_spot(facts: dict[str, Any]) -> str:
    """How many came, who, how that is known and how far off they stood."""
    came = _("%(people)s came") % {"people": facts["people"]} if facts.get("people") else ""
    proof = str(Proof(facts["proof"]).label) if facts.get("proof") else ""
    off = _("%(metres)s m from the place") % {"metres": facts["metres"]} if "metres" in facts else ""
    return " · ".join(filter(None, [facts.get("who", ""), came, proof, off]))
