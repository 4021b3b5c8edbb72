"""A rate with what it may be worth: how many it rests on, and the interval that the true share lies in."""

from dataclasses import dataclass
from math import sqrt

LEAST = 10
Z = 1.96  # 95 %


@dataclass(frozen=True)
class Rate:
    """So many that came out well, of so many that count."""

    well: int
    n: int

    @property
    def enough(self) -> bool:
        return self.n >= LEAST

    @property
    def share(self) -> float:
        return self.well / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's: it holds for few and for shares near 0 and 1."""
        if not self.n:
            return 0.0, 1.0
        n, p, z2 = self.n, self.share, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def alike(self, before: "Rate") -> bool:
        """Whether the earlier share lies within the interval of this one, so that neither rise nor fall can be told."""
        low, high = self.interval
        return low <= before.share <= high
