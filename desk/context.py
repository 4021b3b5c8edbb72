"""What the shell of every page shows from the rows: the district, the reader's roles and pages, what is unread."""

from functools import cached_property

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from alerts.models import Alert
from alerts.querysets import HELD
from audit import clock
from audit.kept import Kept
from desk import doors
from desk.navigation import address, navigation
from grids.models import Area, AreaKind
from grids.standing import Standing, standing_of
from people.models import Role

MESSAGES = Count("pk", filter=~HELD) + Count("shown_at", distinct=True, filter=HELD)


class House:
    """Read when the page asks for it, once a request; nothing of it is kept in the session."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def name(self) -> str:
        read = getattr(self.request.user, "district", None)
        return read or Area.objects.filter(kind=AreaKind.DISTRICT).values_list("name", flat=True).first() or ""

    @cached_property
    def standing(self):
        return getattr(self.request, "standing", None) or standing_of(self.request.user, clock.now())

    @cached_property
    def roles(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.standing.roles]

    @cached_property
    def navigation(self) -> list[dict]:
        return navigation(self.standing.roles, self.request.path)

    @cached_property
    def search(self) -> str:
        """Where cases are searched, for somebody who can see any."""
        sees = self.standing.seen_codes() or self.standing.acting_units()
        return address("desk:search") if sees else ""

    @cached_property
    def inbox(self) -> str:
        return address("alerts:inbox") or address("desk:inbox")

    @cached_property
    def unread(self) -> int:
        found = _unread(self.standing, reader=self.standing.user_id)
        return int(found[0]["number"]) if found else 0

    @cached_property
    def report(self) -> str:
        return address("engagement:report")

    @cached_property
    def follow(self) -> str:
        return address("engagement:find")

    @cached_property
    def door(self) -> "doors.Door":
        return doors.Door(clock.now())


@Kept
def _unread(standing: Standing, reader: int) -> QuerySet:
    """How many messages this person has not read; what was held back together is one. A row, or none."""
    mine = Alert.objects.of(standing).unread().filter(recipient=reader)
    return mine.order_by().values("recipient").annotate(number=MESSAGES)


def house(request: HttpRequest) -> dict[str, House]:
    return {"house": House(request)}
