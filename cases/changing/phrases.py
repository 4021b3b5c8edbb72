"""Stock phrases by reviewed change: which words are flagged as saying nothing. What was flagged stays flagged."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.changing import posts
from cases.changing.touching import Found, of_the_first, touched
from cases.models import Case, Step, StockPhrase
from cases.wording import bare, says_nothing
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table

NAME = gettext_lazy("Stock phrases")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("cases.StockPhrase",)
WHOLE = "all"
# Of how many days the notes of open cases are looked at, and of how many notes, the newest first.
DAYS, READ_AT_MOST = 30, 2000

TABLES = (
    Table(
        "phrases",
        NAME,
        ("words",),
        (Column("words", gettext_lazy("Words"), "text", longest=60), Column("basis", gettext_lazy("Basis"), "fixed")),
        spare=3,
    ),
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(WHOLE, label(WHOLE))]


def label(subject: str) -> str:
    if subject != WHOLE:
        raise ChangeRefused(_("There is one list of phrases only."), "unknown_subject")
    return _("All stock phrases")


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    return {"phrases": [{"words": one.words, "basis": one.basis} for one in StockPhrase.objects.order_by("pk")]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    seen: set[str] = set()
    for row in after["phrases"]:
        words = bare(row["words"])
        if not words:
            raise ChangeRefused(_("Write words: figures and signs alone say nothing to look for."), "no_words")
        if words in seen:
            told = {"words": row["words"]}
            raise ChangeRefused(_("“%(words)s” stands here twice. Keep it once."), "named_twice", told)
        seen.add(words)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Which notes in open cases would have been flagged by the new list and not by the old, and the other way round."""
    old, new = _words(before["phrases"]), _words(after["phrases"])
    steps = Step.objects.filter(summons__isnull=False, at__gt=at - timedelta(days=DAYS), case__in=Case.objects.open())
    looked = steps.exclude(note="").select_related("unit").order_by("-pk")[:READ_AT_MOST]
    notes = [(step, bare(step.note)) for step in looked]
    said = _("Steps already taken keep what was flagged. The figures are of notes of the last %(days)s days.")
    return Impact(
        lines=[said % {"days": DAYS}, *of_the_first(len(notes), READ_AT_MOST)],
        touched=[
            *touched(_("Notes that would have been flagged"), _flagged(notes, new - old, old)),
            *touched(_("Notes that would no longer have been flagged"), _flagged(notes, old - new, new)),
        ],
    )


def apply(change: Any, at: datetime) -> None:
    before, after = (_by_words(rows["phrases"]) for rows in (change.before, change.after))
    StockPhrase.objects.filter(words__in=before.keys() - after.keys()).delete()
    basis = change.basis[:200]
    StockPhrase.objects.bulk_create(
        StockPhrase(words=words, basis=row["basis"] or basis) for words, row in after.items() if words not in before
    )


def _flagged(notes: Iterable[tuple[Step, str]], these: set[str], others: set[str]) -> list[Found]:
    """Notes that are like one of these and like none of the others."""
    return [
        Found(step.unit, "case", step.case_id)
        for step, words in notes
        if words and says_nothing(words, these) and not says_nothing(words, others)
    ]


def _words(rows: Iterable[Row]) -> set[str]:
    return {bare(row["words"]) for row in rows}


def _by_words(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["words"]: row for row in rows}
