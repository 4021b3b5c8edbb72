"""The functions of departments (职能目录) as rows: what a version says, and how it is sealed.

Each version holds all functions. Loaded once, they are changed by reviewed change (`cases.changing.functions`), part by
part: what is put in force is a copy of the version before it with the rows of one part in place of what stood there.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Function, FunctionList
from accountability.seals import hashed
from audit.asking import Question, broken

SAID = ("code", "area", "title", "kind", "amount", "answer", "words")
PAST_REVIEW = Question(
    gettext_lazy("Version %(number)s of the functions follows a reviewed one, but names no change in force."),
    """
SELECT f.number FROM accountability_functionlist f LEFT JOIN changes_change c ON c.id = f.change_id
 WHERE (c.applied_at IS NULL OR c.kind <> 'functions' OR c.in_force_from <> f.in_force_from)
   AND (f.change_id IS NOT NULL OR EXISTS (
    SELECT FROM accountability_functionlist r WHERE r.change_id IS NOT NULL AND r.number < f.number))""",
)
UNNAMED = Question(
    gettext_lazy("Change %(id)s of the functions is in force since %(day)s, but no version says so."),
    """
SELECT c.id, c.in_force_from AS day FROM changes_change c
 WHERE c.kind = 'functions' AND c.applied_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM accountability_functionlist f WHERE f.change_id = c.id)""",
)


def rows_of(version: FunctionList | None, **only: str) -> list[dict[str, Any]]:
    """What a version says, by code, as plain values: units by their code, nothing as None."""
    found = Function.objects.filter(version=version, **only).select_related("unit").order_by("code")
    return [as_row(one) for one in found] if version else []


def as_row(one: Function) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in SAID}
    return {**plain, "unit": one.unit.code if one.unit else None, "time_unit": one.time_unit or None}


def standing(day: date) -> QuerySet[Function]:
    """The functions of the version in force on this day; one statement."""
    return Function.objects.filter(version=FunctionList.objects.standing(day).values("pk")[:1])


def in_force(day: date) -> FunctionList | None:
    found: FunctionList | None = FunctionList.objects.in_force(day)
    return found


def seal(version: FunctionList) -> None:
    """Write what a version says, and the chain of versions, as digests; the one before it is sealed already."""
    version.digest = hashed(rows_of(version))
    version.chain = _chained(version)
    version.save(update_fields=["digest", "chain"])


def faults() -> Iterator[str]:
    """Its versions follow one another, and each says what its change put in force."""
    yield from broken((PAST_REVIEW, UNNAMED))
    for version in FunctionList.objects.order_by("number"):
        told = {"number": version.number}
        if hashed(rows_of(version)) != version.digest:
            yield _("Version %(number)s of the functions says something else than was put in force.") % told
        if _chained(version) != version.chain:
            yield (
                _("Version %(number)s of the functions breaks the chain: its day, its name or what was before.") % told
            )


def _chained(version: FunctionList) -> str:
    before = FunctionList.objects.filter(number__lt=version.number).order_by("-number").first()
    named = [version.number, str(version.in_force_from), version.label, version.basis, version.reference]
    return hashed([before.chain if before else "", *named, version.digest])
