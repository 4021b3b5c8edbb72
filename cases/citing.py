"""Which duties of the list can be cited in a case: those of its item, in the version that the case keeps."""

from typing import Any

from django.utils.translation import gettext as _

from accountability.duties import duty_texts
from accountability.models import Duty
from cases.models import Case
from cases.moves import MoveRefused


def citable(case: Case) -> list[Duty]:
    """What the list says to anybody in this case, leading duties first; nothing where the case has no item."""
    return duty_texts(case.item, case.list_version) if case.item else []


def cited(case: Case, key: Any) -> Duty | None:
    """The duty of this key, or None where there is nothing to cite and nothing was.

    Raises MoveRefused: duty_missing, no_duty_text, other_version, other_item, no_duty.
    """
    texts, given = citable(case), "" if key is None else str(key)
    if not texts and not given:
        return None
    found = next((duty for duty in texts if str(duty.pk) == given), None)
    if found is None:
        raise _why_not(case, texts, given)
    return found


def _why_not(case: Case, texts: list[Duty], key: str) -> MoveRefused:
    if not texts:
        return MoveRefused(
            _("This case stands under no item of the list, so no duty of it can be cited. State the ground alone."),
            code="no_duty_text",
        )
    if not key:
        return MoveRefused(_("Choose the duty of the list that shows it."), code="duty_missing")
    other = Duty.objects.filter(pk=key).select_related("item_version").first() if key.isdecimal() else None
    if other is None:
        return MoveRefused(_("The list has no such duty. Choose one that it names for this case."), code="no_duty")
    if other.item_version.item_id != case.item_id:
        return MoveRefused(
            _("That duty belongs to another item. Choose one that the list names for this case."), code="other_item"
        )
    said = {"version": case.list_version}
    return MoveRefused(_("This case goes by “%(version)s”. Cite the list as it stands there."), "other_version", said)


def quoted(duty: Duty) -> dict[str, Any]:
    """A duty as a step keeps it: whose, which part, of which item and version, word for word."""
    said = duty.item_version
    return {
        "party": duty.party_name, "kind": duty.kind, "text": duty.text, "item": said.item.code,
        "version": said.version.number, "list": said.version.label,
    }  # fmt: skip
