"""Who reads a page, and when: read once a request, for the page and for the shell around it."""

from datetime import datetime

from django.http import HttpRequest

from audit import clock
from grids.standing import Standing, standing_of


def reader(request: HttpRequest) -> tuple[datetime, Standing]:
    """The moment at which the person was read is the page's."""
    at: datetime = getattr(request.user, "moment", None) or clock.now()
    standing = standing_of(request.user, at)
    request.standing = standing  # type: ignore[attr-defined]
    return at, standing
