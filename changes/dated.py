"""Rows that hold from a day on: none is overtaken by another one, and none is written past a change."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.asking import Question
from changes.kinds import ChangeRefused


def check_none_later(rows: QuerySet, day: date) -> None:
    """Raises ChangeRefused where rows from this day on, or from a later one, are there already."""
    later = rows.filter(since__gte=day).order_by("-since").values_list("since", flat=True).first()
    if later:
        told = {"day": later.isoformat()}
        raise ChangeRefused(
            _("There are rows from %(day)s on already. Choose a later day."), "another_from_that_day", told
        )


def reviewed(table: str, kind: str) -> tuple[Question, Question]:
    """Once a change has written rows of this table, every later one names a change of its own and its day."""
    past = Question(
        gettext_lazy("Row %(id)s of %(name)s follows a reviewed change, but names none of its own."),
        f"""
SELECT t.id, '{table}' AS name FROM {table} t
 WHERE t.change_id IS NULL AND EXISTS (
    SELECT FROM {table} r WHERE r.change_id IS NOT NULL AND r.since < t.since)""",
    )
    other_day = Question(
        gettext_lazy(
            "Row %(id)s of %(name)s holds from %(since)s, but change %(change)s was in force from %(day)s, if at all."
        ),
        f"""
SELECT t.id, '{table}' AS name, t.since, c.id AS change, c.in_force_from AS day FROM {table} t
  JOIN changes_change c ON c.id = t.change_id
 WHERE c.kind <> '{kind}' OR c.applied_at IS NULL OR c.in_force_from <> t.since""",
    )
    return past, other_day
