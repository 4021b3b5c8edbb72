"""How it is known that a unit stood at the place: by the street's code, by the position, or by its own word.

The code is shown to the street alone, six figures that change every five minutes; the one before still counts, so that
nobody is refused for typing slowly. It is worked out from the case and the moment and kept nowhere. Of wrong ones a
unit has five in a quarter of an hour; each is a row.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from cases.models import Case, Proof, Summons, WrongCode
from cases.moves import Deed, Facts, MoveRefused
from grids.standing import Standing

# No rule of the district's but what keeps six figures from being guessed: 5 tries at 2 of a million, each 15 minutes.
LASTS = timedelta(minutes=5)
TRIES, WITHIN = 5, timedelta(minutes=15)
FIGURES = 6
EARTH = 6_371_000  # metres


@dataclass(frozen=True)
class Code:
    figures: str
    until: datetime


def code_of(case: Case, at: datetime) -> Code:
    """What the street's page shows now, and until when."""
    window = int(at.timestamp() // LASTS.total_seconds())
    until = datetime.fromtimestamp((window + 1) * LASTS.total_seconds(), tz=at.tzinfo)
    return Code(_figures(case.pk, window), until)


def _figures(case_id: int, window: int) -> str:
    digest = salted_hmac("cases.proving", f"{case_id}:{window}", algorithm="sha256").digest()
    return str(int.from_bytes(digest[:8], "big") % 10**FIGURES).zfill(FIGURES)


def is_the_code(case: Case, figures: str, at: datetime) -> bool:
    """The one shown now, or the one before it."""
    valid = [code_of(case, moment).figures for moment in (at, at - LASTS)]
    return any([constant_time_compare(figures, one) for one in valid])


def try_code(call: Summons, figures: str, by: Standing, at: datetime) -> None:
    """Raise MoveRefused unless this is the street's code. A wrong one is kept whatever becomes of the move, so call it
    outside of the move's own transaction."""
    with transaction.atomic():
        Summons.objects.select_for_update().get(pk=call.pk)
        wrong = call.wrong_codes.filter(at__gt=at - WITHIN).count()
        right = wrong < TRIES and is_the_code(call.case, figures, at)
        if wrong < TRIES and not right:
            WrongCode.objects.create(case=call.case, summons=call, by=by.user, at=at)
    if wrong >= TRIES:
        raise MoveRefused(
            _("Too many wrong codes. Wait a quarter of an hour, or sign in without one: that counts as your own word."),
            code="too_many_codes",
        )
    if not right:
        raise _wrong()


def _wrong() -> MoveRefused:
    return MoveRefused(
        _("That is not the street's code, or it has changed meanwhile. Ask the street's people for the one shown now."),
        code="wrong_code",
    )


def code_holds(call: Summons, facts: Facts, at: datetime) -> None:
    """Where a code is given it has to be the street's."""
    if facts.get("code") and not is_the_code(call.case, str(facts["code"]), at):
        raise _wrong()


def keep_proof(call: Summons, deed: Deed) -> None:
    """The step says how the presence is known, and never the code itself."""
    figures = deed.facts.pop("code", "")
    where = {name: deed.facts.get(name) for name in ("lon", "lat")}
    placed = None not in where.values()
    deed.facts["proof"] = str(Proof.CODE if figures else Proof.PLACE if placed else Proof.SAID)
    metres = metres_between(call.case, **where) if placed else None
    if metres is not None:
        deed.facts["metres"] = metres


def metres_between(case: Case, lon: Any, lat: Any) -> int | None:
    """From the point of the case, on the sphere; nothing where the case has none."""
    if case.lon is None or case.lat is None:
        return None
    here, there = radians(float(lat)), radians(case.lat)
    across = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(case.lon - float(lon)) / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(across))))
