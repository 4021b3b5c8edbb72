"""When each background process last finished a round: what readiness looks at."""

from django.db import models


class Heartbeat(models.Model):
    """One row per process, overwritten at every round."""

    name = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%F %T}"
