"""Who of a called unit has its summons in hand: an order among colleagues, never a lock, and no clock's affair."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.arrays import any_of
from audit.kept import Kept
from cases.models import Summons, Verb
from cases.moves import Facts, MoveRefused
from grids.standing import ANSWERING, Standing
from people.models import UnitRole, User

HANDS = (Verb.CLAIM, Verb.ASSIGN, Verb.HAND_OVER)


def colleagues(unit_id: int, at: datetime) -> list[User]:
    """Who answers for the unit at this moment, by name."""
    acting = User.objects.filter(unit_roles__in=_roles(unit_id, at), is_active=True)
    return list(acting.distinct().order_by("name", "pk"))


def takers(unit_id: int, hands: set[int | None], at: datetime) -> list[User]:
    """To whom of the unit summonses in these hands may go: to everybody but who has each of them already."""
    return [one for one in colleagues(unit_id, at) if hands != {one.pk}]


def tell_staff(calls: Iterable[Summons], at: datetime) -> None:
    """Give these summonses what `in_hands` says of their units, asked of one summons a unit however many there are."""
    calls = list(calls)
    one_each = {call.unit_id: call.pk for call in calls}
    known = {row.unit_id: row for row in _staff(calls=list(one_each.values()), at=at)} if one_each else {}
    for call in calls:
        call.staff, call.led = known[call.unit_id].staff, known[call.unit_id].led


@Kept
def _staff(calls: list[int], at: datetime) -> QuerySet[Summons]:
    return Summons.objects.filter(any_of("pk", calls)).in_hands(at)


def facts_of(verb: Verb, call: Summons, by: Standing | None, facts: Facts | None) -> dict[str, Any]:
    """To whom it goes, by id and by the name of that day, and who had it until then; nothing where nobody is named."""
    to = _named(by.user_id if verb == Verb.CLAIM and by else (facts or {}).get("to"))
    said: dict[str, Any] = {**_kept(facts), "to": to.pk if to else None, "name": to.name if to else ""}
    return {**said, "had": call.hand} if call.hand else said


def nobody_has_it_in_hand(call: Summons) -> None:
    if call.hand:
        raise MoveRefused(
            _("%(who)s has it in hand already. Anybody of the unit may still act; agree among yourselves."),
            code="in_hand_already",
            params={"who": call.worker.name if call.worker else ""},
        )


def a_colleague_takes_it(call: Summons, facts: Facts, at: datetime) -> None:
    """Only somebody who answers for the unit, and not who has it already."""
    if facts["to"] == call.hand:
        raise MoveRefused(
            _("%(who)s has it in hand already. Choose somebody else."),
            code="same_hand",
            params={"who": facts["name"]},
        )
    if facts["to"] not in [one.pk for one in colleagues(call.unit_id, at)]:
        raise MoveRefused(
            _("That person does not answer for %(unit)s now. Choose one of its people."),
            code="no_colleague",
            params={"unit": call.unit},
        )


def _kept(facts: Facts | None) -> dict[str, Any]:
    """Who had it is ours to say."""
    return {name: fact for name, fact in (facts or {}).items() if name != "had"}


def _named(key: Any) -> User | None:
    try:
        return User.objects.filter(pk=int(key)).first()
    except (TypeError, ValueError):
        return None


def _roles(unit_id: int, at: datetime) -> Any:
    return UnitRole.objects.current(at).filter(unit=unit_id, role__in=ANSWERING)
