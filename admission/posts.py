"""Who may make which move: questions asked of a person's standing."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.models import Application, Pledge, Task
from admission.moves import AdmissionRefused, Deed, Who
from admission.querysets import OF_DEPARTMENTS, OF_STREETS, oversees, streets_of
from grids.standing import Standing
from people.models import Role


def _of_the_department(thing: Application | Task | Pledge, by: Standing | None) -> bool:
    return by is not None and by.acts_for(thing.department_id, *OF_DEPARTMENTS)


def _of_the_street(task: Task, by: Standing | None) -> bool:
    return by is not None and any(by.over(role, task.street.code) for role in OF_STREETS)


def _of_a_street_named(application: Application, by: Standing | None) -> bool:
    return by is not None and any(
        one.street.code.startswith(code) for one in application.opinions.all() for code in streets_of(by)
    )


def _in_office(role: Role) -> Any:
    return lambda thing, by: by is not None and oversees(by, (role,))


DEPARTMENT = Who(gettext_lazy("the department itself"), _of_the_department)
STREET = Who(gettext_lazy("the street to which it was handed"), _of_the_street)
NAMED_STREET = Who(gettext_lazy("the streets that it names"), _of_a_street_named)
ESTABLISHMENT = Who(gettext_lazy("the establishment office"), _in_office(Role.ESTABLISHMENT))
LEGAL = Who(gettext_lazy("the legal office"), _in_office(Role.LEGAL))
LEADER = Who(gettext_lazy("the district leader"), _in_office(Role.DISTRICT_LEADER))
SYSTEM = Who(gettext_lazy("the system, when a time is over"), lambda thing, by: by is None)


def by_another_hand(thing: Any, deed: Deed) -> None:
    """Nobody judges what they, or their own unit, have asked for."""
    if deed.by is None:
        return
    if deed.by.user_id == thing.applied_by_id:
        raise AdmissionRefused(_("You asked for it yourself, so somebody else decides it."), code="same_person")
    if deed.by.user.unit_id == thing.department_id:
        raise AdmissionRefused(
            _("Your own unit asked for it, so an office that has no part in it decides."), code="same_unit"
        )
