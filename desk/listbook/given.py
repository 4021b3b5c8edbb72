"""An item as the sheets of a workbook tell it, gathered from its rows on each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accountability.actions import Wording
from accountability.models import Category
from accountability.penned import Parts
from accountability.steps import Step
from desk.listbook.columns import ITEMS
from desk.listbook.sheets import Line


@dataclass
class Given:
    """One item with the rows that it stands in."""

    line: Line
    category: Category
    duties: list[tuple[Line, Wording]] = field(default_factory=list)
    steps: list[tuple[Line, Step]] = field(default_factory=list)
    manual: tuple[Line, Parts] | None = None


def given_for(line: Line, items: Mapping[str, Given]) -> Given | None:
    """The item that a row of another sheet is about; a fault of the row where there is none."""
    found = items.get(line["code"])
    if found is None:
        told = {"sheet": ITEMS.title, "code": line["code"]}
        line.fault("code", _("No item on the sheet %(sheet)s has the code “%(code)s”.") % told)
    return found
