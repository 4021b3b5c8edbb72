"""What an editor wants an item of the list to say, and what no list may say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accountability.models import Duty, DutyKind, ItemVersion, ListVersion
from accountability.seals import Plain, Told, digest_of
from accountability.writings import NOTHING
from people.models import Unit, UnitKind

WORDS = ("title", "area", "legal_basis", "evidence", "limit", "closing_test")
CALLED_KINDS = (UnitKind.PARTY, UnitKind.GOVERNMENT, UnitKind.BRANCH, UnitKind.UTILITY)
CODE = r"^[A-Z0-9]+(-[A-Z0-9]+)*$"
MOST_DUTIES = 30
UNWRITABLE = re.compile("[\x00\ufffe\uffff]")  # neither the database nor an Excel file takes them


class ListRefused(ValidationError):
    """The list is not changed: the message says why and what to do, the code says which rule."""

    def __init__(self, message: str, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


@dataclass(frozen=True)
class Wording:
    """One duty as an editor wants it: a unit by name, the street office, or a party outside the register."""

    kind: str
    text: str
    unit: Unit | None = None
    party: str = Duty.Party.UNIT
    party_name: str = ""

    @property
    def name(self) -> str:
        """What the party is called: by the words given, or as its unit is."""
        unit = self.unit if self.party == Duty.Party.UNIT else None
        return (self.party_name or (unit.name if unit else "")).strip()

    @property
    def unit_id(self) -> int | None:
        return self.unit.pk if self.unit and self.party == Duty.Party.UNIT else None

    @property
    def words(self) -> str:
        return self.text.strip()

    def duty(self, order: int) -> Duty:
        unit = self.unit if self.party == Duty.Party.UNIT else None
        return Duty(kind=self.kind, party=self.party, unit=unit, party_name=self.name, text=self.words, order=order)


@dataclass(frozen=True)
class Said:
    """A whole item as an editor wants it. Who leads says whether the street leads it."""

    title: str
    area: str
    duties: Sequence[Wording]
    legal_basis: str = ""
    basis_from: date | None = None
    basis_until: date | None = None
    evidence: str = ""
    limit: str = ""
    closing_test: str = ""

    def put_on(self, row: ItemVersion) -> None:
        for name in WORDS:
            setattr(row, name, getattr(self, name).strip())
        row.basis_from, row.basis_until = self.basis_from, self.basis_until
        row.street_led = self.street_led

    @property
    def street_led(self) -> bool:
        return bool(self.duties) and leading_first(self.duties)[0].party == Duty.Party.STREET


def said_in(row: ItemVersion, duties: Sequence[Duty]) -> Said:
    """What a version says of an item, as an editor would write it."""
    told = [Wording(one.kind, one.text, one.unit, one.party, one.party_name) for one in duties]
    days = (row.basis_from, row.basis_until)
    return Said(row.title, row.area, told, row.legal_basis, *days, row.evidence, row.limit, row.closing_test)


def leading_first(wordings: Sequence[Wording]) -> list[Wording]:
    """Leading duties first, each kind in the order given."""
    return sorted(wordings, key=lambda one: str(one.kind))


def ordered(wordings: Sequence[Wording]) -> list[Duty]:
    """The duties themselves, in that order."""
    return [wording.duty(order) for order, wording in enumerate(leading_first(wordings), 1)]


@dataclass(frozen=True)
class Fault:
    """What an item could not stand on a list with: in which of its own words, or in which of its duties by number."""

    message: str
    code: str
    field: str = ""
    duty: int | None = None


def duties_told(wordings: Sequence[Wording]) -> list[Told]:
    """The same without rows, for many at once."""
    return [Told(str(one.kind), str(one.party), one.unit_id, one.name, one.words) for one in leading_first(wordings)]


def plain(said: Said) -> Plain:
    """An item's own words as a row would hold them."""
    words = {name: getattr(said, name).strip() for name in WORDS}
    return Plain(said.street_led, said.basis_from, said.basis_until, **words)


def stamp_of(said: Said) -> str:
    """The mark of an item that says this, wherever it stands; of its words and duties alone."""
    return digest_of(plain(said), duties_told(said.duties), NOTHING)


def check(said: Said) -> None:
    """Raises ListRefused for an item that could not stand on any list."""
    for fault in faults(said):
        raise ListRefused(fault.message, fault.code)


def faults(said: Said) -> Iterator[Fault]:
    """Whatever is wrong with an item, so that all of it can be named at once."""
    for name in ("title", "area"):
        if not getattr(said, name).strip():
            yield Fault(_("Name the item and the part of the list that it stands in."), "title_missing", name)
    if not any(one.kind == DutyKind.LEAD for one in said.duties):
        yield Fault(_("Name the unit that leads. Somebody has to answer for every item."), "no_lead")
    if len(said.duties) > MOST_DUTIES:
        told = _("An item has at most %(most)s duties. Put parties together.") % {"most": MOST_DUTIES}
        yield Fault(told, "too_many_duties", "party", MOST_DUTIES)
    yield from _of_duties(said.duties)
    if said.basis_from and said.basis_until and said.basis_until < said.basis_from:
        yield Fault(_("The legal basis ends before it begins. Look at its two days again."), "odd_days", "basis_until")
    for name in WORDS:
        if UNWRITABLE.search(getattr(said, name)):
            yield Fault(_("A sign here cannot be written. Type the words anew."), "no_sign", name)


def _of_duties(duties: Sequence[Wording]) -> Iterator[Fault]:
    named: set[int | str] = set()
    for number, duty in enumerate(duties):
        name, words, unit = duty.name, duty.words, duty.unit_id
        nobody = duty.party == Duty.Party.UNIT and duty.unit is None
        if nobody or not name:
            yield Fault(_("Say for each duty whose it is. A duty of nobody is none."), "no_party", "party", number)
        if not words:
            yield Fault(_("Write for each party who it is and what it does."), "text_missing", "text", number)
        if UNWRITABLE.search(words + name):
            yield Fault(_("A sign here cannot be written. Type the words anew."), "no_sign", "text", number)
        if name and (unit or name) in named:
            told = _("A party stands here twice. Keep it once, to lead or to support.")
            yield Fault(told, "named_twice", "party", number)
        named.add(unit or name)


def check_whole(version: ListVersion) -> None:
    """Raises ListRefused for the first item of a list that nobody leads, and for a duty of nobody or without words."""
    leaderless = version.items.exclude(duties__kind=DutyKind.LEAD).order_by("item__code")
    code = leaderless.values_list("item__code", flat=True).first()
    if code:
        raise ListRefused(_("%(code)s: nobody leads it. Name the unit that leads."), "no_lead", {"code": code})
    duties = Duty.objects.filter(item_version__version=version)
    for field, why, rule in (
        ("party_name", _("%(code)s: a duty belongs to nobody. Say whose it is."), "no_party"),
        ("text", _("%(code)s: a duty has no words. Write what the party does."), "text_missing"),
    ):
        empty = duties.filter(**{field: ""}).values_list("item_version__item__code", flat=True).first()
        if empty:
            raise ListRefused(why, rule, {"code": empty})
