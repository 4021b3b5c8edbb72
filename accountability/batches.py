"""What is done to many rows at once is done all in one; where that fails, one by one, so that only the faulty wait."""

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger(__name__)
# Does these, given by their keys and read anew, in one transaction; returns how many.
Doing = Callable[[list[int], datetime], int]


def in_one_or_alone(do: Doing, keys: list[int], at: datetime) -> int:
    """One that cannot be done stands in nobody's way, and the log says so. Returns how many were done."""
    if not keys:
        return 0
    try:
        return do(keys, at)
    except Exception:
        log.warning("%s fails for %d at once; they are taken one by one", do, len(keys), exc_info=True)
    return sum(_alone(do, key, at) for key in keys)


def _alone(do: Doing, key: int, at: datetime) -> int:
    try:
        return do([key], at)
    except Exception:
        log.exception("%s fails for row %s", do, key)
    return 0
