"""Whether a copy is one of ours: its hash says so, and the case's steps say whether they are still those of then."""

import re
from dataclasses import dataclass

from cases.models import Case, State
from desk.models import Bundle
from grids.standing import Standing

HASH = re.compile(r"[0-9a-f]{64}")
BETWEEN = re.compile(r"[\s:]+")


@dataclass(frozen=True)
class Verdict:
    """A bundle of ours, whether its end of the chain still stands in the case, and how many steps came after it."""

    bundle: Bundle
    chained: bool
    since: int
    seen: bool

    @property
    def case(self) -> Case:
        return self.bundle.case


def hash_in(words: str) -> str:
    """The hash that somebody typed or pasted, as we keep it; "" for what is none."""
    plain = BETWEEN.sub("", words).lower()
    return plain if HASH.fullmatch(plain) else ""


def check(digest: str, standing: Standing | None) -> Verdict | None:
    """None where no file of ours ever had this hash. `seen`: whether this reader may open the case."""
    bundle = Bundle.objects.by_digest(digest).select_related("case", "owner__unit").order_by("as_of").first()
    if bundle is None:
        return None
    seen = standing is not None and Case.objects.visible_to(standing).filter(pk=bundle.case_id).exists()
    steps = bundle.case.steps
    return Verdict(
        bundle,
        chained=steps.filter(seq=bundle.steps, chain=bundle.chain).exists(),
        since=_since(bundle) if seen or bundle.case.state != State.WITHHELD else 0,
        seen=seen,
    )


def _since(bundle: Bundle) -> int:
    return bundle.case.steps.filter(seq__gt=bundle.steps).count()
