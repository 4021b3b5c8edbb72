"""What the shell of every page shows from the rows: the district, the reader's roles and pages, what is unread."""

from functools import cached_property

from django.http import HttpRequest

from alerts.models import Alert
from audit import clock
from desk import doors
from desk.navigation import address, navigation
from grids.models import Area, AreaKind
from grids.standing import standing_of
from people.models import Role


class House:
    """Read when the page asks for it, once a request; nothing of it is kept in the session."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def name(self) -> str:
        return Area.objects.filter(kind=AreaKind.DISTRICT).values_list("name", flat=True).first() or ""

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
    def searches(self) -> bool:
        """Whether there can be cases to search."""
        return bool(self.standing.seen_codes() or self.standing.acting_units())

    @cached_property
    def inbox(self) -> str:
        return address("alerts:inbox") or address("desk:inbox")

    @cached_property
    def unread(self) -> int:
        return Alert.objects.of(self.standing).unread().count()

    @cached_property
    def report(self) -> str:
        return address("engagement:report")

    @cached_property
    def follow(self) -> str:
        return address("engagement:find")

    @cached_property
    def door(self) -> "doors.Door":
        return doors.Door(clock.now())


def house(request: HttpRequest) -> dict[str, House]:
    return {"house": House(request)}
