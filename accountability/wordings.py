"""What an editor wants an item of the list to say, and what no list may say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accountability.models import Duty, DutyKind, ItemVersion, ListVersion
from people.models import Unit


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

    def duty(self, order: int) -> Duty:
        unit = self.unit if self.party == Duty.Party.UNIT else None
        name = self.party_name or (unit.name if unit else "")
        return Duty(
            kind=self.kind, party=self.party, unit=unit, party_name=name, text=self.text.strip(), order=order
        )  # fmt: skip


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
        for name in ("title", "area", "legal_basis", "evidence", "limit", "closing_test"):
            setattr(row, name, getattr(self, name).strip())
        row.basis_from, row.basis_until = self.basis_from, self.basis_until
        row.street_led = ordered(self.duties)[0].party == Duty.Party.STREET


def said_in(row: ItemVersion, duties: Sequence[Duty]) -> Said:
    """What a version says of an item, as an editor would write it."""
    told = [Wording(one.kind, one.text, one.unit, one.party, one.party_name) for one in duties]
    days = (row.basis_from, row.basis_until)
    return Said(row.title, row.area, told, row.legal_basis, *days, row.evidence, row.limit, row.closing_test)


def ordered(wordings: Sequence[Wording]) -> list[Duty]:
    """Leading duties first, each kind in the order given."""
    made = [wording.duty(order) for order, wording in enumerate(wordings, 1)]
    return sorted(made, key=lambda duty: (duty.kind, duty.order))


def check(said: Said) -> None:
    """Raises ListRefused for an item that could not stand on any list."""
    wanted = ordered(said.duties)
    if not said.title.strip() or not said.area.strip():
        raise ListRefused(_("Name the item and the part of the list that it stands in."), "title_missing")
    if not any(duty.kind == DutyKind.LEAD for duty in wanted):
        raise ListRefused(_("Name the unit that leads. Somebody has to answer for every item."), "no_lead")
    if any(not duty.party_name.strip() for duty in wanted):
        raise ListRefused(_("Say for each duty whose it is. A duty of nobody is none."), "no_party")
    if any(not duty.text for duty in wanted):
        raise ListRefused(_("Write for each party who it is and what it does."), "text_missing")
    names = [duty.unit_id or duty.party_name for duty in wanted]
    if len(set(names)) < len(names):
        raise ListRefused(_("A party stands here twice. Keep it once, to lead or to support."), "named_twice")
    if said.basis_from and said.basis_until and said.basis_until < said.basis_from:
        raise ListRefused(_("The legal basis ends before it begins. Look at its two days again."), "odd_days")


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
