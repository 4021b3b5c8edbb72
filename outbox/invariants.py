"""What must always hold of messages: each is sent, waits or was given up, and what was given up is named."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

GIVEN_UP = Question(
    _("Message %(key)s was given up after %(attempts)s tries: %(error)s"),
    "SELECT dedupe_key AS key, attempts, left(last_error, 200) AS error FROM outbox_message WHERE fate = 'dead'",
)
ASTRAY = Question(
    _("Message %(key)s is neither sent nor waiting nor given up, but “%(fate)s”."),
    "SELECT dedupe_key AS key, fate FROM outbox_message WHERE fate NOT IN ('waiting', 'sent', 'dead')",
)
SENT_AT_NO_TIME = Question(
    _("Message %(key)s is “%(fate)s”, but the moment of sending says otherwise."),
    "SELECT dedupe_key AS key, fate FROM outbox_message WHERE (fate = 'sent') <> (sent_at IS NOT NULL)",
)


def faults(at: datetime) -> Iterator[str]:
    return broken((GIVEN_UP, ASTRAY, SENT_AT_NO_TIME))
