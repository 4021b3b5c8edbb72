"""Lays out the flow of an item as a chart: two lines side by side, a row for what comes after, arrows between them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from django.utils.translation import gettext as _

from accountability.models import Line, Stage
from accountability.steps import Flow, Step

WIDE, GAP, ROW_GAP, PAD, LEADING = 200, 20, 58, 10, 18
SIGNS = 26  # half-width signs on a line
HEAD, CHANNEL = 44, 16
LINES = (Line.STREET, Line.DEPARTMENT)
LAST = {Stage.CLOSING.value: Stage.CLOSED.value, Stage.CLOSED.value: Stage.CLOSING.value}  # a flow names one of them
# What stays on a line: a Chinese sign, or a word cut where it is endless, with the signs that open or close it.
TOGETHER = re.compile(r"[（(《“]*(?:[\u2e80-\uffef]|[^\u2e80-\uffef\s(“]{1,22}|\s)[、，。；：！？）)》”]*|.")


@dataclass(frozen=True)
class Box:
    """A step where it stands; `now` where the case is."""

    step: Step
    number: int
    row: int
    x: int
    y: int
    high: int
    words: list[tuple[int, str, str]]
    now: bool

    @property
    def wide(self) -> int:
        return WIDE

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def foot(self) -> int:
        return self.y + self.high


@dataclass(frozen=True)
class Arrow:
    points: str
    back: bool
    when: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    boxes: list[Box]
    arrows: list[Arrow]
    heads: list[tuple[int, str]]
    divide: int
    flow: Flow

    def lang(self, words: str) -> str:
        """The language of these words, where it may not be the page's: parties and written steps are Chinese."""
        return "zh-Hans" if any(_width(sign) == 2 for sign in words) else ""

    @property
    def told(self) -> Iterator[tuple[Box, list[tuple[str, int]]]]:
        """The same in words: each step with the numbers of those after it."""
        numbers = {box.step.key: box.number for box in self.boxes}
        return ((box, [(way.when, numbers[way.to]) for way in box.step.onward]) for box in self.boxes)


def chart(flow: Flow, stage: str = "") -> Chart:
    """Where each step stands and each arrow goes, in units of the drawing; the steps of this stage are lit."""
    flow, stage = replace(flow, steps=tuple(map(_placed, flow.steps))), _lit(flow.steps, stage)
    rows = _rows(flow.steps)
    columns = {line: max(_abreast(flow.steps, rows, line), default=1) for line in LINES}
    skips = sum(rows[way.to] > rows[step.key] + 1 for step in flow.steps for way in step.onward)
    left = CHANNEL * (1 + skips)
    starts = {Line.STREET: left, Line.DEPARTMENT: left + columns[Line.STREET] * (WIDE + GAP) + GAP}
    boxes = _boxes(flow.steps, rows, starts, stage)
    right = starts[Line.DEPARTMENT] + columns[Line.DEPARTMENT] * (WIDE + GAP)
    arrows = list(_arrows(boxes, left, right))
    backs = sum(arrow.back for arrow in arrows)
    heads = [(starts[line], str(line.label)) for line in LINES]
    width, height = right + CHANNEL * (backs + 1), max(box.foot for box in boxes.values()) + PAD * 2
    return Chart(width, height, list(boxes.values()), arrows, heads, starts[Line.DEPARTMENT] - GAP, flow)


def _placed(step: Step) -> Step:
    """What is being written may name no line yet: it is drawn in the first one, and the form says what is wrong."""
    return step if step.line in LINES else replace(step, line=LINES[0])


def _lit(steps: tuple[Step, ...], stage: str) -> str:
    """The stage as this flow names it: a case that is closed stands at the step that closes it."""
    return stage if any(step.stage == stage for step in steps) else LAST.get(stage, stage)


def _rows(steps: tuple[Step, ...]) -> dict[str, int]:
    """Each step stands below all that lead to it; what leads back to an earlier step moves nothing."""
    place = {step.key: number for number, step in enumerate(steps)}
    rows = dict.fromkeys(place, 0)
    for step in steps:
        for way in step.onward:
            if place[way.to] > place[step.key]:
                rows[way.to] = max(rows[way.to], rows[step.key] + 1)
    return rows


def _abreast(steps: tuple[Step, ...], rows: dict[str, int], line: str) -> Iterator[int]:
    """How many steps of a line stand beside each other, row by row."""
    mine = [rows[step.key] for step in steps if step.line == line]
    return (mine.count(row) for row in set(mine))


def _boxes(steps: tuple[Step, ...], rows: dict[str, int], starts: dict[Line, int], stage: str) -> dict[str, Box]:
    words = {step.key: _words(step, number) for number, step in enumerate(steps, 1)}
    highs = {step.key: PAD * 2 + LEADING * len(words[step.key]) for step in steps}
    tops, top = {}, HEAD
    for row in range(max(rows.values()) + 1):
        tops[row] = top
        top += max(highs[key] for key in rows if rows[key] == row) + ROW_GAP
    taken: dict[tuple[int, str], Iterator[int]] = {}
    found = {}
    for number, step in enumerate(steps, 1):
        row = rows[step.key]
        column = next(taken.setdefault((row, step.line), count()))
        x = starts[Line(step.line)] + column * (WIDE + GAP)
        found[step.key] = Box(
            step, number, row, x, tops[row], highs[step.key], words[step.key], bool(stage) and step.stage == stage
        )
    return found


def _words(step: Step, number: int) -> list[tuple[int, str, str]]:
    """Lines of text with their place and kind: the name, then who, the limit and the paper."""
    lines = [("name", line) for line in _wrapped(f"{number}. {step.name}")] + [
        ("who", line) for line in _wrapped(step.who)
    ]
    for label, said in ((_("Limit"), step.limit), (_("Paper"), step.document)):
        lines += [("note", line) for line in _wrapped(f"{label}: {said}")] if said else []
    return [(PAD + LEADING * at - 4, kind, line) for at, (kind, line) in enumerate(lines, 1)]


def _wrapped(text: str) -> list[str]:
    lines, line, used = [], "", 0
    for part in TOGETHER.findall(text):
        wide = sum(_width(sign) for sign in part)
        if used + wide > SIGNS and line:
            lines.append(line.strip())
            line, used = "", 0
        line, used = line + part, used + wide
    return [*lines, line.strip()] if line.strip() else lines


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _arrows(boxes: dict[str, Box], left: int, right: int) -> Iterator[Arrow]:
    """Down to the next row straight; over rows by the left margin; back by the right one."""
    skips, backs = count(1), count(1)
    for box in boxes.values():
        for way in box.step.onward:
            to = boxes[way.to]
            if to.row == box.row + 1:
                yield _down(box, to, way.when)
            elif to.row > box.row:
                yield _aside(box, to, way.when, left - CHANNEL * next(skips), back=False)
            else:
                yield _aside(box, to, way.when, right + CHANNEL * next(backs) - CHANNEL // 2, back=True)


def _down(box: Box, to: Box, when: str) -> Arrow:
    half = to.y - ROW_GAP // 2
    points = [(box.middle, box.foot), (box.middle, half), (to.middle, half), (to.middle, to.y)]
    return Arrow(_line(points), False, when, to.middle + 6, to.y - 12, "start")


def _aside(box: Box, to: Box, when: str, channel: int, *, back: bool) -> Arrow:
    shift = 30 if back else -30
    out, into = box.foot + (20 if back else 12), to.y - (20 if back else 12)
    points = [(box.middle + shift, box.foot), (box.middle + shift, out), (channel, out), (channel, into),
              (to.middle + shift, into), (to.middle + shift, to.y)]  # fmt: skip
    x = box.middle + shift + (6 if back else -6)
    return Arrow(_line(points), back, when, x, out - 5 if back else out + 14, "start" if back else "end")


def _line(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
