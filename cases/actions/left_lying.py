"""What a bench left lying goes up by itself, to the leader at last, where it stays, overdue. Many at once."""

from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accountability.models import Clock
from cases.actions import disputes
from cases.actions.moving import turn
from cases.actions.ruling import BY_WHICH
from cases.actions.together import Together, locked
from cases.models import Bench, Dispute, Summons

UP = {Bench.DESK: Bench.CONFERRAL, Bench.CONFERRAL: Bench.LEADER}


def lapse(due: list[Clock], at: datetime) -> list[int]:
    """The clocks of these benches have lapsed; busy cases wait for the next round. Returns the clocks handled."""
    keys = {clock.subject_id for clock in due}
    free = locked(Dispute.objects.filter(pk__in=keys).values_list("case", flat=True), at)
    found = _with_their_calls(free, keys)
    mine = [clock for clock in due if clock.subject_id in found]
    for clock in mine:
        call, dispute = found[clock.subject_id]
        if dispute.bench == Bench.LEADER:
            free.ledgers[call.case_id].add_lapses([clock], call)
    lying = {bench: [pair for pair in found.values() if pair[1].bench == bench] for bench in UP}
    for bench, pairs in lying.items():
        _hand_up(free, pairs, UP[bench])
    free.finish({call.case_id for call in free.calls})
    return [clock.pk for clock in mine]


def _with_their_calls(free: Together, keys: set[int]) -> dict[int, tuple[Summons, Dispute]]:
    """The disputes of the locked cases, as they stand now, by key."""
    prefetch_related_objects(list(free.cases.values()), "disputes")
    open_ones = [one for case in free.cases.values() for one in case.disputes.all() if one.pk in keys]
    calls = Summons.objects.select_related("unit", "whistle").in_bulk([one.summons_id for one in open_ones])
    for call in calls.values():
        call.case = free.cases[call.case_id]
    return {one.pk: (calls[one.summons_id], one) for one in open_ones}


def _hand_up(free: Together, pairs: list[tuple[Summons, Dispute]], above: Bench) -> None:
    handed = []
    for call, dispute in pairs:
        ledger = free.ledgers[call.case_id]
        turn(ledger, call, BY_WHICH[above], note=_("Nobody decided in time."))
        handed.append((ledger, call, dispute))
        free.calls.append(call)
    disputes.put_before(handed, above)
