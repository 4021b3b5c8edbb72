"""Beyond the list: what departments do anyway (职能目录), where neighbours part, what was learnt from cases."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models.duties import Item
from accountability.models.limits import TimeUnit
from accountability.querysets import FunctionListQuerySet
from audit.labels import Labelled
from changes.models import Change
from people.models import Unit


class FunctionList(models.Model):
    """All functions as in force from a day on, until the next ones begin. Of two on one day the later one counts."""

    number = models.PositiveIntegerField(unique=True)
    label = models.CharField(max_length=120)
    in_force_from = models.DateField()
    reference = models.BooleanField(default=False, help_text=_("Composed for reference, not issued by the district"))
    basis = models.CharField(max_length=300)
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="function_list")
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what all its functions say"))
    chain = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of this version and the chain before it"))

    objects = FunctionListQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.label


class Function(Labelled, models.Model):
    """A matter that no item of the list holds: a unit handles it within a limit, or it is answered at once."""

    class Kind(models.TextChoices):
        HANDLE = "handle", _("To be handled")
        ANSWER = "answer", _("To be answered at once")

    version = models.ForeignKey(FunctionList, models.PROTECT, related_name="functions")
    code = models.CharField(max_length=12)
    area = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="functions")
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    time_unit = models.CharField(max_length=16, choices=TimeUnit, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, help_text=_("Everyday words for it, a blank between them"))

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="a_function_stands_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(kind="handle", unit__isnull=False, amount__gt=0) & ~Q(time_unit="")
                | Q(kind="answer", amount=None, time_unit="") & ~Q(answer=""),
                name="a_function_is_handled_in_time_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemWords(models.Model):
    """The everyday words in which people speak of an item: what a suggestion starts from."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="everyday")
    words = models.CharField(max_length=300, help_text=_("Everyday words for it, a blank between them"))

    class Meta:
        ordering = ["item__code"]

    def __str__(self) -> str:
        return self.words


class Boundary(models.Model):
    """Which of two neighbours applies when. Codes of items or functions, the smaller one first."""

    one = models.CharField(max_length=12)
    other = models.CharField(max_length=12)
    note = models.CharField(max_length=200)
    provisional = models.BooleanField(default=True)

    class Meta:
        ordering = ["one", "other"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_note_for_two_neighbours"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="the_smaller_code_stands_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"


class Learnt(models.Model):
    """What the suggester learnt from confirmed cases: signs and weights, no text. The newest counts."""

    digest = models.CharField(max_length=64)
    cases = models.PositiveIntegerField(help_text=_("How many confirmed cases it learnt from"))
    weights = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.digest[:12]
