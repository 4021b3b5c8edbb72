"""How much of everything there is: what `about` prints."""

from accountability.models import Item, Situation
from cases.models import Case
from grids.models import Area, AreaKind, Station
from people.models import Unit, User


def counts() -> dict[str, int]:
    return {
        "streets": Area.objects.filter(kind=AreaKind.STREET).count(),
        "communities": Area.objects.filter(kind=AreaKind.COMMUNITY).count(),
        "grids": Area.objects.filter(kind=AreaKind.GRID).count(),
        "stations": Station.objects.count(),
        "units": Unit.objects.count(),
        "items": Item.objects.count(),
        "situations": Situation.objects.count(),
        "people": User.objects.count(),
        "cases": Case.objects.count(),
    }
