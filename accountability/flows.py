"""The flow of an item: as somebody has written it, else made from what the version of the list says."""

from datetime import date

from accountability.models import FlowStep, Item, ItemVersion, Stage
from accountability.standard_flow import generated
from accountability.steps import Flow, Step, Way

WHEN = ">"


def flow_of(item: Item, said: ItemVersion, day: date) -> Flow:
    """The flow written for the item that holds on this day, else one made from what the version says. One statement."""
    rows = list(FlowStep.objects.filter(item=item, since__lte=day).order_by("-since", "order"))
    newest = [row for row in rows if row.since == rows[0].since]
    if newest:
        return Flow(tuple(map(step_from, newest)), newest[0].since, newest[0].basis)
    return Flow(generated(said.street_led, list(said.duties.all())))


def step_from(row: FlowStep) -> Step:
    """A row of a written flow; what nothing follows and what closes the matter ends it."""
    ways = tuple(_way(word) for word in row.onward)
    ends = not ways and row.stage in (Stage.CLOSED, Stage.TURNED_DOWN)
    return Step(row.key, row.name, row.who, row.line, row.stage, ways, row.limit, row.document, ends)


def _way(word: str) -> Way:
    when, _sign, to = word.rpartition(WHEN)
    return Way(to.strip(), when.strip())
