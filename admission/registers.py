"""The registers: which rows, narrowed by what an address says, the newest first. Pages and exports read the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability.worktime import LOCAL
from admission.days import PERIODS, USUAL, behind, since
from admission.models import (
    Application,
    Attempt,
    ExpiryNotice,
    Load,
    MatterKind,
    Permit,
    Pledge,
    PledgeState,
    State,
    Step,
    Task,
    TaskState,
)
from admission.models.application import GOING_ON
from admission.models.task import LIVE
from admission.querysets import OF_STREETS, departments_of, oversees, streets_of, under
from admission.tasking import past_their_day
from grids.models import Area, AreaKind
from grids.standing import Standing
from people.models import Role, Unit

LONGEST = 80
OPEN, MINE, VALID, ENDING, OVER, LATE, REVOKED = "open", "mine", "valid", "ending", "over", "late", "revoked"


def waiting_for(by: Standing) -> Q:
    """Applications whose next step is this person's."""
    where = Q(state=State.RETURNED, department__in=departments_of(by))
    for state, role in (
        (State.REVIEW, Role.ESTABLISHMENT), (State.LEGALITY, Role.LEGAL), (State.DECISION, Role.DISTRICT_LEADER),
    ):  # fmt: skip
        if oversees(by, (role,)):
            where |= Q(state=state)
    named = Application.streets.through.objects.awaited().filter(under("street__code", streets_of(by)))
    return where | Q(state=State.OPINIONS, pk__in=named.values("application"))


def tasks_for(by: Standing) -> Q:
    """Tasks whose next step is this person's: a street's to take or to do, the office's to rule on."""
    mine = under("street__code", streets_of(by)) & Q(state__in=(TaskState.HANDED, TaskState.ACCEPTED))
    return mine | Q(state=TaskState.FLAGGED) if oversees(by, (Role.ESTABLISHMENT,)) else mine


@dataclass(frozen=True)
class Asking:
    """Whose list it is, and when."""

    by: Standing
    at: datetime


@dataclass(frozen=True)
class Register:
    """One register: its rows, its groups (each a condition), and by which columns else it is narrowed."""

    code: str
    title: Promise
    rows: Callable[[Standing], QuerySet]
    groups: Mapping[str, tuple[Promise, Callable[[Asking], Q]]]
    first: str
    kind: str = "kind"
    street: str = "streets"


def _states(states: Any) -> dict[str, tuple[Promise, Callable[[Asking], Q]]]:
    return {state.value: (state.label, lambda asking, state=state: Q(state=state)) for state in states}


def _today(asking: Asking) -> Any:
    return localdate(asking.at, LOCAL)


def _ending(asking: Asking) -> Q:
    """Within the first of the notices before an end."""
    days = ExpiryNotice.objects.values_list("days", flat=True).first() or 0
    today = _today(asking)
    return Q(revoked_on=None, until__gte=today, until__lte=today + timedelta(days=days))


EVERY: dict[str, tuple[Promise, Callable[[Asking], Q]]] = {"all": (_("All"), lambda asking: Q())}
REGISTERS = {
    one.code: one
    for one in (
        Register(
            "applications", _("Applications"),
            lambda by: Application.objects.visible_to(by).select_related("department", "kind"),
            {
                MINE: (_("Waiting for you"), lambda asking: waiting_for(asking.by)),
                OPEN: (_("On their way"), lambda asking: Q(state__in=GOING_ON)),
                **_states((State.GRANTED, State.REVOKED, State.REFUSED, State.WITHDRAWN)), **EVERY,
            },
            OPEN,
        ),
        Register(
            "permits", _("Permits"),
            lambda by: Permit.objects.visible_to(by).select_related("department", "kind", "application"),
            {
                VALID: (_("In force or to come"), lambda asking: Q(until__gte=_today(asking), revoked_on=None)),
                ENDING: (_("Ending soon"), _ending),
                OVER: (_("Ended"), lambda asking: Q(until__lt=_today(asking), revoked_on=None)),
                REVOKED: (_("Revoked"), lambda asking: Q(revoked_on__isnull=False)), **EVERY,
            },
            VALID,
        ),
        Register(
            "tasks", _("Tasks handed down"),
            lambda by: Task.objects.visible_to(by).select_related("department", "kind", "street", "permit"),
            {
                MINE: (_("Waiting for you"), lambda asking: tasks_for(asking.by)),
                OPEN: (_("On their way"), lambda asking: Q(state__in=LIVE)),
                LATE: (_("Past their day"), lambda asking: past_their_day(asking.at)),
                **_states((TaskState.FLAGGED, TaskState.DONE, TaskState.REFUSED, TaskState.VOID)), **EVERY,
            },
            OPEN, street="street",
        ),
        Register(
            "pledges", _("Pledges"),
            lambda by: Pledge.objects.visible_to(by).select_related("department"),
            {**_states(PledgeState), **EVERY},
            "all", kind="",
        ),
        Register(
            "attempts", _("Blocked attempts"),
            lambda by: Attempt.objects.visible_to(by).select_related("department", "kind", "by"),
            EVERY, "all", street="",
        ),
    )
}  # fmt: skip


class Narrowing(forms.Form):
    """What an address may say of a register; whatever else stands there is not understood."""

    group = forms.ChoiceField(required=False)
    kind = forms.ModelChoiceField(
        MatterKind.objects.all(), to_field_name="code", required=False, label=_("Kind of matter")
    )
    department = forms.ModelChoiceField(Unit.objects.all(), to_field_name="code", required=False, label=_("Department"))
    street = forms.ModelChoiceField(
        Area.objects.filter(kind=AreaKind.STREET).defer("outline"),
        to_field_name="code",
        required=False,
        label=_("Street"),
    )
    permit = forms.CharField(required=False, max_length=20)
    what = forms.ChoiceField(choices=Load, required=False)
    days = forms.TypedChoiceField(choices=PERIODS.items(), coerce=int, empty_value=None, required=False)
    q = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, register: Register, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [(name, label) for name, (label, _where) in register.groups.items()]


class Asked:
    """One register as an address asks for it, for one person at one moment."""

    def __init__(self, register: Register, given: Mapping[str, str], asking: Asking) -> None:
        self.register, self.asking = register, asking
        self.said = {
            name: str(given[name]).strip() for name in Narrowing.base_fields if str(given.get(name) or "").strip()
        }
        self.form = Narrowing(register, self.said)
        self.sound = self.form.is_valid()

    @property
    def group(self) -> str:
        return self.said.get("group", self.register.first) if self.sound else self.register.first

    @property
    def query(self) -> str:
        """The same question in the one way to write it."""
        return urlencode({**self.said, "group": self.group})

    @property
    def narrowed(self) -> str:
        """By what it is narrowed that no field of the page shows."""
        wanted = self.form.cleaned_data
        happened = str(Load(wanted["what"]).label) if wanted["what"] else ""
        within = str(PERIODS[wanted["days"] or USUAL]) if happened else ""
        return " · ".join(filter(None, [str(wanted["department"] or ""), wanted["permit"], happened, within]))

    @property
    def longest_first(self) -> bool:
        """What waits for the reader is read from what has waited longest; everything else from the newest."""
        return self.group == MINE

    def after(self, rows: QuerySet, key: int | None) -> QuerySet:
        """What comes behind this one in that order."""
        return rows.filter(**{f"pk__{'gt' if self.longest_first else 'lt'}": key}) if key else rows

    def rows(self, group: str = "") -> QuerySet:
        """In that order; none where the address is not understood."""
        rows = self.register.rows(self.asking.by).order_by("pk" if self.longest_first else "-pk")
        if not self.sound:
            return rows.none()
        rows = rows.filter(self.register.groups[group or self.group][1](self.asking))
        wanted = self.form.cleaned_data
        if wanted["kind"] and self.register.kind:
            rows = rows.filter(kind=wanted["kind"])
        if wanted["department"]:
            rows = rows.filter(department=wanted["department"])
        if wanted["street"] and self.register.street:
            rows = rows.filter(**{self.register.street: wanted["street"]})
        if self.register.code == "tasks":
            rows = self._counted(rows, wanted)
        return self._having_words(rows, wanted["q"])

    def _counted(self, rows: QuerySet, wanted: dict[str, Any]) -> QuerySet:
        """Tasks of one permit; and those behind a number of the load: to which this happened within so many days."""
        if wanted["permit"]:
            rows = rows.filter(permit__number=wanted["permit"])
        if not wanted["what"]:
            return rows
        happened = behind(wanted["what"], since(wanted["days"] or USUAL, self.asking.at))
        return rows.filter(Exists(Step.objects.filter(happened, task=OuterRef("pk"))))

    def _having_words(self, rows: QuerySet, words: str) -> QuerySet:
        if not words:
            return rows
        if self.register.code == "permits":
            found = Application.objects.having(words).values("pk")
            return rows.filter(Q(number__iexact=words.strip()) | Q(application__in=found))
        return rows.having(words)


def may_read(by: Standing) -> bool:
    """Whoever has a part in it: the offices, the departments and the streets."""
    return bool(oversees(by) or departments_of(by) or any(role in OF_STREETS for role, _code in by.posts))
