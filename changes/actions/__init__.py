"""Every step of a change: drafted, sent, decided by somebody else, put in force on its day, rolled back by another."""

from changes.actions.applying import apply_due
from changes.actions.deciding import approve, reject, submit, withdraw
from changes.actions.drafting import Wanted, draft, edit, roll_back

__all__ = ["Wanted", "apply_due", "approve", "draft", "edit", "reject", "roll_back", "submit", "withdraw"]
