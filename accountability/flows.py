"""The flow of an item: as somebody has written it for a version, else made from what the version says."""

import re
from collections.abc import Collection, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.models import Duty, FlowParty, FlowStep, ItemVersion, ListVersion, Stage, WrittenFlow
from accountability.seals import duties_of
from accountability.standard_flow import generated
from accountability.steps import Flow, FlowRefused, Step, Way, check_written
from accountability.wordings import Said
from people.models import Unit

WHEN = ">"
ENDING = (Stage.CLOSING, Stage.CLOSED, Stage.TURNED_DOWN)
SECOND_NAME = re.compile("[(（]")


def flow_of(said: ItemVersion) -> Flow:
    """The flow written for the item in this version, else one made from what it says. Three statements at most."""
    written = WrittenFlow.objects.filter(item_version=said).prefetch_related("steps").first()
    return flow_from(written) if written else Flow(generated(said.street_led, list(said.duties.all())))


def flow_from(written: WrittenFlow) -> Flow:
    return Flow(tuple(map(step_from, written.steps.all())), written.basis, written=True)


def beginning(said: ItemVersion) -> Flow:
    """What an editor starts from where nobody has written a flow: the one made from the item, in Chinese, in full."""
    return made_of(said.street_led, list(said.duties.all()))


def made_of(street_led: bool, duties: Sequence[Duty]) -> Flow:
    """The same of an item that is not saved."""
    with translation.override(settings.LANGUAGE_CODE):
        return Flow(generated(street_led, duties, shortened=False))


def step_from(row: FlowStep) -> Step:
    """A row of a written flow."""
    ways = tuple(_way(word) for word in row.onward)
    more = (row.limit, row.document, ends(row.stage, ways))
    return Step(row.key, row.name, row.who, row.line, row.stage, ways, *more)


def ends(stage: str, ways: Sequence[Way]) -> bool:
    """What nothing follows and what closes the matter or turns it down ends it."""
    return not ways and stage in ENDING


def row_of(step: Step, order: int, flow: WrittenFlow | None = None) -> FlowStep:
    onward = [f"{way.when}{WHEN}{way.to}" if way.when else way.to for way in step.onward]
    names = ("key", "name", "who", "line", "stage", "limit", "document")
    return FlowStep(flow=flow, order=order, onward=onward, **{name: getattr(step, name) for name in names})


def _way(word: str) -> Way:
    when, _sign, to = word.rpartition(WHEN)
    return Way(to.strip(), when.strip())


def parties_for(duties: Collection[Duty]) -> list[str]:
    """Whom a step of this item's flow may name: its own parties first, then the list of parties, then every unit."""
    units = [name for both in Unit.objects.order_by("code").values_list("name", "short_name") for name in both]
    listed = FlowParty.objects.values_list("name", flat=True)
    return spelled([*(duty.party_name for duty in duties), *listed, *units])


def parties_of(said: Said) -> frozenset[str]:
    """Those of an item as an editor wants it."""
    return frozenset(spelled([duty.name for duty in said.duties]))


def spelled(names: Collection[str]) -> list[str]:
    """Each name, and what it is without the second name in brackets."""
    return list(dict.fromkeys(way for name in names if name for way in (name, SECOND_NAME.split(name)[0])))


def check_flows(version: ListVersion) -> None:
    """Raises FlowRefused for the first written flow of a list that may not stand, with the code of its item."""
    flows = WrittenFlow.objects.filter(item_version__version=version).select_related("item_version__item")
    flows = list(flows.prefetch_related("steps").order_by("item_version__item__code"))
    duties = duties_of(version) if flows else {}
    common = parties_for([]) if flows else []
    for flow in flows:
        own = spelled([duty.party_name for duty in duties.get(flow.item_version_id, [])])
        try:
            check_written(flow_from(flow).steps, {*common, *own})
        except FlowRefused as refusal:
            told = {"code": flow.item_version.item.code, "why": refusal.sentence}
            raise FlowRefused(_("%(code)s: %(why)s"), str(refusal.code), told, refusal.key) from None
