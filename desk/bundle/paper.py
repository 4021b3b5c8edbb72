"""What a bundle was read as: by whom, at which moment, to which end of the chain; and how it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Step
from grids.standing import Standing


@dataclass(frozen=True)
class Paper:
    """`whole`: nothing of a confidential case was kept back. `print` makes the same bytes each time."""

    standing: Standing
    at: datetime
    head: Step
    whole: bool
    print: Callable[[], bytes]
