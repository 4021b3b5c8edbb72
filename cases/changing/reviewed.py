"""What must always hold: the words of the whole district are written by changes that two people made."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

PAST_REVIEW = Question(
    _("Reply template %(id)s (“%(title)s”) was changed past the review that the templates of the district go by."),
    """
SELECT t.id, t.title FROM cases_replytemplate t LEFT JOIN changes_change c ON c.id = t.change_id
 WHERE t.unit_id IS NULL AND (t.change_id IS NOT NULL AND (c.kind <> 'templates' OR c.applied_at IS NULL)
    OR t.change_id IS NULL AND t.changed_at > (
       SELECT min(applied_at) FROM changes_change WHERE kind = 'templates' AND subject = t.verb))""",
)
UNNAMED = Question(
    _("Reply template %(id)s belongs to a unit, but names a change of the district's templates."),
    "SELECT id FROM cases_replytemplate WHERE unit_id IS NOT NULL AND change_id IS NOT NULL",
)


def faults() -> Iterator[str]:
    return broken((PAST_REVIEW, UNNAMED), {})
