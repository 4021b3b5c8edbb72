"""Flows and manuals of many items at once, as a workbook has them; a fixed number of statements."""

from collections.abc import Sequence

from accountability.models import FlowStep, ItemVersion, WrittenFlow, WrittenManual
from accountability.penned import Penned, rows_of
from accountability.seals import FLOW, MANUAL, flow_digest, manual_digest
from accountability.writings import clear_flows

Beside = Sequence[tuple[ItemVersion, Penned]]


def pen(rows: Beside) -> None:
    """Write beside these items what each is to have, in the place of what stood there; what is kept is not touched."""
    _flows([(row, penned) for row, penned in rows if FLOW not in penned.keeps])
    _manuals([(row, penned) for row, penned in rows if MANUAL not in penned.keeps])


def _flows(rows: Beside) -> None:
    clear_flows(ItemVersion.objects.filter(pk__in=[row.pk for row, _penned in rows]))
    told = [(row, penned.flow, rows_of(penned.flow)) for row, penned in rows if penned.flow]
    flows = [
        WrittenFlow(item_version=row, basis=flow.basis, digest=flow_digest(flow.basis, steps))
        for row, flow, steps in told
    ]
    WrittenFlow.objects.bulk_create(flows, batch_size=1000)
    for made, (_row, _flow, steps) in zip(flows, told, strict=True):
        for step in steps:
            step.flow = made
    FlowStep.objects.bulk_create((step for _row, _flow, steps in told for step in steps), batch_size=2000)


def _manuals(rows: Beside) -> None:
    WrittenManual.objects.filter(item_version__in=[row.pk for row, _penned in rows]).delete()
    made = [WrittenManual(item_version=row, **penned.manual) for row, penned in rows if penned.manual]
    for manual in made:
        manual.digest = manual_digest(manual)
    WrittenManual.objects.bulk_create(made, batch_size=1000)
