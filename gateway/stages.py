"""How far a matter went before it came here, as far as its file says."""

from enum import StrEnum


class Stage(StrEnum):
    WAITS = "waits"
    TAKEN_UP = "taken_up"  # somebody has it; when they took it up is not known
    HANDLED = "handled"  # it was dealt with; what was done and when is not known
