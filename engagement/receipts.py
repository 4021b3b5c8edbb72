"""Receipt codes: how one is made, shown in groups, and read back however a person types it."""

import secrets
import unicodedata

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 signs, none that is taken for another: five bits each
LENGTH = 12
GROUP = 4


def new_receipt() -> str:
    """A code nobody can guess (60 bits)."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(receipt: str) -> str:
    """In groups of four, as it is read out and copied."""
    return "-".join(receipt[start : start + GROUP] for start in range(0, len(receipt), GROUP))


def typed(text: str) -> str:
    """What a person typed, without blanks, dashes, full-width signs or small letters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign in SIGNS)[: LENGTH + 1]
