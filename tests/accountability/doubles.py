"""An owner of clocks for the tests: it writes down each lapse in a table, and fails or is busy where told."""

from datetime import datetime

from accountability.models import Clock
from outbox.models import Handled
from people.models import Unit

poison: set[int] = set()
sizes: list[int] = []


def forget() -> None:
    poison.clear()
    sizes.clear()


def subject(number: int) -> Unit:
    """The row that a mover locks first."""
    return Unit.objects.create(code=f"S{number}", name="subject", short_name="subject", kind="government")


def lapse(clocks: list[Clock], at: datetime) -> list[int]:
    """Lock the subjects that are free, and write an effect a clock; twice for the same clock breaks a constraint."""
    free = set(
        Unit.objects.filter(pk__in={clock.subject_id for clock in clocks})
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    mine = [clock for clock in clocks if clock.subject_id in free]
    sizes.append(len(clocks))
    Handled.objects.bulk_create([Handled(consumer="lapse", dedupe_key=str(clock.pk)) for clock in mine])
    if poison & {clock.subject_id for clock in mine}:
        raise ValueError("poison")
    return [clock.pk for clock in mine]


def effects() -> int:
    return Handled.objects.filter(consumer="lapse").count()
