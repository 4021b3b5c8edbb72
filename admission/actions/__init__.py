"""Every change of what is admitted, handed down and cleaned up: one verb a function."""

from admission.actions.applying import Wanted, apply, grant, resend
from admission.actions.moving import advance
from admission.actions.pledges import Entered, enter_pledge
from admission.actions.revoking import revoke
from admission.actions.tasks import Handed, hand_down

__all__ = ["Entered", "Handed", "Wanted", "advance", "apply", "enter_pledge", "grant", "hand_down", "resend", "revoke"]
