"""Cells of a table that somebody opens in a table program: words stay words, whatever they begin with."""

# What a table program may take for the beginning of a formula, in ASCII and in full width.
BEGINNINGS = frozenset("=+-@＝＋－＠\t\r\n")
INVISIBLE = " \u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"


def harmless(text: str) -> str:
    """The same words, never a formula: not in an Excel file, and not in a CSV file made of it."""
    return f"'{text}" if _dangerous(text) else text


def plain(text: str) -> str:
    """The words that `harmless` has made harmless, or any others as they are."""
    return text[1:] if text.startswith("'") and _dangerous(text) else text


def _dangerous(text: str) -> bool:
    """An apostrophe of its own before the sign counts too, so that there is one way back."""
    first = text.lstrip(INVISIBLE + "'")[:1]
    return bool(first) and first in BEGINNINGS
