"""A mark of what a change puts in place of what, kept in the sealed step that put it in force."""

import hashlib
import json

from changes.models import Change


def fingerprint(change: Change) -> str:
    """SHA-256 of the rows before and after, with the subject and the day."""
    told = [change.kind, change.subject, change.in_force_from.isoformat(), change.before, change.after]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
