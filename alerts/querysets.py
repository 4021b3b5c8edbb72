"""Named questions about alerts."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from admission.models.application import Application
from admission.models.pledge import Pledge
from admission.models.task import Task
from admission.querysets import departments_of, oversees, streets_of
from audit.clock import Moment
from cases.models.case import Case
from changes.querysets import kinds_seen
from grids.standing import Standing

# Told in quiet hours, and shown after them.
HELD = Q(shown_at__gt=F("told_at"))


def _of_admission(standing: Standing) -> Q:
    """Of what is handed down, whatever they may see; nothing for whoever has no part in it."""
    if oversees(standing):
        return Q(admission_step__isnull=False)
    if not (departments_of(standing) or streets_of(standing)):
        return Q(pk__in=[])
    return (
        Q(admission_step__application__in=Application.objects.visible_to(standing))
        | Q(admission_step__task__in=Task.objects.visible_to(standing))
        | Q(admission_step__pledge__in=Pledge.objects.visible_to(standing))
    )


class AlertQuerySet(models.QuerySet):
    def of(self, standing: Standing) -> "AlertQuerySet":
        """A person's own alerts, of proposals and reckonings, and of cases and changes that they may still see.

        What quiet hours hold back is not there yet."""
        mine = self.filter(recipient=standing.user_id, shown_at__lte=Moment())
        # Asked of each alert by its case: the second condition keeps PostgreSQL from reading every case that is seen.
        mine_of = {"pk": OuterRef("case"), "pk__gte": OuterRef("case")}
        seen = Exists(Case.objects.visible_to(standing).filter(**mine_of))
        where = seen | Q(proposal__isnull=False) | Q(matter_id__isnull=False) | _of_admission(standing)
        kinds = kinds_seen(standing)
        return mine.filter(where | Q(change_step__change__kind__in=kinds) if kinds else where)

    def unread(self) -> "AlertQuerySet":
        return self.filter(read_at=None)

    def older_than(self, alert_id: int) -> "AlertQuerySet":
        """What comes after this one when the newest stand first."""
        return self.filter(pk__lt=alert_id)
