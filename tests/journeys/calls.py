"""One case on its way through the API: everybody who walks with it has a program with a token of their own."""

from typing import Any

from cases.models import Case
from people.models import Role, User
from tests.api.calling import Answer, Caller
from tests.browser.house import House
from tests.journeys import people


class Calls:
    """Whoever makes a move finds it among the moves of the case or summons, and goes where that says."""

    def __init__(self, house: House) -> None:
        self.house, self.place = house, people.place()
        self.item, self.units = people.item_of_three(self.place.street.office)
        self.there: dict[str, Caller] = {}
        self.number = ""

    def who(self, user: User) -> Caller:
        if user.username not in self.there:
            self.there[user.username] = Caller(self.house.url, user)
        return self.there[user.username]

    def seated(self, role: str) -> Caller:
        return self.who(people.seated(role))

    @property
    def dispatcher(self) -> Caller:
        return self.who(self.place.dispatcher)

    @property
    def worker(self) -> Caller:
        return self.who(self.place.worker)

    @property
    def outsider(self) -> Caller:
        """Of another street: for them the case is not there."""
        others = User.objects.filter(postings__role=Role.DISPATCHER)
        return self.who(others.exclude(postings__area=self.place.street).order_by("-pk")[0])

    @property
    def officers(self) -> list[Caller]:
        return [self.who(people.answers_for(unit)) for unit in self.units]

    # ---- reading
    def read(self, by: Caller) -> Answer:
        """The case as this person sees it now."""
        answer = by.get(f"cases/{self.number}/")
        assert answer.status == 200, answer.body.decode()
        return answer

    def rows(self, by: Caller, what: str, **query: Any) -> list[dict[str, Any]]:
        return by.get(f"{what}/", case=self.number, **query).json()["results"]

    def call_of(self, by: Caller, unit: Any) -> dict[str, Any]:
        return next(call for call in self.read(by).json()["summonses"] if call["unit"] == unit.code)

    @property
    def case(self) -> Case:
        return Case.objects.get(number=self.number)

    # ---- moving
    def moves(self, by: Caller, verb: str, body: Any = None) -> dict[str, Any]:
        """Of the case as a whole, by what was read a moment ago."""
        read = self.read(by)
        return self._makes(by, read.json(), verb, body, read.headers["ETag"])

    def answers(self, unit: Any, verb: str, body: Any = None) -> dict[str, Any]:
        """Of this unit's summons, by whoever answers for it."""
        by = self.who(people.answers_for(unit))
        call = by.get(f"summonses/{self.call_of(by, unit)['id']}/")
        return self._makes(by, call.json(), verb, body, call.headers["ETag"])

    def _makes(self, by: Caller, thing: dict[str, Any], verb: str, body: Any, seen: str) -> dict[str, Any]:
        move = move_of(thing, verb)
        assert move["allowed"], move
        answer = by.post(move["href"], body or {}, If_Match=seen)
        assert answer.status == 200, answer.body.decode()
        return answer.json()


def move_of(thing: dict[str, Any], verb: str) -> dict[str, Any]:
    return next(move for move in thing["allowed_moves"] if move["verb"] == verb)
