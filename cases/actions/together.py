"""What the system does to many cases at once: each move checked by the tables, all written in a few statements."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cases.actions import joining
from cases.actions.moving import CHANGING
from cases.clocks import keep_due
from cases.ledger import Ledger, write_all
from cases.models import Case, Summons

# What a move of the system may change of a case, beside its due moment.
CHANGING_OF_CASES = ("state", "rest", "version")


@dataclass
class Together:
    """The locked cases of one batch, by key, each with its ledger; and the summonses that were moved."""

    cases: dict[int, Case]
    at: datetime
    calls: list[Summons] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledgers = {pk: Ledger(case, None, self.at) for pk, case in self.cases.items()}

    def finish(self, moved: Iterable[int]) -> None:
        """Save what moved, of the cases with these keys, and write what happened to any."""
        keys = sorted(set(moved))
        joining.follow([self.ledgers[pk] for pk in keys])
        Summons.objects.bulk_update(self.calls, CHANGING)
        keep_due(keys)
        for pk in keys:
            self.cases[pk].version += 1
        Case.objects.bulk_update([self.cases[pk] for pk in keys], CHANGING_OF_CASES)
        write_all(list(self.ledgers.values()))


def locked(ids: Iterable[int], at: datetime) -> Together:
    """Those of these cases that nobody else holds; who holds one keeps it till the next round."""
    rows = Case.objects.filter(pk__in=set(ids)).select_for_update(of=("self",), skip_locked=True)
    return Together({case.pk: case for case in rows.select_related("profile").order_by("pk")}, at)
