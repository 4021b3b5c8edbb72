"""What the outbox hands to us."""

from datetime import datetime

from alerts import actions, of_admission, of_changes, of_proposals, of_reckonings


def tell_of_step(payloads: list[dict], at: datetime) -> None:
    actions.tell((payload["step"] for payload in payloads), at=at)


def tell_of_change(payloads: list[dict], at: datetime) -> None:
    of_changes.tell((payload["step"] for payload in payloads), at=at)


def tell_of_admission(payloads: list[dict], at: datetime) -> None:
    of_admission.tell((payload["step"] for payload in payloads), at=at)


def tell_of_proposal(payloads: list[dict], at: datetime) -> None:
    of_proposals.tell(payloads, at=at)


def tell_of_reckoning(payloads: list[dict], at: datetime) -> None:
    of_reckonings.tell(payloads, at=at)
