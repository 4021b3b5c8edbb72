"""Moments to the second, and words that are Chinese whatever the language of the bundle."""

from datetime import datetime

from accountability.worktime import LOCAL


def exact(when: datetime | None) -> str:
    """By the clock of the place: 2026-03-12 14:45:09."""
    return when.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S") if when else ""


def zh(words: object) -> dict[str, str]:
    """A name or somebody's own words, set and read aloud as Chinese."""
    return {"zh": str(words)}
