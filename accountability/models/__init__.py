"""Who answers for what, by when: the list, limits with their calendar, and the clocks that run."""

from accountability.models.clock import Clock
from accountability.models.duties import (
    Category,
    Duty,
    DutyKind,
    Item,
    ItemVersion,
    ListKind,
    ListVersion,
    Stand,
)
from accountability.models.flow import FlowParty, FlowStep, Line, Stage, WrittenFlow, WrittenManual
from accountability.models.functions import Boundary, Function, FunctionList, ItemWords, Learnt
from accountability.models.limits import Limit, Phase, TimeUnit, Urgency
from accountability.models.rung import Action, Rise, Rung, Trigger
from accountability.models.segment import Segment
from accountability.models.situation import Situation, SituationGroup, SituationTerms
from accountability.models.worktime import Calendar, CoveredYear, DayException, WorkHours

__all__ = [
    "Action", "Boundary", "Calendar", "Category", "Clock", "CoveredYear", "DayException", "Duty", "DutyKind",
    "FlowParty", "FlowStep", "Function", "FunctionList", "Item", "ItemVersion", "ItemWords", "Learnt", "Limit", "Line",
    "ListKind", "ListVersion", "Phase", "Rise", "Rung", "Segment", "Situation", "SituationGroup", "SituationTerms",
    "Stage", "Stand", "TimeUnit", "Trigger", "Urgency", "WorkHours", "WrittenFlow", "WrittenManual",
]  # fmt: skip
