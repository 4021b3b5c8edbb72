"""What the case hangs on and what hangs on it, as far as the reader sees the other end."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Kind, Link
from desk.case_page.rows import Rows

UP = {Kind.MERGED: _("Merged into"), Kind.REPEAT: _("Answered with"), Kind.CHILD: _("A part of")}
DOWN = {Kind.MERGED: _("Merged into this one"), Kind.REPEAT: _("The same again later"), Kind.CHILD: _("Part")}


@dataclass(frozen=True)
class Hanging:
    """One other case, and how the two belong together."""

    words: str | Promise
    case: Case
    reason: str


def hanging(rows: Rows) -> list[Hanging]:
    """What it hangs on first."""
    case, links = rows.case, [*rows.case.links_up.all(), *rows.case.links_down.all()]
    others = [_other(link, case) for link in links]
    seen = set(
        Case.objects.visible_to(rows.standing).filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True)
        if others
        else ()
    )
    pairs = zip(links, others, strict=True)
    return [Hanging(_words(link, case), other, link.reason) for link, other in pairs if other.pk in seen]


def _other(link: Link, case: Case) -> Case:
    return link.main if link.child_id == case.pk else link.child


def _words(link: Link, case: Case) -> str | Promise:
    return (UP if link.child_id == case.pk else DOWN)[Kind(link.kind)]
