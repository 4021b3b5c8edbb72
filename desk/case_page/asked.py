"""The questions of the case page, one a table, each put into SQL once."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accountability import calendars
from accountability.models import Clock, Duty
from assessment.models import Mark
from audit.arrays import any_of
from audit.kept import Kept
from cases.models import Case, Order, PhotoPair, Step, Summons, Transfer
from cases.timed import of_case
from desk.rows import listed
from grids.standing import Standing
from people.models import DutyRoster

NAMES = ("code", "name", "short_name", "commanded")
SHOWN: dict[str, tuple[str, ...]] = {
    "profile": ("stages",), "category": ("code", "name", "name_en"), "item": ("code",),
    "function": ("code", "title", "kind", "amount", "time_unit", "answer"),
    "function__unit": ("code", "name", "short_name"), "function__version": ("number",),
    "situation": ("name", "photograph", "first_action", "call"),
    "list_version": ("label", "reference", "in_force_from"),
    "retention": ("name", "name_en"), "office": NAMES,
    "area": ("code", "kind", "name", "lon", "lat", "provisional", "parent"),
    "area__parent": ("kind", "name", "parent"), "area__parent__parent": ("kind", "name", "parent"),
}  # fmt: skip
OF_STEP = [field.name for field in Step._meta.concrete_fields]
STEP_NAMES = (*(f"unit__{name}" for name in NAMES), "actor__name")


@Kept
def the_case(standing: Standing, number: str) -> QuerySet[Case]:
    """Found through what this person may see; unseen is not found."""
    return listed(Case.objects.visible_to(standing), **SHOWN).filter(number=number)


@Kept
def calls(case: int, at: datetime) -> QuerySet[Summons]:
    rows = Summons.objects.filter(case=case).in_hands(at)
    return rows.select_related("unit", "worker", "whistle").order_by("-leads", "pk")


@Kept
def steps(case: int) -> QuerySet[Step]:
    """Of who is behind a step no more than their names."""
    rows = Step.objects.filter(case=case).select_related("unit", "actor")
    return rows.only(*OF_STEP, *STEP_NAMES).order_by("-seq")


@Kept
def orders(case: int) -> QuerySet[Order]:
    rows = Order.objects.filter(case=case).select_related("unit", "summons", "issued_by", "answered_by", "closed_by")
    return rows.order_by("-pk")


@Kept
def pairs(case: int) -> QuerySet[PhotoPair]:
    return PhotoPair.objects.filter(case=case).select_related("chosen_by").order_by("-pk")


@Kept
def clocks_of_orders(orders: list[int]) -> QuerySet[Clock]:
    """The clock of each answer, the newest last."""
    rows = Clock.objects.filter(any_of("subject_id", orders), subject_kind="order").select_related("limit", "holder")
    return rows.annotate(mark=RawSQL(calendars.NEWEST, [])).order_by("pk")


@Kept
def clocks(case: int) -> QuerySet[Clock]:
    """Of the case and its summonses, with the mark of the calendar that their words need."""
    rows = of_case(case).select_related("limit", "holder", "calendar").annotate(mark=RawSQL(calendars.NEWEST, []))
    return rows.order_by("round", "pk")


@Kept
def duties(item: int, version: int) -> QuerySet[Duty]:
    """What the version says of the item."""
    mine = Duty.objects.filter(item_version__item=item, item_version__version=version)
    return mine.select_related("unit", "item_version")


@Kept
def rosters(units: list[int]) -> QuerySet[DutyRoster]:
    return DutyRoster.objects.filter(any_of("unit_id", units)).order_by("pk")


@Kept
def marks(standing: Standing, case: int) -> QuerySet[Mark]:
    return Mark.objects.visible_to(standing).filter(case=case).select_related("unit").order_by("part", "pk")


@Kept
def transfers(standing: Standing, case: int) -> QuerySet[Transfer]:
    """To which authorities the case was passed on, as far as the reader may know."""
    return Transfer.objects.visible_to(standing).filter(case=case).select_related("outlet").order_by("pk")
