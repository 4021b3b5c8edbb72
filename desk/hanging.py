"""Hangs on cases what the tables of moves ask of them, so that a page asks once for all of its rows."""

from collections import defaultdict

from django.db.models import Prefetch, prefetch_related_objects

from cases.handling import WORK
from cases.models import Case, State, Step, Summons, Verb

# What the tables ask of the steps of one unit.
ASKED = (*WORK, Verb.REOPEN)


def hang(cases: list[Case], calls: list[Summons]) -> None:
    """Give each case its summonses as a prefetch would; where it is to be looked at also who has worked on it."""
    of_case = defaultdict(list)
    for call in calls:
        of_case[call.case_id].append(call)
    for case in cases:
        case._prefetched_objects_cache = {"summonses": of_case[case.pk]}
    looked_at = [call for case in cases if case.state == State.INSPECTING for call in of_case[case.pk]]
    steps = Step.objects.filter(verb__in=ASKED).only("summons", "actor", "verb", "at")
    prefetch_related_objects(looked_at, Prefetch("steps", steps))
