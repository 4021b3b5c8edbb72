"""A file of another system, from its first piece to the word to take it in; each changes one row of `Import`."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from files import receiving
from files.receiving import PieceRefused
from gateway.mapping import named
from gateway.models import MOST_BYTES, Import, ImportState
from people.models import User

MOST_LOOSE = 20
BATCH = 50


class ImportRefused(Exception):
    """This cannot be done with this import now: a code for programs and a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@transaction.atomic
def begin(*, size: int, name: str, by: User, at: datetime) -> Import:
    """Make room for one file of this many bytes; nothing of it has come yet."""
    if not 0 < size <= MOST_BYTES:
        raise PieceRefused("too_large", _("A file may have 16 MB, and not nothing. Split it, or save it as .xlsx."))
    User.objects.select_for_update().get(pk=by.pk)
    if Import.objects.filter(sender=by, state__in=(ImportState.RECEIVING, ImportState.STORED)).count() >= MOST_LOOSE:
        raise PieceRefused("busy", _("You have sent many files without trying them. Wait a day, or ask a colleague."))
    return Import.objects.create(id=uuid4(), sender=by, name=receiving.plain(name), size=size, began_at=at)


@transaction.atomic
def add_piece(pk: UUID, *, by: User, offset: int, data: bytes, at: datetime) -> Import:
    """Keep the next piece of a file of this person's; the last one seals it."""
    one = Import.objects.select_for_update().get(pk=pk, sender=by)
    if one.state != ImportState.RECEIVING:
        return one
    if receiving.keep_piece(one, offset=offset, data=data):
        receiving.seal(one, at=at)
        one.state = ImportState.STORED
    one.save(update_fields=["received", "sha256", "state", "stored_at"])
    return one


@transaction.atomic
def check(pk: UUID, *, mapping: str, by: User, at: datetime) -> Import:
    """Every row is to be tried; asking twice changes nothing. Raises MappingRefused."""
    one = Import.objects.select_for_update().get(pk=pk, sender=by)
    named(mapping)
    if one.state == ImportState.RECEIVING:
        raise ImportRefused("unfinished", _("The file has not arrived whole. Choose it again."))
    if one.state == ImportState.STORED:
        one.mapping, one.state, one.asked_at = mapping, ImportState.CHECKING, at
        one.save(update_fields=["mapping", "state", "asked_at"])
    return one


@transaction.atomic
def take(pk: UUID, *, by: User, at: datetime) -> Import:
    """Every row is to be taken in; asking twice changes nothing."""
    one = Import.objects.select_for_update().get(pk=pk)
    if one.state in (ImportState.TAKING, ImportState.DONE):
        return one
    if one.state != ImportState.CHECKED:
        raise ImportRefused("wrong_state", _("It cannot be taken in now. Reload the page to see how it stands."))
    one.faults.all().delete()
    one.state, one.done, one.taken_by, one.asked_at, one.heard_at = ImportState.TAKING, 0, by, at, None
    one.save(update_fields=["state", "done", "taken_by", "asked_at", "heard_at"])
    return one


@transaction.atomic
def give_up(pk: UUID, *, at: datetime) -> Import:
    """A file that was tried is not taken in; nothing of its content stays."""
    one = Import.objects.select_for_update().get(pk=pk)
    if one.state not in (ImportState.CHECKED, ImportState.CHECKING, ImportState.GIVEN_UP):
        raise ImportRefused("wrong_state", _("It cannot be given up now. Reload the page to see how it stands."))
    one.state, one.ended_at = ImportState.GIVEN_UP, one.ended_at or at
    one.save(update_fields=["state", "ended_at"])
    return one


def sweep_away(at: datetime) -> None:
    """What nobody went on with for a day is given up; what has ended needs its file no more."""
    _give_up_forgotten(at)
    for one in Import.objects.over()[:BATCH]:
        receiving.drop(one)
        Import.objects.filter(pk=one.pk).update(kept=False)


@transaction.atomic
def _give_up_forgotten(at: datetime) -> None:
    """The row goes with its file where nothing was tried yet."""
    for one in Import.objects.forgotten(at).select_for_update(skip_locked=True)[:BATCH]:
        if one.state == ImportState.CHECKED:
            give_up(one.pk, at=at)
        else:
            receiving.drop(one)
            one.delete()
