"""What must always hold of messages: the quiet hours are those that two people decided."""

from collections.abc import Iterator
from datetime import datetime

from audit.asking import broken
from changes.dated import reviewed

QUESTIONS = reviewed("alerts_quiethours", "quiet")


def faults(at: datetime) -> Iterator[str]:
    return broken(QUESTIONS, {})
