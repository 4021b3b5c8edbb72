"""The page that holds the drawings: hand-written words, and between markers what is drawn."""

from collections.abc import Callable, Iterator

from django.utils import translation

from liixia.drawing import changes, house, machines
from liixia.launcher.places import CHECKOUT

PAGE = CHECKOUT / "docs" / "architecture.md"
PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "house": house.drawing,
    "change": changes.drawing,
    "case": machines.case_machine,
    "summons": machines.summons_machine,
}
FROM, TO = "<!-- drawn: {name} -->", "<!-- end: {name} -->"


class MarkerMissing(Exception):
    """The page has no place for a drawing."""


def drawn(text: str) -> str:
    """The page's text with every drawing made anew."""
    with translation.override("en"):
        for name, lines in PARTS.items():
            text = put(text, name, "\n".join(lines()))
    return text


def put(text: str, name: str, lines: str) -> str:
    begins, ends = FROM.format(name=name), TO.format(name=name)
    before, found, rest = text.partition(begins)
    _, closed, after = rest.partition(ends)
    if not (found and closed):
        raise MarkerMissing(f"{PAGE.name} has no place `{begins}` … `{ends}`.")
    return f"{before}{begins}\n{lines}\n{ends}{after}"
