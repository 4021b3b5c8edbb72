"""The flow of an item in a draft: written, and made from the item again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.actions.items import stamped
from accountability.actions.writing import check_editor, held, stands_in
from accountability.duties import duty_texts
from accountability.flows import parties_for, row_of
from accountability.models import FlowStep, Item, ItemVersion, ListVersion, WrittenFlow
from accountability.seals import flow_digest
from accountability.steps import Step, check_written
from accountability.wordings import ListRefused
from accountability.writings import clear_flows
from grids.standing import Standing


def flow_stamp(draft: ListVersion, item: Item) -> str:
    """A mark of the flow that is written in a draft, to tell whether somebody changed it meanwhile; "" for none."""
    rows = WrittenFlow.objects.filter(item_version__version=draft, item_version__item=item)
    return rows.values_list("digest", flat=True).first() or ""


@transaction.atomic
def save_flow(
    draft: ListVersion, item: Item, *, steps: Sequence[Step], basis: str, seen: str, by: Standing | None, at: datetime
) -> ItemVersion:
    """Write the flow of an item anew. `seen` is the stamp of what the editor had before them.

    Raises ListRefused with a sentence and a code; FlowRefused, which names the step, for a flow that may not stand.
    """
    draft = held(draft, by)
    said = stands_in(draft, item)
    _check_seen(draft, item, seen)
    check_written(steps, parties_for(duty_texts(item, draft)), basis)
    rows = [row_of(step, order) for order, step in enumerate(steps, 1)]
    digest = flow_digest(basis.strip(), rows)
    if digest == seen:
        raise ListRefused(_("Nothing is changed yet. Change a step, then save."), "nothing_changed")
    clear_flows(ItemVersion.objects.filter(pk=said.pk))
    flow = WrittenFlow.objects.create(item_version=said, basis=basis.strip(), digest=digest)
    for row in rows:
        row.flow = flow
    FlowStep.objects.bulk_create(rows)
    return stamped(said, check_editor(by), at)


@transaction.atomic
def unwrite_flow(draft: ListVersion, item: Item, *, seen: str, by: Standing | None, at: datetime) -> ItemVersion:
    """Have the flow made from the item again."""
    draft = held(draft, by)
    said = stands_in(draft, item)
    _check_seen(draft, item, seen)
    clear_flows(ItemVersion.objects.filter(pk=said.pk))
    return stamped(said, check_editor(by), at)


def _check_seen(draft: ListVersion, item: Item, seen: str) -> None:
    if seen != flow_stamp(draft, item):
        raise ListRefused(
            _("Somebody changed this flow after you opened it. Look at what it says now and change that."), "stale"
        )
