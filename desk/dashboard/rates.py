"""The three rates of the last thirty days beside the thirty before, each leading to the marks behind it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from assessment.models import MarkDay
from assessment.rates import Rate
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
    """Both periods in one query."""
    since = today - timedelta(days=PERIOD - 1)
    last = Q(day__gte=since)
    periods = (("now", last), ("old", ~last))
    days = MarkDay.objects.filter(day__gt=today - timedelta(days=2 * PERIOD), day__lte=today)
    days = days.filter(unit=scope.unit) if scope.unit else days.filter(street_code__startswith=scope.area)
    names = [f"{words.code}_{end}" for words in FIGURES for end in ("yes", "no")]
    found = days.aggregate(**{f"{name}_{when}": Sum(name, filter=only) for name in names for when, only in periods})

    def rate(code: str, when: str) -> Rate:
        yes, no = (found[f"{code}_{end}_{when}"] or 0 for end in ("yes", "no"))
        return Rate(yes, yes + no)

    period = {"closed_from": since.isoformat(), "closed_to": today.isoformat()}
    return [
        Period(
            words,
            rate(words.code, "now"),
            rate(words.code, "old"),
            scope.marks(**period, figure=words.code, value="counted"),
        )
        for words in FIGURES
    ]  # fmt: skip
