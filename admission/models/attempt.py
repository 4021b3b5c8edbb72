"""An attempt to hand down what streets no longer do: refused, and kept for the establishment office."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from admission.models.kind import MatterKind
from admission.querysets import AttemptQuerySet
from people.models import Unit


class Attempt(models.Model):
    """Written once, never changed."""

    department = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="attempts")
    matter = models.CharField(max_length=300, help_text=_("What was to be handed down, in the department's words"))
    as_task = models.BooleanField(default=False, help_text=_("As a task at once, without asking for a permit"))
    carrier = models.CharField(max_length=80, help_text=_("Who carried the function at that time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    demo = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["department", "-id"], name="attempts_by_department")]

    def __str__(self) -> str:
        return f"{self.department_id} {self.kind_id} {self.matter}"
