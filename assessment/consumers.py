"""Hears of closed cases from the outbox."""

from datetime import datetime
from typing import Any

from assessment.actions import mark
from cases.models import Step, Verb


def mark_closed_case(payloads: list[dict[str, Any]], at: datetime) -> None:
    """Mark every case that these steps closed."""
    closings = [payload["step"] for payload in payloads if payload["verb"] == Verb.CLOSE]
    for step in Step.objects.filter(pk__in=closings).select_related("case__office", "case__profile").order_by("pk"):
        mark(step, at=at)
