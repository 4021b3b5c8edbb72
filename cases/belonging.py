"""What a case falls under: an item of the list, else what a department does anyway beyond it; never both."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from accountability import catalogue
from accountability.models import Function, FunctionList, Item, ListVersion
from cases.calling import check_listed
from cases.models import Case
from cases.moves import MoveRefused


class Belongs(NamedTuple):
    """What somebody chose; neither where a person has still to decide."""

    item: Item | None = None
    function: Function | None = None

    @property
    def code(self) -> str:
        return (self.item or self.function or Item()).code


def belongs_to(code: str, day: date) -> Belongs:
    """By a code: the list is asked first, then the functions in force on this day. Neither for an unknown one."""
    item = Item.objects.filter(code=code).first() if code else None
    if item or not code:
        return Belongs(item)
    rows = catalogue.standing(day).select_related("unit", "version")
    return Belongs(None, rows.filter(code=code).first())


def check_belongs(said: Belongs, version: ListVersion | None, day: date, case: Case | None = None) -> None:
    """Raises MoveRefused for what does not stand in the list or in the functions of that day, or for two at once."""
    check_listed(said.item, version)
    if said.item and said.function:
        raise MoveRefused(_("Choose an item of the list, or a function beyond it, not both."), code="both_named")
    if said.function and not _stands(said.function, day, case):
        raise MoveRefused(
            _("%(function)s is not among the functions in force on that day. Choose another one or none."),
            code="function_not_in_force",
            params={"function": said.function.code},
        )


def facts_of(said: Belongs) -> dict[str, str]:
    """As steps keep it, by code."""
    function = {"function": said.function.code} if said.function else {}
    return {"item": said.item.code if said.item else "", **function}


def _stands(function: Function, day: date, case: Case | None) -> bool:
    """What was chosen once stays with its case, also when the functions have changed since."""
    kept = case is not None and case.function_id == function.pk
    version: FunctionList | None = None if kept else catalogue.in_force(day)
    return kept or (version is not None and version.pk == function.version_id)
