"""What the whistles of each street came to: how many cases it whistled for, and for how many it need not have.

Few whistles are no merit and many no fault, so streets stand in the order of their codes, not of their numbers.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.urls import reverse

from assessment.querysets import SEEING_PLACE
from assessment.rates import Rate
from cases.days import STREET_CODE
from cases.filters import LATELY
from cases.models import Whistle
from cases.querysets import IN_VAIN
from grids.models import Area
from grids.standing import Standing


@dataclass(frozen=True)
class Row:
    """One street: cases that it whistled for within the period, and those of them where no whistle was needed."""

    street: Area
    cases: int
    vain: int

    @property
    def rate(self) -> Rate:
        return Rate(self.vain, self.cases)

    @property
    def every(self) -> str:
        return _cases(self.street, "lately")

    @property
    def needless(self) -> str:
        return _cases(self.street, "vain")

    @property
    def words(self) -> dict[str, str]:
        """The share and its interval in per cent."""
        low, high = self.rate.interval
        return {"share": f"{self.rate.share:.0%}", "low": f"{low:.0%}", "high": f"{high:.0%}"}


def codes_of(standing: Standing) -> list[str]:
    """The districts and streets whose whistles this person reads."""
    return sorted({code for role, code in standing.posts if role in SEEING_PLACE and len(code) <= STREET_CODE})


def rows_of(standing: Standing, at: datetime) -> list[Row]:
    """Every street of the areas that this person oversees; two queries."""
    where = Q(pk__in=[])
    for code in codes_of(standing):
        where |= Q(code__startswith=code)
    lately = Whistle.objects.visible_to(standing).left_the_street().filter(blown_at__gt=at - LATELY)
    counted = lately.annotate(street_code=Left("case__place_code", STREET_CODE)).values("street_code").order_by()
    vain = Count("case", distinct=True, filter=IN_VAIN)
    found = {row["street_code"]: row for row in counted.annotate(cases=Count("case", distinct=True), vain=vain)}
    nothing = {"cases": 0, "vain": 0}
    streets = Area.objects.filter(where, kind="street").order_by("code")
    return [Row(street, *(found.get(street.code, nothing)[name] for name in nothing)) for street in streets]


def _cases(street: Area, whistled: str) -> str:
    asked = {"state": "all", "area": street.code, "whistled": whistled}
    return f"{reverse('desk:cases')}?{urlencode(asked)}"
