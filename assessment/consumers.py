"""Hears of closed cases from the outbox."""

from datetime import datetime
from typing import Any

from assessment.actions import mark
from cases.models import Step, Verb


def mark_closed_case(payloads: list[dict[str, Any]], at: datetime) -> None:
    """Mark every case that these steps closed, all at once."""
    closings = [payload["step"] for payload in payloads if payload["verb"] == Verb.CLOSE]
    if closings:
        steps = Step.objects.filter(pk__in=closings).select_related("case")
        mark(list(steps.order_by("pk")), at=at)
