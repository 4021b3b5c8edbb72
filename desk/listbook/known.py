"""What the words in a workbook may stand for: units, categories and items as they are, read once for a whole file."""

from functools import cached_property

from django.db.models import Q

from accountability.flows import parties_for
from accountability.models import Category, Duty, Item, ItemVersion, ListVersion
from accountability.wordings import CALLED_KINDS
from people.models import Unit


class Known:
    """By the words that a cell may hold; six queries, however long the workbook is."""

    def __init__(self, draft: ListVersion) -> None:
        self.kind = draft.kind
        self.categories = {one.name: one for one in Category.objects.all()}
        self.category_ids = {one.pk: one for one in self.categories.values()}
        called = Q(kind__in=CALLED_KINDS) | Q(pk__in=Duty.objects.filter(unit__isnull=False).values("unit"))
        units = list(Unit.objects.filter(called).order_by("code"))
        self.units = {one.code: one for one in units}
        self.named = {one.name: one for one in units}
        self.items = dict(Item.objects.values_list("code", "category"))
        held = ItemVersion.objects.filter(version=draft)
        self.areas = set(held.order_by().values_list("area", flat=True).distinct())

    @cached_property
    def parties(self) -> frozenset[str]:
        """Whom any flow may name; read where a workbook has flows."""
        return frozenset(parties_for([]))
