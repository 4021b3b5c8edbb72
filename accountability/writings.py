"""What somebody has written for an item in a version, its flow and its manual: read, carried over, taken away."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from accountability.models import FlowStep, ItemVersion, ListVersion, WrittenFlow, WrittenManual


class Writings(NamedTuple):
    """The flow and the manual of one item in a version; nothing where they are made from the item."""

    flow: WrittenFlow | None = None
    manual: WrittenManual | None = None


NOTHING = Writings()
PREFETCHED = ("flow__steps", "manual")  # of rows of ItemVersion


def writings_in(version: ListVersion) -> dict[int, Writings]:
    """By the key of what they belong to; three queries however many there are."""
    flows = WrittenFlow.objects.filter(item_version__version=version).prefetch_related("steps")
    manuals = WrittenManual.objects.filter(item_version__version=version)
    found = {flow.item_version_id: Writings(flow) for flow in flows}
    for manual in manuals:
        found[manual.item_version_id] = found.get(manual.item_version_id, NOTHING)._replace(manual=manual)
    return found


def writings_of(said: ItemVersion) -> Writings:
    flow = WrittenFlow.objects.filter(item_version=said).prefetch_related("steps").first()
    return Writings(flow, WrittenManual.objects.filter(item_version=said).first())


def copy_writings(places: Mapping[int, ItemVersion]) -> None:
    """Say of each item in its new place what was written where it stood; a fixed number of statements."""
    flows = list(WrittenFlow.objects.filter(item_version__in=list(places)).order_by("pk"))
    manuals = list(WrittenManual.objects.filter(item_version__in=list(places)).order_by("pk"))
    steps = list(FlowStep.objects.filter(flow__in=flows).order_by("pk"))
    homes = {flow.pk: flow for flow in flows}
    for one in (*flows, *manuals):
        one.pk, one.item_version = None, places[one.item_version_id]
    WrittenFlow.objects.bulk_create(flows, batch_size=1000)
    WrittenManual.objects.bulk_create(manuals, batch_size=1000)
    for step in steps:
        step.pk, step.flow = None, homes[step.flow_id]
    FlowStep.objects.bulk_create(steps, batch_size=2000)


def clear_flows(rows: QuerySet[ItemVersion]) -> None:
    FlowStep.objects.filter(flow__item_version__in=rows).delete()
    WrittenFlow.objects.filter(item_version__in=rows).delete()


def clear_writings(rows: QuerySet[ItemVersion]) -> None:
    """Take away what is written for these items."""
    clear_flows(rows)
    WrittenManual.objects.filter(item_version__in=rows).delete()
