"""Pledges: kept only on a central or provincial basis, else cancelled; decided by the establishment office."""

from django.utils.translation import gettext as _

from admission.models import Pledge, PledgeState, Verb
from admission.models.pledge import HIGH
from admission.moves import AdmissionRefused, Deed, Move, table
from admission.posts import ESTABLISHMENT
from people.words import said


def stands_on_a_high_basis(pledge: Pledge, deed: Deed) -> None:
    if pledge.level not in HIGH or not said(pledge.basis):
        raise AdmissionRefused(
            _("Only what the central authorities or the province have plainly laid down is kept. Cancel it."),
            code="basis_too_low",
        )


def is_not_their_own(pledge: Pledge, deed: Deed) -> None:
    if deed.by is not None and deed.by.user_id == pledge.entered_by_id:
        raise AdmissionRefused(_("You entered it yourself, so somebody else decides it."), code="same_person")


def keeps_the_reason(pledge: Pledge, deed: Deed) -> None:
    pledge.reason, pledge.decided_at = said(deed.note)[:600], deed.at


MOVES = table(
    Move(
        Verb.KEEP, (PledgeState.ENTERED,), PledgeState.KEPT, ESTABLISHMENT, needs=("note",),
        demands=(is_not_their_own, stands_on_a_high_basis), does=keeps_the_reason,
    ),
    Move(
        Verb.CANCEL, (PledgeState.ENTERED, PledgeState.KEPT), PledgeState.CANCELLED, ESTABLISHMENT, needs=("note",),
        does=keeps_the_reason,
    ),
)  # fmt: skip
