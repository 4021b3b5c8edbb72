"""Cases that opened as an emergency by what was said: why, and that nobody lowers it without a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Urgency
from audit.asking import Question, broken
from cases.models import Case, Verb
from cases.moves import MoveRefused
from people.words import said

LOWERED = Question(
    gettext_lazy("Case %(number)s opened as an emergency by its words, but nobody said why it is less urgent now."),
    """
SELECT c.number FROM cases_case c JOIN cases_step o ON o.case_id = c.id AND o.verb = 'open'
 WHERE c.urgency <> 'extreme' AND o.facts->'alarm' IS NOT NULL
   AND NOT EXISTS (SELECT FROM cases_step a WHERE a.case_id = c.id AND a.verb = 'accept'
                      AND a.facts->>'urgency' <> 'extreme' AND a.note <> '')""",
)


def why_urgent(facts: Mapping[str, Any]) -> str:
    """In words, from the facts of its first step; "" where nothing of the kind was said."""
    told = facts.get("alarm")
    if not told:
        return ""
    words = {"words": _(", ").join(told["words"]), "situation": told["name"]}
    return _("opened as an emergency: “%(words)s” was said, words of “%(situation)s”") % words


def check_lowered(case: Case, urgency: str, note: str) -> None:
    """Whoever looks may find it less urgent, and says why."""
    if case.urgency != Urgency.EXTREME or urgency == Urgency.EXTREME or said(note):
        return
    first = case.steps.filter(verb=Verb.OPEN).first()
    if first is not None and first.facts.get("alarm"):
        sentence = _("It was %(why)s. Say in the note why it can wait: who looked, or what it is.")
        raise MoveRefused(sentence, code="note_missing", params={"why": why_urgent(first.facts)})


def faults() -> Iterator[str]:
    return broken((LOWERED,), {})
