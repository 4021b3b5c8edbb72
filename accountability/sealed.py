"""What must always hold of the list: its versions follow one another, and each says what its change put in force."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import ListVersion
from accountability.seals import chained, digests, flow_digest, manual_digest, whole
from accountability.writings import writings_in
from audit.asking import Question, broken

PAST_REVIEW = Question(
    gettext_lazy("Version %(number)s of the list %(list)s follows a reviewed one, but names no change in force."),
    """
SELECT v.number, k.code AS list FROM accountability_listversion v JOIN accountability_listkind k ON k.id = v.kind_id
  LEFT JOIN changes_change c ON c.id = v.change_id
 WHERE v.number IS NOT NULL AND (c.applied_at IS NULL OR c.kind <> 'list' OR c.in_force_from <> v.in_force_from)
   AND (v.change_id IS NOT NULL OR EXISTS (
    SELECT FROM changes_change r WHERE r.kind = 'list' AND r.subject = k.code AND r.applied_at IS NOT NULL
       AND r.in_force_from <= v.in_force_from))""",
)
NOT_ON_END = Question(
    gettext_lazy("Version %(number)s of the list %(list)s ends on %(until)s, but the next one does not begin then."),
    """
SELECT v.number, v.in_force_until AS until, k.code AS list
  FROM accountability_listversion v JOIN accountability_listkind k ON k.id = v.kind_id
  LEFT JOIN accountability_listversion n ON n.kind_id = v.kind_id AND n.number = v.number + 1
 WHERE v.number IS NOT NULL AND v.in_force_until IS DISTINCT FROM n.in_force_from""",
)
UNNAMED = Question(
    gettext_lazy("Change %(id)s of the list is in force since %(day)s, but no version says so."),
    """
SELECT c.id, c.in_force_from AS day FROM changes_change c
 WHERE c.kind = 'list' AND c.applied_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM accountability_listversion v WHERE v.change_id = c.id AND v.number IS NOT NULL)""",
)


def faults() -> Iterator[str]:
    yield from broken((PAST_REVIEW, NOT_ON_END, UNNAMED))
    for version in ListVersion.objects.numbered().select_related("kind", "change").order_by("kind", "number"):
        yield from _of(version)


def _of(version: ListVersion) -> Iterator[str]:
    """Each item against its digest, all of them against that of the version, and this against chain and change."""
    told = {"list": version.kind.code, "number": version.number}
    sealed = dict(version.items.values_list("item__code", "digest"))
    now = digests(version)
    for code in sorted(code for code in now if now[code] != sealed[code]):
        yield _("Version %(number)s of the list %(list)s: %(code)s says something else than was put in force.") % {
            **told, "code": code,
        }  # fmt: skip
    yield from _writings_of(version, told)
    if whole(now) != version.digest:
        yield _("Version %(number)s of the list %(list)s holds other items or words than were put in force.") % told
    before = version.kind.versions.filter(number__lt=version.number).order_by("-number").first()
    if chained(version, before.chain if before else "") != version.chain:
        yield (
            _("Version %(number)s of the list %(list)s breaks the chain: its day, its name or what was before.") % told
        )
    if version.change and version.change.after["versions"][0]["digest"] != version.digest:
        yield _("Version %(number)s of the list %(list)s says something else than its change was approved for.") % told


def _writings_of(version: ListVersion, told: dict[str, Any]) -> Iterator[str]:
    """Which of the flows and manuals says something else; one that is gone shows in the digest of its item."""
    codes = dict(version.items.values_list("pk", "item__code"))
    changed_flow = _("Version %(number)s of the list %(list)s: the flow of %(code)s was changed in the database.")
    changed_manual = _("Version %(number)s of the list %(list)s: the manual of %(code)s was changed in the database.")
    for said, (flow, manual) in sorted(writings_in(version).items(), key=lambda one: codes[one[0]]):
        if flow and flow_digest(flow.basis, flow.steps.all()) != flow.digest:
            yield changed_flow % {**told, "code": codes[said]}
        if manual and manual_digest(manual) != manual.digest:
            yield changed_manual % {**told, "code": codes[said]}
