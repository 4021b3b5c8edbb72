"""Saving, changing and deleting the views that somebody keeps of the list of cases."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desk.models import SavedView
from people.models import Unit, User
from people.words import said

MOST = 30


class ViewRefused(ValidationError):
    """Why a view is not saved so."""


@transaction.atomic
def save_view(owner: User, *, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep this question under a name; a name that is taken stands for the new question from now on."""
    owner = User.objects.select_for_update().get(pk=owner.pk)
    mine = SavedView.objects.of(owner)
    if mine.exclude(name=_named(name)).count() >= MOST:
        raise ViewRefused(_("You keep %(most)s views already. Delete one first.") % {"most": MOST}, code="too_many")
    kept = {"query": query, "shared_with": _unit(owner, shared)}
    view, _made = SavedView.objects.update_or_create(owner=owner, name=_named(name), defaults=kept)
    return view


@transaction.atomic
def change_view(view: SavedView, *, name: str, shared: bool, is_default: bool) -> SavedView:
    """Another name, shared with the unit or not, the first one to be shown or not."""
    owner = User.objects.select_for_update().get(pk=view.owner_id)
    others = SavedView.objects.of(owner).exclude(pk=view.pk)
    if others.filter(name=_named(name)).exists():
        raise ViewRefused(_("You have another view of this name."), code="name_taken")
    if is_default:
        others.update(is_default=False)
    view.name, view.shared_with, view.is_default = _named(name), _unit(owner, shared), is_default
    view.save(update_fields=["name", "shared_with", "is_default"])
    return view


def delete_view(view: SavedView) -> None:
    view.delete()


def _named(name: str) -> str:
    words = said(name)[:40]
    if not words:
        raise ViewRefused(_("Give the view a name, for example “Overdue in my street”."), code="name_missing")
    return words


def _unit(owner: User, shared: bool) -> Unit | None:
    if shared and owner.unit is None:
        raise ViewRefused(_("You belong to no unit, so there is nobody to share it with."), code="no_unit")
    return owner.unit if shared else None
