"""A workbook of the list on its way into a draft: sent in pieces, compared off the request, saved when confirmed.

Reading is done by the worker, since nobody knows what a file does to its reader. Saving is done on the request: what
was compared is at hand and bounded, and whoever confirms learns at once that it is saved, or why nothing is.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accountability.actions import ListRefused, Wanted, take_in
from accountability.actions.writing import held
from accountability.models import Category, ListVersion
from desk import functionbook
from desk.actions import jobs
from desk.actions.jobs import ATTEMPTS, BATCH, KEPT, Overtaken, keep
from desk.listbook.comparing import Compared, compared, heard, told
from desk.listbook.reading import Book, read
from desk.listbook.sheets import Fault
from desk.models import ListImport, ListImportFault, ListImportItem, ListImportState
from files import receiving
from files.receiving import PieceRefused
from gateway.models import MOST_BYTES
from gateway.refusals import FileRefused
from grids.standing import Standing
from people.models import Unit, User

MOST_LOOSE = 20
MOST_FAULTS = 1_000
AT_REST = (ListImportState.READY, ListImportState.REFUSED)


@transaction.atomic
def begin(draft: ListVersion, *, size: int, name: str, by: Standing, at: datetime) -> ListImport:
    """Make room for a workbook of this many bytes. Raises ListRefused for whoever may not write at the draft."""
    held(draft, by)
    return make_room(size=size, name=name, by=by, at=at, draft=draft)


def make_room(*, size: int, name: str, by: Standing, at: datetime, **of: Model) -> ListImport:
    """For a workbook of a draft of the list, or of the functions. Raises PieceRefused: too_large, busy."""
    if not 0 < size <= MOST_BYTES:
        raise PieceRefused("too_large", _("A file may have 16 MB, and not nothing. Split it, or save it as .xlsx."))
    jobs.one_at_a_time(by.user)
    if ListImport.objects.of(by.user).filter(state=ListImportState.RECEIVING).count() >= MOST_LOOSE:
        raise PieceRefused("busy", _("You have sent many files without trying them. Wait a day, or ask a colleague."))
    return ListImport.objects.create(
        id=uuid4(), owner=by.user, name=receiving.plain(name), size=size, began_at=at, asked_at=at,
        expires_at=at + KEPT, language=get_language() or "zh-hans", **of,
    )  # fmt: skip


@transaction.atomic
def add_piece(pk: UUID, *, by: User, offset: int, data: bytes, at: datetime) -> ListImport:
    """Keep the next piece of a file of this person's; the last one seals it."""
    one = ListImport.objects.select_for_update().get(pk=pk, owner=by)
    if one.state == ListImportState.RECEIVING and not one.sha256:
        if receiving.keep_piece(one, offset=offset, data=data):
            receiving.seal(one, at=at)
        one.save(update_fields=["received", "sha256", "stored_at"])
    return one


@transaction.atomic
def compare(pk: UUID, *, by: Standing, at: datetime) -> ListImport:
    """Have it compared with the draft as it stands; once more where it was compared before. Twice changes nothing."""
    one = locked(pk, by.user)
    held(_draft(one), by)
    return put_down(one, by, at)


def put_down(one: ListImport, by: Standing, at: datetime) -> ListImport:
    """To be read and compared by a worker. Raises ListRefused: unfinished, busy."""
    if not one.sha256:
        raise ListRefused(_("The file has not arrived whole. Choose it again."), "unfinished")
    if one.state not in (ListImportState.RECEIVING, *AT_REST):
        return one
    if words := jobs.busy(ListImport.objects.all(), by.user, at):
        raise ListRefused(words, "busy")
    one.state, one.asked_at, one.expires_at, one.refusal = ListImportState.WAITING, at, at + KEPT, ""
    one.beat_at = one.queued_at = one.worker = None
    one.attempts, one.language = 0, get_language() or "zh-hans"
    one.save()
    return one


def run(pk: UUID, *, now: Callable[[], datetime]) -> None:
    """Read it and compare it, unless somebody else does or it is done; doing it twice finds the same."""
    one = jobs.take(ListImport.objects.select_related("draft__kind"), pk, now())
    if one is None:
        return
    with override(one.language):
        try:
            _compare(one)
        except FileRefused as refused:
            keep(one, state=ListImportState.REFUSED, refusal=str(refused)[:300])
        except FileNotFoundError:
            keep(one, state=ListImportState.REFUSED, refusal=_("The file is gone. Choose it again."))
        except Overtaken:
            return


def _compare(one: ListImport) -> None:
    if one.functions_id and one.attempts <= ATTEMPTS:
        _compare_functions(one)
        return
    if one.draft is None or one.attempts > ATTEMPTS:
        gone = _("There is no such draft any more. Begin another one.")
        failed = _("It could not be gone on with. Tell the system administrator; the log says why.")
        keep(one, state=ListImportState.REFUSED, refusal=failed if one.draft or one.functions_id else gone)
        return
    book = read(one.name, receiving.unsealed(one), one.draft)
    _kept(one, book, Compared() if book.faults else compared(one.draft, book.wanted))


@transaction.atomic
def _compare_functions(one: ListImport) -> None:
    """Its rows are kept as they are; the page shows them beside what is in force."""
    rows, faults = functionbook.read(one.name, receiving.unsealed(one))
    keep(one, state=ListImportState.READY, counts={"faults": len(faults)}, seen={"rows": [] if faults else rows})
    ListImportFault.objects.filter(of=one).delete()
    ListImportFault.objects.bulk_create(_faults(one, faults[:MOST_FAULTS]), batch_size=500)


@transaction.atomic
def _kept(one: ListImport, book: Book, found: Compared) -> None:
    """What was found takes the place of what an earlier reading found."""
    counts = {
        "new": len(found.new), "changed": len(found.changed), "gone": len(found.gone), "same": found.same,
        "faults": len(book.faults),
    }  # fmt: skip
    keep(one, state=ListImportState.READY, counts=counts, seen=found.seen)
    ListImportFault.objects.filter(of=one).delete()
    ListImportItem.objects.filter(of=one).delete()
    if book.faults:
        ListImportFault.objects.bulk_create(_faults(one, book.faults[:MOST_FAULTS]), batch_size=500)
        return
    items = [*_items(one, "new", found.new), *_items(one, "changed", found.changed)]
    items += [ListImportItem(of=one, code=code, what="gone") for code in found.gone]
    ListImportItem.objects.bulk_create(items, batch_size=1000)


def _faults(of: ListImport, faults: Sequence[Fault]) -> list[ListImportFault]:
    return [
        ListImportFault(
            of=of, number=number, sheet=one.sheet[:40], row=one.row, column=one.column[:60], why=one.why[:300]
        )
        for number, one in enumerate(faults, start=1)
    ]


def _items(of: ListImport, what: str, wanted: Sequence[Wanted]) -> list[ListImportItem]:
    return [ListImportItem(of=of, code=one.code, what=what, said=told(one)) for one in wanted]


@transaction.atomic
def save(pk: UUID, *, by: Standing, at: datetime) -> ListVersion:
    """Save what was compared in the draft, all of it or nothing; twice saves once.

    Raises ListRefused as `take_in` does: DraftMoved where the draft is not what it was compared with.
    """
    one = locked(pk, by.user)
    draft = _draft(one)
    if one.state == ListImportState.SAVED:
        return draft
    if one.state != ListImportState.READY or one.counts["faults"]:
        raise ListRefused(_("It cannot be saved now. Reload the page to see how it stands."), "wrong_state")
    wanted, off = wanted_of(one)
    take_in(draft, wanted, off=off, seen=one.seen, by=by, at=at)
    one.state = ListImportState.SAVED
    one.save(update_fields=["state"])
    return draft


def wanted_of(one: ListImport) -> tuple[list[Wanted], list[str]]:
    """The items that are to be written, and the codes of those that are to go."""
    units, categories = Unit.objects.in_bulk(), Category.objects.in_bulk()
    rows = list(one.items.order_by("code"))
    gone = ListImportItem.What.GONE
    wanted = [heard(row.code, row.said, units, categories) for row in rows if row.what != gone]
    return wanted, [row.code for row in rows if row.what == gone]


@transaction.atomic
def give_up(pk: UUID, *, by: User) -> ListImport:
    """A workbook that is not to be saved; nothing of it stays."""
    one = locked(pk, by)
    if one.state != ListImportState.SAVED:
        one.state = ListImportState.GIVEN_UP
        one.save(update_fields=["state"])
    return one


def locked(pk: UUID, owner: User) -> ListImport:
    rows = ListImport.objects.of(owner).select_for_update(of=("self",)).select_related("draft__kind")
    found: ListImport = rows.get(pk=pk)
    return found


def _draft(one: ListImport) -> ListVersion:
    if one.draft is None:
        raise ListRefused(_("There is no such draft any more. Begin another one."), "no_draft")
    return one.draft


@transaction.atomic
def sweep_away(at: datetime) -> int:
    """Files first: after a crash in between, the row is still there to be found."""
    over = list(ListImport.objects.over(at).select_for_update(skip_locked=True)[:BATCH])
    for one in over:
        receiving.drop(one)
        one.delete()
    return len(over)
