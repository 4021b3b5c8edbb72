"""Files of other systems that came in through the page: how far each is, and which of its rows were left out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from files.models import InPieces
from gateway.querysets import ImportQuerySet
from gateway.refusals import said

MOST_BYTES = 16 * 1024 * 1024


class ImportState(models.TextChoices):
    RECEIVING = "receiving", _("Being received")
    STORED = "stored", _("Received")
    CHECKING = "checking", _("Being tried")
    CHECKED = "checked", _("Tried, not taken in")
    TAKING = "taking", _("Being taken in")
    DONE = "done", _("Taken in")
    REFUSED = "refused", _("Not readable")
    GIVEN_UP = "given_up", _("Given up")


class Import(InPieces):
    """One file of another system: received in pieces, tried whole, taken in. Its content goes soon after it ends."""

    mapping = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RECEIVING)
    rows = models.PositiveIntegerField(null=True, help_text=_("How many the file has, once counted"))
    done = models.PositiveIntegerField(default=0, help_text=_("How many of them are through in this pass"))
    tried = models.JSONField(
        default=dict, help_text=_("Of the trial: how many rows stand where, were there, were refused")
    )
    taken = models.JSONField(default=dict, help_text=_("The same of taking it in"))
    says = models.CharField(max_length=200, blank=True, help_text=_("Why the file as a whole is refused"))
    params = models.JSONField(default=dict)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True, help_text=_("When somebody asked for the pass that runs"))
    heard_at = models.DateTimeField(null=True, help_text=_("When the queue or the work was last heard of"))
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("How often it was begun since it last got on"))
    ended_at = models.DateTimeField(null=True)
    kept = models.BooleanField(default=True, help_text=_("Whether the file itself is still there"))

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES, received__lte=F("size")), name="an_import_fits_its_size"
            ),
            models.CheckConstraint(
                condition=Q(state="receiving") | (Q(received=F("size")) & ~Q(sha256="")),
                name="an_import_counts_when_all_of_it_is_stored",
            ),
        ]
        indexes = [
            models.Index(fields=["-began_at", "-id"], name="imports_by_beginning"),
            models.Index(fields=["ended_at"], condition=Q(kept=True), name="imports_with_their_file"),
            models.Index(fields=["asked_at"], condition=Q(state__in=["checking", "taking"]), name="imports_at_work"),
        ]

    def __str__(self) -> str:
        return f"{self.mapping} {self.pk}"

    @property
    def refusal(self) -> str:
        return said(self.says, self.params)

    @property
    def counts(self) -> dict[str, Any]:
        """Of the pass that counts: what was taken in, or else what the trial found."""
        return self.taken if self.state in (ImportState.TAKING, ImportState.DONE) else self.tried


class ImportFault(models.Model):
    """A row that is left out: where and why, as a sentence and its figures. What stood in the cell is not kept."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100)
    says = models.CharField(max_length=300)
    params = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="a_row_is_left_out_for_one_reason")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.row}"

    @property
    def why(self) -> str:
        return said(self.says, self.params)
