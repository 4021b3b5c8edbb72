"""An import as its page tells it: how far it is, what became of its rows, in words."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import State
from gateway.actions import THERE
from gateway.mapping import MappingRefused, named
from gateway.models import Import, ImportFault, ImportState

REFUSED = "refused"
LIGHTS = {
    ImportState.CHECKING: "run", ImportState.CHECKED: "wait", ImportState.TAKING: "run", ImportState.DONE: "done",
    ImportState.REFUSED: "red", ImportState.GIVEN_UP: "hold",
}  # fmt: skip
HEADINGS = {
    ImportState.CHECKING: gettext_lazy("Every row is being tried"),
    ImportState.CHECKED: gettext_lazy("Tried: %(new)s rows would come in, %(refused)s would not"),
    ImportState.TAKING: gettext_lazy("The rows are being taken in"),
    ImportState.DONE: gettext_lazy("%(new)s rows came in, %(refused)s did not"),
    ImportState.REFUSED: gettext_lazy("This file cannot be read"),
    ImportState.GIVEN_UP: gettext_lazy("Given up, nothing was taken in"),
}


@dataclass(frozen=True)
class Shown:
    """One import, for its page and for its line in the history."""

    row: Import

    @property
    def title(self) -> str:
        try:
            return str(named(self.row.mapping))
        except MappingRefused:
            return self.row.mapping

    @property
    def state(self) -> str:
        return str(self.row.get_state_display())

    @property
    def light(self) -> str:
        return LIGHTS.get(ImportState(self.row.state), "run")

    @property
    def heading(self) -> str:
        return HEADINGS[ImportState(self.row.state)] % {"new": self.new, "refused": self.refused}

    @property
    def works(self) -> bool:
        return self.row.state in (ImportState.CHECKING, ImportState.TAKING)

    @property
    def checked(self) -> bool:
        return self.row.state == ImportState.CHECKED

    @property
    def new(self) -> int:
        return sum(number for _state, number in self.stands)

    @cached_property
    def stands(self) -> list[tuple[str, int]]:
        """The states in which cases stand, and how many in each."""
        counts = self.row.counts
        return [(str(state.label), counts[state]) for state in State if counts.get(state)]

    @property
    def there(self) -> int:
        return self.row.counts.get(THERE, 0)

    @property
    def refused(self) -> int:
        return self.row.counts.get(REFUSED, 0)

    @property
    def percent(self) -> int:
        return int(100 * self.row.done / self.row.rows) if self.row.rows else 0

    @property
    def progress(self) -> str:
        if self.row.rows is None:
            return _("Waits for its turn.")
        return _("%(done)s of %(rows)s rows") % {"done": self.row.done, "rows": self.row.rows}


def page_of(faults: QuerySet[ImportFault], after: int, size: int) -> tuple[list[ImportFault], int | None]:
    """Some rows in their order, and the row after which the next page begins."""
    found = list(faults.filter(row__gt=after).order_by("row")[: size + 1])
    return found[:size], found[size - 1].row if len(found) > size else None
