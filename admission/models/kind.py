"""Kinds of matters that departments would hand down, which of them are blocked, and when an end is told beforehand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models import Unit


class MatterKind(models.Model):
    """A kind of matter. A blocked one is never handed down: `carrier` is the department that carries it now, and by
    its name or one of its `words` it is known whatever kind was chosen."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    names_body = models.BooleanField(default=False, help_text=_("In the name of a body that is no department"))
    blocked = models.BooleanField(default=False)
    words = models.CharField(max_length=200, blank=True, help_text=_("Other names for it, a blank between them"))
    carrier = models.CharField(max_length=80, blank=True, help_text=_("Who carries the function, in words"))
    carried_by = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=300)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blocked=False) | ~Q(carrier=""), name="a_blocked_kind_names_who_carries_it"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="a_kind_of_matter_has_a_basis"),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def names(self) -> list[str]:
        return [self.name, *self.words.split()]


class ExpiryNotice(models.Model):
    """So many days before its end a permit is told of, once."""

    days = models.PositiveSmallIntegerField(unique=True)
    basis = models.CharField(max_length=300)

    class Meta:
        ordering = ["-days"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gt=0) & ~Q(basis=""), name="an_end_is_told_before_it_comes")
        ]

    def __str__(self) -> str:
        return f"{self.days}"
