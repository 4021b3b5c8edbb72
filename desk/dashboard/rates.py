"""The three rates of the last thirty days beside the thirty before, each leading to the marks behind it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum, Value
from django.utils.translation import gettext as _

from assessment.models import MarkDay
from assessment.rates import Rate
from audit.kept import Kept
from desk.dashboard.scopes import Scope
from desk.marks import FIGURES, PERIOD, FigureWords


@dataclass(frozen=True)
class Period:
    """A rate now and before, in words and as a drawing."""

    words: FigureWords
    now: Rate
    before: Rate
    href: str

    @property
    def compared(self) -> str:
        if not self.before.enough:
            return _("too few before to compare")
        if self.now.alike(self.before):
            return _("much as in the 30 days before")
        points = f"{abs(self.now.share - self.before.share) * 100:.1f}"
        rose = _("%(points)s points more than in the 30 days before")
        fell = _("%(points)s points less than in the 30 days before")
        return (rose if self.now.share > self.before.share else fell) % {"points": points}

    @property
    def percent(self) -> str:
        return f"{self.now.share * 100:.1f}%"

    @property
    def between(self) -> str:
        low, high = self.now.interval
        return f"{low * 100:.1f}–{high * 100:.1f}%"

    @property
    def drawing(self) -> dict[str, str]:
        """Places on a scale from 0 to 100."""
        low, high = self.now.interval
        said = {"low": low, "wide": high - low, "now": self.now.share, "before": self.before.share}
        return {name: f"{share * 100:.2f}" for name, share in said.items()}


def rates_of(scope: Scope, today: date) -> list[Period]:
    """A query for each period."""
    since = today - timedelta(days=PERIOD - 1)
    spans = ((since, today), (since - timedelta(days=PERIOD), since - timedelta(days=1)))
    now, before = (_sums(scope, first, last) for first, last in spans)
    period = {"closed_from": since.isoformat(), "closed_to": today.isoformat()}
    return [
        Period(
            words,
            _rate(words, now),
            _rate(words, before),
            scope.marks(**period, figure=words.code, value="counted"),
        )
        for words in FIGURES
    ]  # fmt: skip


def _rate(words: FigureWords, sums: dict[str, int]) -> Rate:
    yes, no = (sums.get(f"{words.code}_{end}") or 0 for end in ("yes", "no"))
    return Rate(yes, yes + no)


def _sums(scope: Scope, first: date, last: date) -> dict[str, int]:
    found = _summed(scope.unit.pk if scope.unit else None, scope.area, first=first, last=last)
    return found[0] if found else {}


@Kept
def _summed(unit: int | None, area: str, first: date, last: date) -> QuerySet:
    """The sums of all days from the first to the last."""
    days = MarkDay.objects.filter(day__gte=first, day__lte=last)
    days = days.filter(unit=unit) if unit else days.filter(street_code__startswith=area)
    names = [f"{words.code}_{end}" for words in FIGURES for end in ("yes", "no")]
    return days.order_by().values(all=Value(1)).annotate(**{name: Sum(name) for name in names}).values(*names)
