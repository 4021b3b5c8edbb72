"""Cases and what hangs on them, to be read: always through what whoever asks may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from accountability.models import Clock, Phase
from cases.api import examples
from cases.api.moves import case_whole, summons_whole
from cases.api.shapes import (
    CaseDetail,
    CaseShape,
    ClockShape,
    StepShape,
    SummonsDetail,
    SummonsShape,
    WhistleShape,
)
from cases.errand import find
from cases.filters import CaseFilter
from cases.models import Answer, Case, State, Step, Summons, Verb, Whistle
from grids.api import ByStanding
from people.api.describing import reads
from people.api.filtering import Strictly, TrueFilter
from people.api.resource import Listed, Readable

WHOLE = ("profile", "category", "item", "function", "situation", "office")
CODES = ("profile__code", "category__code", "item__code", "function__code", "situation__code", "office__code")
CALLED = ("case", "unit__code", "leads", "state")


class Asking(Strictly):
    """Tells a filter the moment and the person that the view answers."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet, view: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(request, queryset, view), "at": view.at, "by": view.standing}


class OfCase(filters.FilterSet):
    """Rows of one case."""

    case = filters.CharFilter(field_name="case__number", max_length=32, label=_("The number of a case"))


class SummonsFilter(OfCase):
    unit = filters.CharFilter(field_name="unit__code", max_length=20, label=_("The code of a unit"))
    state = filters.ChoiceFilter(choices=Answer.choices)


class StepFilter(OfCase):
    verb = filters.ChoiceFilter(choices=Verb.choices)


class ClockFilter(filters.FilterSet):
    case = filters.CharFilter(method="of_case", max_length=32, label=_("The number of a case"))
    holder = filters.CharFilter(field_name="holder__code", max_length=20, label=_("The code of a unit"))
    phase = filters.ChoiceFilter(choices=Phase.choices)
    running = TrueFilter(field_name="stopped_at", lookup_expr="isnull")

    def of_case(self, clocks: QuerySet[Clock], name: str, number: str) -> QuerySet[Clock]:
        """The case has been found among what is visible, or no clock is."""
        found = Case.objects.visible_to(self.request.parser_context["view"].standing).filter(number=number)
        case = found.prefetch_related("summonses").first()
        if case is None:
            return clocks.none()
        calls = [call.pk for call in case.summonses.all()]
        ours = Q(subject_kind="case", subject_id=case.pk) | Q(subject_kind="summons", subject_id__in=calls)
        return clocks.filter(ours)


@reads(
    _("Cases"), _("One case, with its summonses, clocks and open moves"), example=examples.CASE, row=examples.CASE_ROW
)
class Cases(ByStanding, Readable):
    about = _("The cases that whoever asks may see, the newest first.")

    queryset = Case.objects.none()
    serializer_class = CaseShape
    lookup_field = "number"
    filter_backends = (Asking,)
    filterset_class = CaseFilter

    def get_queryset(self) -> QuerySet[Case]:
        rows = Case.objects.visible_to(self.standing).select_related(*WHOLE)
        summonses = Summons.objects.select_related("unit").only(*CALLED).order_by("pk")
        called = Prefetch("summonses", summonses, to_attr="called")
        shown = [field.attname for field in Case._meta.concrete_fields if not field.is_relation]
        return rows.only(*shown, "list_version_id", *CODES).prefetch_related(called)

    def get_serializer_class(self) -> type:
        return CaseDetail if self.action == "retrieve" else CaseShape

    def retrieve(self, request: Request, *args: Any, **named: Any) -> Response:
        case = find(named["number"], self.standing, self.at)
        self.version_read = case.version
        return Response(case_whole(case, self.standing))


@reads(_("Summonses"), _("One summons, with its open moves"), example=examples.SUMMONS, row=examples.SUMMONS_ROW)
class Summonses(ByStanding, Readable):
    about = _("Units called to cases that whoever asks may see.")

    queryset = Summons.objects.none()
    serializer_class = SummonsShape
    filterset_class = SummonsFilter
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Summons]:
        rows = Summons.objects.visible_to(self.standing).select_related("unit", "case")
        if self.action == "retrieve":
            whole = rows.in_hands(self.at).select_related("case__profile", "worker")
            return whole.prefetch_related("case__summonses", "case__disputes", "case__joint_members__joint", "steps")
        return rows.defer("case__summary", "case__place")

    def get_serializer_class(self) -> type:
        return SummonsDetail if self.action == "retrieve" else SummonsShape

    def retrieve(self, request: Request, *args: Any, **named: Any) -> Response:
        call = self.get_object()
        self.version_read = call.case.version
        return Response(summons_whole(call, self.standing))


@reads(_("Whistles"), _("One whistle"), example=examples.WHISTLE)
class Whistles(ByStanding, Readable):
    about = _("Whistles blown for cases that whoever asks may see.")

    queryset = Whistle.objects.none()
    serializer_class = WhistleShape
    filterset_class = OfCase
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Whistle]:
        return Whistle.objects.visible_to(self.standing).select_related("case", "street")


@reads(_("Steps"), _("One step"), example=examples.STEP)
class Steps(ByStanding, Readable):
    about = _("What was done to cases that whoever asks may see.")

    queryset = Step.objects.none()
    serializer_class = StepShape
    filterset_class = StepFilter
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Step]:
        hidden = Case.objects.filter(state=State.WITHHELD, number=OuterRef("part"))
        rows = Step.objects.visible_to(self.standing).select_related("case", "unit", "actor")
        return rows.annotate(part=KT("facts__case")).annotate(names_withheld=Exists(hidden))


@reads(_("Clocks"), example=examples.CLOCK)
class Clocks(ByStanding, Listed):
    about = _("What runs or ran against a limit, of cases that whoever asks may see.")

    queryset = Clock.objects.none()
    serializer_class = ClockShape
    filterset_class = ClockFilter

    def get_queryset(self) -> QuerySet[Clock]:
        cases, calls = Case.objects.visible_to(self.standing), Summons.objects.visible_to(self.standing)
        seen = Q(subject_kind="case", subject_id__in=cases.values("pk"))
        seen |= Q(subject_kind="summons", subject_id__in=calls.values("pk"))
        return Clock.objects.filter(seen).select_related("holder", "limit")

    def get_serializer(self, *args: Any, **named: Any) -> Any:
        named["context"] = {"numbers": numbers_of(*args)} if args else {}
        return ClockShape(*args, **named)


def numbers_of(clocks: list[Clock]) -> dict[tuple[str, int], str]:
    """For each subject of these clocks the number of its case; the clocks were found among what is visible."""
    ids: dict[str, set[int]] = {"case": set(), "summons": set()}
    for clock in clocks:
        ids[clock.subject_kind].add(clock.subject_id)
    cases = Case.objects.filter(pk__in=ids["case"]).values_list("pk", "number")
    calls = Summons.objects.filter(pk__in=ids["summons"]).values_list("pk", "case__number")
    found = {("case", pk): number for pk, number in cases}
    return found | {("summons", pk): number for pk, number in calls}
