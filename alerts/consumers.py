"""What the outbox hands to us."""

from datetime import datetime

from alerts import actions


def tell_of_step(payloads: list[dict], at: datetime) -> None:
    actions.tell((payload["step"] for payload in payloads), at=at)
