"""A draft that was approved becomes the version in force, on its day; what was in force ends on that day."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.actions.writing import copy_items
from accountability.duties import latest
from accountability.listing import check_same, version_named
from accountability.models import ListVersion
from accountability.seals import seal
from audit.actions import note
from audit.models import Event
from changes.models import Change


@transaction.atomic
def publish(change: Change, *, at: datetime) -> ListVersion:
    """Give the draft that this change names its number and its day.

    One that has a number already comes again as a copy: a roll-back is a new version. Raises ChangeRefused
    (edited_since) where the draft does not say any more what was approved.
    """
    said = version_named(change.after)
    check_same(said, change.after)
    last = latest(said.kind)
    version = said if said.number is None else _copy(said)
    version.base = last
    if last:
        ListVersion.objects.filter(pk=last.pk).update(in_force_until=change.in_force_from)
    version.number, version.in_force_from = _next(last), change.in_force_from
    version.change, version.basis = change, change.basis
    version.made_by, version.made_at = change.drafted_by, at
    told = {"number": version.number, "day": version.in_force_from.isoformat()}
    with translation.override(settings.LANGUAGE_CODE):
        version.label = _("Version %(number)s, in force from %(day)s") % told
    version.save()
    seal(version)
    note(Event.LIST_CHANGED, by=change.decided_by, subject=("list", version.number), reason=version.label)
    return version


def _next(last: ListVersion | None) -> int:
    return (last.number or 0) + 1 if last else 1


def _copy(said: ListVersion) -> ListVersion:
    made = ListVersion.objects.create(kind=said.kind, label=said.label, reference=said.reference)
    copy_items(said, made)
    return made
