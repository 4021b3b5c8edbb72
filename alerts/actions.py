"""Tells people of steps, and takes note of what they have read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alerts.models import Alert
from alerts.people import Directory
from alerts.querysets import HELD
from alerts.quiet import in_force, shown_at
from alerts.recipients import circles
from cases.models import Origin, Step
from cases.transferring import is_told_to_nobody

OLD = timedelta(days=1)


def tell(step_ids: Iterable[int], *, at: datetime) -> int:
    """Tell everyone whom these steps concern; twice is once.

    A step recorded long after it happened tells nobody, nor does an import: thousands of rows are no news to anybody.
    Of what is withheld nobody is told.
    """
    rows = Step.objects.filter(pk__in=list(step_ids)).select_related("case", "summons")
    steps = [step for step in rows if not (_is_no_news(step) or is_told_to_nobody(step))]
    if not steps:
        return 0
    directory, hours = Directory(steps, at), in_force(at)
    alerts = [
        Alert(recipient_id=person, case_id=step.case_id, step=step, told_at=at, shown_at=shown)
        for step in steps
        for shown in [shown_at(hours, step.case.urgency, at)]
        for person in sorted(_concerned(step, directory))
    ]
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True, batch_size=1000))


def _is_no_news(step: Step) -> bool:
    return step.recorded_at - step.at > OLD or step.origin == Origin.IMPORT


def read(alert: Alert, *, at: datetime) -> None:
    """Opened for the first time now; later openings change nothing."""
    Alert.objects.filter(pk=alert.pk, read_at=None).update(read_at=at)


def read_all(recipient_id: int, *, up_to: int, at: datetime) -> int:
    """Everything up to the newest alert that was on the page; what came since, or is held back, stays unread."""
    mine = Alert.objects.filter(recipient=recipient_id, pk__lte=up_to, shown_at__lte=at, read_at=None)
    return mine.update(read_at=at)


def read_digest(alert: Alert, *, at: datetime) -> int:
    """All that was shown to this person together with it."""
    together = Alert.objects.unread().filter(HELD, recipient=alert.recipient_id, shown_at=alert.shown_at)
    return together.update(read_at=at)


def _concerned(step: Step, directory: Directory) -> set[int]:
    """The people of every circle that the step concerns, without the one who took it."""
    called = circles(
        step.verb,
        source=step.source,
        target=step.target,
        of_summons=step.summons_id is not None,
        street=len(step.case.place_code) >= 9,
        asks=bool(step.facts.get("approval")),
    )
    return set().union(*(directory.people(circle, step) for circle in called)) - {step.actor_id}
