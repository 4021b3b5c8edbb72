"""Changes to the responsibility list. A change is a new version from tomorrow; what runs keeps the version it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.duties import duty_texts, next_day, stamp, version_on
from accountability.models import Duty, DutyKind, Item, ItemVersion, Learnt, ListVersion
from accountability.suggester.learning import Weights
from audit.actions import note
from audit.models import Event
from grids.standing import Standing
from people.models import Role, Unit


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


@transaction.atomic
def amend(item: Item, *, duties: Sequence[Wording], by: Standing | None, at: datetime, seen: str = "") -> ListVersion:
    """Say anew who does what under an item, from tomorrow on. `seen` is the stamp of what the editor had before them.

    Raises ListRefused with a sentence and a code. Two changes on one day make one version that holds both.
    """
    editor = _permitted(by)
    _check_parties(wanted := _ordered(duties))
    ListVersion.objects.select_for_update(no_key=True).order_by("number").first()  # one change of the list at a time
    base = _in_force(day := next_day(at))
    _check_news(wanted, duty_texts(item, base), seen)
    version = base if base.in_force_from == day else _copy(base, day, editor, at)
    _replace(item, version, wanted)
    note(Event.LIST_CHANGED, by=editor.user, subject=("item", item.code), reason=version.label)
    return version


def _permitted(by: Standing | None) -> Standing:
    if by is None or Role.ESTABLISHMENT not in by.roles:
        raise ListRefused(
            _("Only the establishment office changes the list. Tell it what should stand here."), code="wrong_person"
        )
    return by


def _ordered(wordings: Sequence[Wording]) -> list[Duty]:
    """Leading duties first, each kind in the order given."""
    made = [wording.duty(order) for order, wording in enumerate(wordings, 1)]
    return sorted(made, key=lambda duty: (duty.kind, duty.order))


def _check_parties(wanted: list[Duty]) -> None:
    if not any(duty.kind == DutyKind.LEAD for duty in wanted):
        raise ListRefused(_("Name the unit that leads. Somebody has to answer for every item."), code="no_lead")
    if any(not duty.text or not duty.party_name for duty in wanted):
        raise ListRefused(_("Write for each party who it is and what it does."), code="text_missing")
    names = [duty.unit_id or duty.party_name for duty in wanted]
    if len(set(names)) < len(names):
        raise ListRefused(_("A party stands here twice. Keep it once, to lead or to support."), code="named_twice")


def _check_news(wanted: list[Duty], before: list[Duty], seen: str) -> None:
    if not before:
        raise ListRefused(_("This item is not on the list from tomorrow on, so it has no duties."), code="not_listed")
    if seen and seen != stamp(before):
        raise ListRefused(
            _("Somebody changed this item after you opened it. Look at what it says now and change that."), code="stale"
        )
    if stamp(wanted) == stamp(before):
        raise ListRefused(_("Nothing is changed yet. Change a duty, then save."), code="nothing_changed")


def _in_force(day: date) -> ListVersion:
    """The version that counts on this day: the one in force, or the one that an earlier change today has made."""
    version = version_on(day)
    if version is None:
        raise ListRefused(_("No list is in force yet. Load one first."), code="no_list")
    return version


def _copy(base: ListVersion, day: date, by: Standing, at: datetime) -> ListVersion:
    """A new version from this day on that says what the one before it says."""
    number = (ListVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    with translation.override(settings.LANGUAGE_CODE):
        label = _("Version %(number)s, in force from %(day)s") % {"number": number, "day": day.isoformat()}
    version = ListVersion.objects.create(
        number=number,
        label=label,
        in_force_from=day,
        reference=base.reference,
        basis=base.basis,
        made_by=by.user,
        made_at=at,
    )
    _copy_items(base, version)
    return version


def _copy_items(base: ListVersion, version: ListVersion) -> None:
    items = list(ItemVersion.objects.filter(version=base).order_by("pk"))
    duties = list(Duty.objects.filter(item_version__version=base).order_by("pk"))
    places = {said.pk: said for said in items}
    for said in items:
        said.pk, said.version = None, version
    ItemVersion.objects.bulk_create(items)
    for duty in duties:
        duty.pk, duty.item_version = None, places[duty.item_version_id]
    Duty.objects.bulk_create(duties)


def _replace(item: Item, version: ListVersion, wanted: list[Duty]) -> None:
    """Put these duties in the place of what the item says in a version that is not yet in force."""
    said = ItemVersion.objects.get(version=version, item=item)
    said.street_led = wanted[0].party == Duty.Party.STREET
    said.save(update_fields=["street_led"])
    said.duties.all().delete()
    for duty in wanted:
        duty.item_version = said
    Duty.objects.bulk_create(wanted)


def keep_learnt(weights: Weights, *, cases: int, at: datetime) -> Learnt:
    """From now on suggestions start from these weights; the same once more changes nothing."""
    newest = Learnt.objects.order_by("-pk").first()
    if newest and newest.digest == weights.digest:
        return newest
    return Learnt.objects.create(digest=weights.digest, cases=cases, weights=weights.told(), at=at)
