"""Drafts of the list to test with: written by the establishment office, decided by the legal office."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from django.utils.timezone import localdate

from accountability.actions import Said, begin, propose, save_item
from accountability.actions.items import stamp
from accountability.duties import duty_texts, latest
from accountability.models import Item, ItemVersion, ListVersion
from accountability.wordings import said_in
from changes.actions import apply_due, approve, submit
from changes.models import Change
from people.models import Role, User
from tests.world import person, seat

DAY = timedelta(days=1)


def legal(w: SimpleNamespace) -> User:
    """Somebody of the legal office, made once."""
    return User.objects.filter(username="legal").first() or seat(person("legal", "司法员"), Role.LEGAL, w.editors)


def second_editor(w: SimpleNamespace) -> User:
    return seat(person("editor2", "编办二"), Role.ESTABLISHMENT, w.editors)


def said(version: ListVersion, item: Item, text: str = "", **changed) -> Said:
    """What a version says of an item, its first duty in other words if these are given."""
    told = said_in(ItemVersion.objects.get(version=version, item=item), duty_texts(item, version))
    if text:
        told = replace(told, duties=[replace(told.duties[0], text=text), *told.duties[1:]])
    return replace(told, **changed)


def begun(w: SimpleNamespace, at: datetime | None = None, **more) -> ListVersion:
    return begin(w.list_kind, by=w.of(w.establishment), at=at or w.at, **more)


def write(
    w: SimpleNamespace, draft: ListVersion, text: str = "负责查处和复查", item: Item | None = None, **more
) -> ItemVersion:
    """The establishment office writes at an item, on what stands there."""
    item, by = item or w.item, more.pop("by", w.establishment)
    wanted = said(draft, item, text, **more)
    return save_item(draft, item, said=wanted, seen=stamp(draft, item), by=w.of(by), at=w.at)


def written(w: SimpleNamespace, text: str = "负责查处和复查", **more) -> ListVersion:
    draft = begun(w)
    write(w, draft, text, **more)
    return draft


def forward(w: SimpleNamespace, draft: ListVersion, day: date | None = None, at: datetime | None = None) -> Change:
    """Put forward from a day on, tomorrow unless said, and not sent yet."""
    at = at or w.at
    said = {"title": "职责调整", "basis": "试验文号〔2026〕2号"}
    return propose(draft, **said, day=day or localdate(at) + DAY, by=w.of(w.establishment, at), at=at)


def approved(w: SimpleNamespace, draft: ListVersion, at: datetime | None = None, **more) -> Change:
    at = at or w.at
    change = forward(w, draft, at=at, **more)
    change = submit(change, seen=change.version, by=w.of(w.establishment, at), at=at)
    return approve(change, seen=change.version, by=w.of(legal(w), at), at=at)


def published(w: SimpleNamespace, text: str = "负责查处和复查", **more) -> ListVersion:
    """A version that came into force this very day: it was approved the day before."""
    w.at -= DAY
    approved(w, written(w, text, **more))
    w.at += DAY
    assert apply_due(w.at) == 1
    return latest(w.list_kind)
