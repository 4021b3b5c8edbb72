"""Reads what a workbook says beside the words of an item: the steps of its flow, and its manual."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from accountability.flows import ends, parties_of
from accountability.penned import BOTH, Penned, odd_parts, tidied
from accountability.seals import FLOW, MANUAL
from accountability.steps import MOST_WAYS, Flow, FlowRefused, Step, Way, check_written
from accountability.wordings import Said
from desk.listbook.columns import FLOWS, LINES, MANUALS, PARTS, STAGES
from desk.listbook.given import Given, given_for
from desk.listbook.known import Known
from desk.listbook.sheets import Line, Table

LINE_OF = {words: line for line, words in LINES.items()}
STAGE_OF = {words: stage for stage, words in STAGES.items()}
SHEET_OF = {FLOW: FLOWS.title, MANUAL: MANUALS.title}
# The column of what is wrong with a flow as a whole; else where its step leads first.
COLUMNS = {
    "no_party": "who", "unknown_party": "who", "unreached": "key", "no_name": "name", "no_sign": "name",
    "odd_key": "key", "key_twice": "key", "too_long": "key",
}  # fmt: skip


def kept(titles: Collection[str]) -> frozenset[str]:
    """What a workbook with these sheets says nothing of: it stays as it is in the draft."""
    return frozenset(part for part in BOTH if SHEET_OF[part] not in titles)


def read_flows(table: Table, items: Mapping[str, Given]) -> None:
    for line in table.lines():
        given, step = given_for(line, items), _step(line)
        if given:
            given.steps.append((line, step))


def _step(line: Line) -> Step:
    """A step as the row says it; where it does not make sense, something that needs no second fault."""
    stage = line.one_of("stage", STAGE_OF) or ""
    ways = tuple(_ways(line))
    lane = line.one_of("line", LINE_OF) or ""
    more = (line["limit"], line["document"], ends(stage, ways))
    return Step(line["key"], line["name"], line["who"], lane, stage, ways, *more)


def _ways(line: Line) -> Iterator[Way]:
    for at in range(MOST_WAYS):
        to, when = line[f"to_{at}"], line[f"when_{at}"]
        if to:
            yield Way(to, when)
        elif when:
            line.fault(f"when_{at}", _("Say which step comes then, or empty this cell."))


def read_manuals(table: Table, items: Mapping[str, Given]) -> None:
    for line in table.lines():
        given, parts = given_for(line, items), tidied({part: line[part] for part in PARTS})
        if not any(parts.values()):
            line.fault("when", _("A manual has words in one part at least. Write one, or take the row out."))
        for part in odd_parts(parts):
            line.fault(part, _("A sign here cannot be written. Type the words anew."))
        if given and given.manual:
            told = {"code": line["code"], "row": given.manual[0].row}
            line.fault("code", _("%(code)s has a manual in row %(row)s already. Keep one.") % told)
        elif given:
            given.manual = (line, parts)


def penned(given: Given, said: Said, keeps: frozenset[str], known: Known) -> Penned:
    """Flow and manual of an item, checked; whatever is wrong with the flow is noted at the step that it is about."""
    flow = _flow(given, said, known) if given.steps else None
    return Penned(flow, given.manual[1] if given.manual else None, keeps)


def _flow(given: Given, said: Said, known: Known) -> Flow:
    basis, steps = _basis(given), tuple(step for _line, step in given.steps)
    if not any(line.bad for line, _step in given.steps):
        try:
            check_written(steps, known.parties | parties_of(said), basis)
        except FlowRefused as refused:
            _place(refused, given)
    return Flow(steps, basis, written=True)


def _basis(given: Given) -> str:
    """One for the whole flow, in each of its rows or in some."""
    found = [(line, line["basis"]) for line, _step in given.steps if line["basis"]]
    if not found:
        given.steps[0][0].fault("basis", _("Name the basis: the document, its number and its day."))
        return ""
    other = next((line for line, words in found if words != found[0][1]), None)
    if other:
        other.fault("basis", _("A flow has one basis. Write the same in all its rows, or in the first alone."))
    return found[0][1]


def _place(refused: FlowRefused, given: Given) -> None:
    code = str(refused.code)
    named = [(line, step) for line, step in given.steps if step.key == refused.key] or given.steps[:1]
    line, step = named[-1] if code == "key_twice" else named[0]
    column = COLUMNS.get(code, "to_0")
    if code == "unknown_step":
        column = _lost(line, {one.key for _line, one in given.steps})
    line.fault("basis" if code == "no_sign" and not refused.key else column, refused.sentence)


def _lost(line: Line, keys: Collection[str]) -> str:
    """The cell that names a step which the flow does not have."""
    names = (f"to_{at}" for at in range(MOST_WAYS))
    return next(name for name in names if line[name] and line[name] not in keys)
