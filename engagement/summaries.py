"""The first summary of a case: the first words of the report, until a dispatcher writes a better one."""

import re

from engagement.masking import without_details

LONGEST = 40
SHORTEST = 8
END = re.compile(r"[。！？!?；;\n]")


def summary_of(words: str, *details: str) -> str:
    """The first sentence, cut to forty signs; never the name, phone or address that came with it."""
    text = without_details(words.strip(), *details)
    ends = (found.start() for found in END.finditer(text) if found.start() >= SHORTEST)
    # Signs that cannot be seen go too: some turn the line around in which they stand.
    seen = "".join(sign if sign.isprintable() else " " for sign in text[: next(ends, len(text))])
    sentence = " ".join(seen.split())
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 1]}…"
