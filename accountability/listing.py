"""How a change names a version of the list: by its id and by the digest of all that it says."""

from datetime import date

from django.utils.translation import gettext as _

from accountability.duties import latest
from accountability.flows import check_flows
from accountability.models import ListKind, ListVersion
from accountability.seals import digests, whole
from accountability.wordings import ListRefused, check_whole
from changes.kinds import ChangeRefused, Rows

KIND = "list"  # of `settings.CHANGE_KINDS`
ROWS = "versions"


def named(version: ListVersion | None) -> Rows:
    """The rows by which a change names this version."""
    if version is None:
        return {ROWS: []}
    digest = version.digest if version.number else ""
    return {ROWS: [{"version": version.pk, "digest": digest or whole(digests(version))}]}


def version_named(rows: Rows) -> ListVersion:
    """The version that these rows name. Raises ChangeRefused (unknown_version)."""
    found = (row["version"] for row in rows.get(ROWS, []))
    version = ListVersion.objects.select_related("kind", "base").filter(pk=next(found, None)).first()
    if version is None:
        raise ChangeRefused(_("The draft that this change names is gone. Begin another one."), "unknown_version")
    return version


def kind_named(code: str) -> ListKind:
    kind = ListKind.objects.filter(code=code).first()
    if kind is None:
        raise ChangeRefused(_("There is no such list."), "unknown_subject")
    return kind


def check_to_come(kind: ListKind, before: Rows, after: Rows, day: date) -> None:
    """Raises ChangeRefused for a version that may not be in force from this day on."""
    version, last = version_named(after), latest(kind)
    if version.kind_id != kind.pk:
        raise ChangeRefused(_("This draft belongs to another list."), "other_list")
    if last and last.in_force_from >= day:
        told = {"number": last.number, "day": last.in_force_from.isoformat()}
        raise ChangeRefused(
            _("Version %(number)s is in force from %(day)s on, and two versions never overlap. Choose a later day."),
            "range_overlaps", told,
        )  # fmt: skip
    now = check_same(version, after)
    if before[ROWS] and now == before[ROWS][0]["digest"]:
        raise ChangeRefused(_("Nothing is changed yet. Change an item of the draft first."), "nothing_changed")
    if version.number is None and last and version.base_id != last.pk:
        raise ChangeRefused(
            _("Another version came into force since this draft began. Bring the draft up to date first."),
            "base_changed",
        )
    _check_whole(version)


def check_same(version: ListVersion, after: Rows) -> str:
    """The digest of what a version says. Raises ChangeRefused where it is another one than the change names."""
    now: str = named(version)[ROWS][0]["digest"]
    if now != after[ROWS][0]["digest"]:
        raise ChangeRefused(
            _("Somebody wrote at the draft after it was put forward. Read it again and put it forward anew."),
            "edited_since",
        )
    return now


def _check_whole(version: ListVersion) -> None:
    try:
        check_whole(version)
        check_flows(version)
    except ListRefused as refusal:
        raise ChangeRefused(refusal.sentence, str(refusal.code)) from None
