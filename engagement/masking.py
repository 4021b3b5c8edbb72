"""Hides personal details so that a person is still told apart: 138****0427, 董**, 东路**号楼."""

import re

NUMBER = re.compile(r"\+?\d(?:[\s-]?\d){6,}[\dXx]?")
EXACT = re.compile(r"[0-9０-９A-Za-z〇零一二三四五六七八九十百]")
SHORT = 11


def mask_phone(phone: str) -> str:
    """The first three and the last four figures; of a shorter number two and two."""
    figures = "".join(sign for sign in phone if sign.isdigit())
    if len(figures) >= SHORT:
        return f"{figures[:3]}****{figures[-4:]}"
    return f"{figures[:2]}****{figures[-2:]}" if len(figures) > 6 else "*" * len(figures)


def mask_name(name: str) -> str:
    """The first sign alone; always two stars, so that the length tells nothing."""
    return f"{name.strip()[0]}**" if name.strip() else ""


def mask_address(address: str) -> str:
    """The road stays, every number of house, entrance and flat goes."""
    return EXACT.sub("*", address)


def without_details(words: str, *details: str) -> str:
    """The words with the person's own name, phone and address, and any long number, left out."""
    for detail in sorted((d.strip() for d in details), key=len, reverse=True):
        if len(detail) > 1:
            words = words.replace(detail, "…")
    return NUMBER.sub("…", words)
