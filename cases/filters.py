"""Which cases a list asks for: the same questions for pages, exports, maps, dashboards and the API."""

from datetime import datetime, timedelta

import django_filters as filters
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q, Value, When, expressions
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accountability.models import Urgency
from accountability.worktime import LOCAL
from audit import clock
from cases.models import Case, Channel, State, Summons, Whistle
from cases.models.case import ENDED
from cases.querysets import CaseQuerySet
from grids.standing import Standing

OPEN, EVERY = "open", "all"
JUST = timedelta(hours=24)
DUE = {
    "over": _("Overdue"),
    "today": _("Due today"),
    "tomorrow": _("Due tomorrow"),
    "later": _("Due later, or without a due moment"),
}
AREA_CODE = RegexValidator(r"\A[0-9]{6}([0-9]{3}){0,3}\Z")
STATES = [(OPEN, _("Open")), (EVERY, _("All")), *State.choices]


def days_ahead(at: datetime, days: int) -> datetime:
    """The first moment of the local day that lies so many days after the day of `at`."""
    return localtime(at, LOCAL).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)


def due_in(group: str, at: datetime) -> Q:
    """Open cases whose soonest due moment lies in this group; exactly at the due moment is still in time."""
    return _within(at)[group] & ~Q(state__in=ENDED)


def due_group(at: datetime) -> expressions.Case:
    """The group of an open case, for counting all groups at once."""
    return expressions.Case(*(When(where, then=Value(group)) for group, where in _within(at).items()))


def _within(at: datetime) -> dict[str, Q]:
    tomorrow, after = days_ahead(at, 1), days_ahead(at, 2)
    return {
        "over": Q(due_at__lt=at),
        "today": Q(due_at__gte=at, due_at__lt=tomorrow),
        "tomorrow": Q(due_at__gte=tomorrow, due_at__lt=after),
        "later": Q(due_at__gte=after) | Q(due_at=None),
    }


class CaseFilter(filters.FilterSet):
    """Narrows what is visible already, and never widens it. `at` is the moment of the question, `by` who asks."""

    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    category = filters.CharFilter(label=_("Category"), field_name="category__code", max_length=20)
    item = filters.CharFilter(label=_("Item"), field_name="item__code", max_length=12)
    area = filters.CharFilter(label=_("Area"), validators=[AREA_CODE], method="in_area")
    unit = filters.CharFilter(label=_("Unit"), max_length=20, method="of_unit")
    due = filters.ChoiceFilter(label=_("Time left"), choices=list(DUE.items()), method="due_so")
    urgency = filters.ChoiceFilter(label=_("Urgency"), choices=Urgency.choices)
    channel = filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)
    whistled = filters.ChoiceFilter(
        label=_("Whistle"), choices=[("just", _("Just whistled")), ("ever", _("Whistled"))], method="whistled_so"
    )
    opened_from = filters.DateFilter(label=_("Reported from"), method="on_or_after")
    opened_to = filters.DateFilter(label=_("Reported to"), method="on_or_before")
    closed_from = filters.DateFilter(label=_("Closed from"), method="on_or_after")
    closed_to = filters.DateFilter(label=_("Closed to"), method="on_or_before")
    hands = filters.ChoiceFilter(label=_("In whose hands"), choices=[("mine", _("In my hands"))], method="in_hands")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: object, at: datetime | None = None, by: Standing | None = None, **more: object) -> None:
        super().__init__(*args, **more)
        self.by = by or getattr(self.request, "standing", None)
        self.at = at or clock.now()

    def in_state(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        if value == EVERY:
            return cases
        return cases.open() if value == OPEN else cases.filter(state=value)

    def in_area(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.under(value)

    def of_unit(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Cases that this unit is called to, whether it has replied or not."""
        return cases.filter(Exists(Summons.objects.open().filter(case=OuterRef("pk"), unit__code=value)))

    def due_so(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.filter(due_in(value, self.at))

    def whistled_so(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        blown = Whistle.objects.filter(case=OuterRef("pk"))
        return cases.filter(Exists(blown.filter(blown_at__gt=self.at - JUST) if value == "just" else blown))

    def on_or_after(self, cases: CaseQuerySet, name: str, value: datetime) -> CaseQuerySet:
        field = f"{name.removesuffix('_from')}_at"
        return cases.filter(**{f"{field}__gte": _first(value)})

    def on_or_before(self, cases: CaseQuerySet, name: str, value: datetime) -> CaseQuerySet:
        field = f"{name.removesuffix('_to')}_at"
        return cases.filter(**{f"{field}__lt": _first(value + timedelta(days=1))})

    def in_hands(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Cases of which this person has a part in hand."""
        if self.by is None:
            return cases.none()
        return cases.filter(Exists(Summons.objects.open().filter(case=OuterRef("pk"), worker=self.by.user_id)))


def _first(day: object) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, datetime.min.time(), tzinfo=LOCAL)  # type: ignore[arg-type]
