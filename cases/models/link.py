"""Cases that belong together: merged into one, the same again, or split off as a part."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from cases.models.case import Case
from cases.querysets import LinkQuerySet


class Kind(models.TextChoices):
    """How one case hangs on another."""

    MERGED = "merged", _("Merged into it")
    REPEAT = "repeat", _("The same again, answered there")
    CHILD = "child", _("A part split off from it")


class Link(Labelled, models.Model):
    """One case hangs on one other. What is undone stays on record, with who undid it and why."""

    child = models.ForeignKey(Case, models.PROTECT, related_name="links_up")
    main = models.ForeignKey(Case, models.PROTECT, related_name="links_down")
    kind = models.CharField(max_length=6, choices=Kind)
    reason = models.CharField(max_length=1000)
    stood_at = models.CharField(max_length=12, help_text=_("The state of the child before"))
    brought_citizen = models.BooleanField(
        default=False, help_text=_("Only by this link somebody waits for the main's answer")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=1000, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(undone_at=None), name="a_case_hangs_on_one_other"),
            models.CheckConstraint(condition=~Q(child=F("main")), name="no_case_hangs_on_itself"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="whoever_undoes_a_link_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.main_id}"
