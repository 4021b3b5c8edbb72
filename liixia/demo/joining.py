"""One matter of the demo was reported twice: the second case goes into the first, and both are answered there."""

from cases import actions
from cases.linking import TAKING_IN
from cases.models import Case, Origin
from grids.standing import Standing

NOTE = "同一处、同一件事，前一件已在办，并入一起答复。"


def into_the_first(case: Case, *, by: Standing) -> Case:
    """At the latest moment of the two; where the first has not been played yet, the second stays as it came in."""
    others = Case.objects.filter(origin=Origin.DEMO, place_code=case.place_code, state__in=TAKING_IN)
    main = others.exclude(pk=case.pk).order_by("pk").first()
    if main is None:
        return case
    at = max(step.at for one in (case, main) for step in one.steps.all())
    return actions.merge(case, by=by, at=at, main=main, note=NOTE, origin=Origin.DEMO)
