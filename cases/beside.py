"""What may hang on a case beside its summonses: disputes, joint actions, other cases. Most cases have none of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.kept import Kept
from cases.models import Case, Dispute, JointMember, Link
from files.models import Photo


def hang(case: Case) -> bool:
    """Give the case what hangs on it as a prefetch would, so that the questions of the tables ask nothing again.

    Tells whether photos do, too: they are of no table, and read where they are shown.
    """
    found = _what(case=case.pk)
    declined, gathered, joined, photographed = found[0] if found else (False, False, False, False)
    found_links = links(case=case.pk) if joined else []
    case._prefetched_objects_cache |= {  # type: ignore[attr-defined]
        "disputes": disputes(case=case.pk) if declined else [],
        "joint_members": members(case) if gathered else [],
        **both_ways(case, found_links),
    }
    return photographed


def both_ways(case: Case, found: list[Link]) -> dict[str, list[Link]]:
    """What the case hangs on, and what hangs on it."""
    return {
        "links_up": [link for link in found if link.child_id == case.pk],
        "links_down": [link for link in found if link.main_id == case.pk],
    }


def members(case: Case) -> list[JointMember]:
    found = _members(case=case.pk)
    for member in found:
        member.case = case
    return found


@Kept
def disputes(case: int) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(case=case).select_related("unit", "believed", "called", "duty__item_version__version")
    return rows.order_by("pk")


@Kept
def links(case: int) -> QuerySet[Link]:
    rows = Link.objects.standing().filter(Q(child=case) | Q(main=case)).select_related("child", "main")
    return rows.order_by("pk")


@Kept
def _members(case: int) -> QuerySet[JointMember]:
    return JointMember.objects.filter(case=case).select_related("joint", "summons__unit").order_by("-joint", "pk")


@Kept
def _what(case: int) -> QuerySet:
    """Whether there are disputes, members of joint actions, links, photos."""
    mine = {"case": OuterRef("pk")}
    hung = Link.objects.standing().filter(Q(child=OuterRef("pk")) | Q(main=OuterRef("pk")))
    photos = Photo.objects.filter(subject_kind="case", subject_id=OuterRef("pk"))
    asked = (Dispute.objects.filter(**mine), JointMember.objects.filter(**mine), hung, photos)
    return Case.objects.filter(pk=case).values_list(*(Exists(rows) for rows in asked))
