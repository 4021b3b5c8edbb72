"""What is asked for, admitted, handed down and cleaned up, and the steps of each."""

from admission.models.application import Application, Opinion, State, View
from admission.models.attempt import Attempt
from admission.models.day import Load, LoadDay
from admission.models.kind import ExpiryNotice, MatterKind
from admission.models.permit import Allotment, Permit
from admission.models.pledge import Level, Pledge, PledgeState
from admission.models.step import Origin, Step, Verb
from admission.models.task import Ruling, Task, TaskState

__all__ = [
    "Allotment", "Application", "Attempt", "ExpiryNotice", "Level", "Load", "LoadDay", "MatterKind", "Opinion",
    "Origin", "Permit", "Pledge", "PledgeState", "Ruling", "State", "Step", "Task", "TaskState", "Verb", "View",
]  # fmt: skip
