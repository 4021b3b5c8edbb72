"""Cases that are no matter of the district's offices: to which outside authority they were passed on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from cases.models.case import Case
from cases.querysets import TransferQuerySet


class Outlet(models.Model):
    """An authority outside this platform that takes a case over (移交去向). A discreet one is named to keepers only."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    discreet = models.BooleanField(
        default=False, help_text=_("What goes there is hidden from everybody who serves the place or handles cases")
    )
    since = models.DateField(help_text=_("From which day on it may be chosen"))
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["discreet", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="an_outlet_names_its_basis")]

    def __str__(self) -> str:
        return self.name


class Transfer(Labelled, models.Model):
    """One passing on of one case, until it comes back. Of a discreet one neither outlet nor reason stands elsewhere."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="transfers")
    reason = models.CharField(max_length=1000)
    stood_at = models.CharField(max_length=12, help_text=_("The state of the case before"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(back_at=None), name="a_case_is_in_one_place"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_transfer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outlet_id}"
