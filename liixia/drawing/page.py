"""The pages that hold the drawings: hand-written words, and between markers what is drawn."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.utils import translation

from liixia.drawing import admission, changes, house, machines
from liixia.launcher.places import CHECKOUT

Drawing = Callable[[], Iterator[str]]
PAGES: dict[Path, dict[str, Drawing]] = {
    CHECKOUT / "docs" / "architecture.md": {"house": house.drawing, "change": changes.drawing},
    CHECKOUT / "docs" / "workflow.md": {"case": machines.case_machine, "summons": machines.summons_machine},
    CHECKOUT / "docs" / "admission.md": {
        "application": admission.application_machine,
        "task": admission.task_machine,
        "pledge": admission.pledge_machine,
    },
}
FROM, TO = "<!-- drawn: {name} -->", "<!-- end: {name} -->"


class MarkerMissing(Exception):
    """The page has no place for a drawing."""


def drawn(text: str, parts: Mapping[str, Drawing]) -> str:
    """A page's text with each of its drawings made anew."""
    with translation.override("en"):
        for name, lines in parts.items():
            text = put(text, name, "\n".join(lines()))
    return text


def put(text: str, name: str, lines: str) -> str:
    begins, ends = FROM.format(name=name), TO.format(name=name)
    before, found, rest = text.partition(begins)
    _, closed, after = rest.partition(ends)
    if not (found and closed):
        raise MarkerMissing(f"The page has no place `{begins}` … `{ends}`.")
    return f"{before}{begins}\n{lines}\n{ends}{after}"
