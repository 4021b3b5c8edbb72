"""Which cases a list asks for: the same questions for pages, exports, maps, dashboards and the API."""

from datetime import date, datetime, timedelta

import django_filters as filters
from django.core.validators import RegexValidator
from django.db.models import Exists, Min, OuterRef, Q, Subquery, Value, When, expressions
from django.db.models.functions import Length
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accountability.models import Clock, Urgency
from accountability.worktime import LOCAL
from audit import clock
from cases.models import Case, Channel, State, Summons, Whistle
from cases.models.case import ENDED
from cases.querysets import WITHHELD, CaseQuerySet
from grids.standing import Standing
from people.days import DayFilter

OPEN, EVERY = "open", "all"
DISTRICT_CODE, GRID_CODE = 6, 15
JUST = timedelta(hours=24)
LATELY = timedelta(days=30)
WHISTLED = [
    ("just", _("Just whistled")),
    ("ever", _("Whistled")),
    ("lately", _("Whistled within 30 days")),
    ("vain", _("Whistled within 30 days, not needed")),
]
DUE = {
    "over": _("Overdue"),
    "today": _("Due today"),
    "tomorrow": _("Due tomorrow"),
    "later": _("Due later, or without a due moment"),
}
AREA_CODE = RegexValidator(r"\A[0-9]{6}([0-9]{3}){0,3}\Z")
KNOWN_TO = [("district", _("No street known")), ("street", _("No grid known"))]
STATES = [(OPEN, pgettext_lazy("cases", "Open")), (EVERY, _("All")), *State.choices]


def days_ahead(at: datetime, days: int) -> datetime:
    """The first moment of the local day that lies so many days after the day of `at`."""
    return localtime(at, LOCAL).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)


def due_in(group: str, at: datetime, due: str = "due_at") -> Q:
    """Open cases whose soonest due moment lies in this group; exactly at the due moment is still in time."""
    return _within(at, due)[group] & ~Q(state__in=ENDED)


def due_group(at: datetime, due: str = "due_at") -> expressions.Case:
    """The group of an open case, for counting all groups at once."""
    return expressions.Case(*(When(where, then=Value(group)) for group, where in _within(at, due).items()))


def _within(at: datetime, due: str = "due_at") -> dict[str, Q]:
    tomorrow, after = days_ahead(at, 1), days_ahead(at, 2)
    return {
        "over": Q((f"{due}__lt", at)),
        "today": Q((f"{due}__gte", at), (f"{due}__lt", tomorrow)),
        "tomorrow": Q((f"{due}__gte", tomorrow), (f"{due}__lt", after)),
        "later": Q((f"{due}__gte", after)) | Q((due, None)),
    }


def due_of_unit(code: str) -> Subquery:
    """When this unit owes its next word on the case; nothing while it owes none. No other's delay counts."""
    own = Summons.objects.open().filter(case=OuterRef(OuterRef("pk")), unit__code=code).values("pk")
    running = Clock.objects.running().filter(subject_kind="summons", subject_id__in=own).order_by()
    return Subquery(running.values("subject_kind").annotate(due=Min("due_at")).values("due"))


class CaseFilter(filters.FilterSet):
    """Narrows what is visible already, and never widens it. `at` is the moment of the question, `by` who asks."""

    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    category = filters.CharFilter(label=_("Category"), field_name="category__code", max_length=20)
    item = filters.CharFilter(label=_("Item"), field_name="item__code", max_length=12)
    function = filters.CharFilter(label=_("Function"), field_name="function__code", max_length=12)
    area = filters.CharFilter(label=_("Area"), validators=[AREA_CODE], method="in_area")
    unit = filters.CharFilter(label=_("Unit"), max_length=20, method="of_unit")
    known = filters.ChoiceFilter(label=_("Place"), choices=KNOWN_TO, method="known_so")
    due = filters.ChoiceFilter(label=_("Time left"), choices=list(DUE.items()), method="due_so")
    urgency = filters.ChoiceFilter(label=_("Urgency"), choices=Urgency.choices)
    channel = filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)
    whistled = filters.ChoiceFilter(label=_("Whistle"), choices=WHISTLED, method="whistled_so")
    called = DayFilter(label=_("Called on"), method="called_on")
    opened_from = DayFilter(label=_("Reported from"), method="on_or_after")
    opened_to = DayFilter(label=_("Reported to"), method="on_or_before")
    closed_from = DayFilter(label=_("Closed from"), method="on_or_after")
    closed_to = DayFilter(label=_("Closed to"), method="on_or_before")
    hands = filters.ChoiceFilter(label=_("In whose hands"), choices=[("mine", _("In my hands"))], method="in_hands")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: object, at: datetime | None = None, by: Standing | None = None, **more: object) -> None:
        super().__init__(*args, **more)
        self.by = by or getattr(self.request, "standing", None)
        self.at = at or clock.now()

    def in_state(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        if value == EVERY:  # what is withheld is asked for by its own name alone, so that all doors show the same
            return cases.exclude(state=WITHHELD)
        return cases.open() if value == OPEN else cases.filter(state=value)

    def in_area(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.under(value)

    @property
    def due_field(self) -> str:
        """What says when a case is due; of a unit's cases, when the unit itself owes its next word."""
        return "own_due" if self.form.cleaned_data.get("unit") else "due_at"

    def of_unit(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Cases that this unit is called to, whether it has replied or not."""
        called = Exists(Summons.objects.open().filter(case=OuterRef("pk"), unit__code=value))
        return cases.alias(own_due=due_of_unit(value)).filter(called)

    def due_so(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return cases.filter(due_in(value, self.at, self.due_field))

    def known_so(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Cases whose place is known no finer than this."""
        cases = cases.alias(depth=Length("place_code"))
        return cases.filter(depth=DISTRICT_CODE) if value == "district" else cases.filter(depth__lt=GRID_CODE)

    def called_on(self, cases: CaseQuerySet, name: str, value: date) -> CaseQuerySet:
        """Cases to which somebody was called that day; the unit, where one is named."""
        calls = Summons.objects.open().filter(case=OuterRef("pk"))
        calls = calls.filter(_before_the_end_of(value, "called_at"), called_at__gte=_first(value))
        unit = self.form.cleaned_data.get("unit")
        return cases.filter(Exists(calls.filter(unit__code=unit) if unit else calls))

    def whistled_so(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        blown = Whistle.objects.filter(case=OuterRef("pk"))
        lately = blown.filter(blown_at__gt=self.at - LATELY)
        asked = {
            "just": blown.filter(blown_at__gt=self.at - JUST),
            "lately": lately.left_the_street(),
            "vain": lately.not_needed(),
        }
        return cases.filter(Exists(asked.get(value, blown)))

    def on_or_after(self, cases: CaseQuerySet, name: str, value: date) -> CaseQuerySet:
        field = f"{name.removesuffix('_from')}_at"
        return cases.filter(**{f"{field}__gte": _first(value)})

    def on_or_before(self, cases: CaseQuerySet, name: str, value: date) -> CaseQuerySet:
        return cases.filter(_before_the_end_of(value, f"{name.removesuffix('_to')}_at"))

    def in_hands(self, cases: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        """Cases of which this person has a part in hand."""
        if self.by is None:
            return cases.none()
        return cases.filter(Exists(Summons.objects.open().filter(case=OuterRef("pk"), worker=self.by.user_id)))


def _first(day: date) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, datetime.min.time(), tzinfo=LOCAL)


def _before_the_end_of(day: date, field: str) -> Q:
    """Everything is, of the last day that there is: none follows it."""
    return Q() if day == date.max else Q((f"{field}__lt", _first(day + timedelta(days=1))))
