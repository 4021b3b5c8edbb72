"""What those who reported it said: which word of each counts, and when they may be asked by somebody else once more.

Of each person the last answer of a round counts. A call that reached nobody never takes the place of an answer, and
the answer to a second asking comes from another caller than the first (`engagement.actions.answering` sees to that):
so where two answers stand side by side, the later one counts, and the earlier one stays on record.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Step, Verb
from cases.moves import Deed, MoveRefused
from cases.reopening import AGAIN

SAID = (Verb.HEAR, Verb.CALL_BACK, Verb.RATE)
# What begins a round.
ROUNDS = (Verb.REWORK, *AGAIN)
OF_A_ROUND = (*ROUNDS, *SAID)


def last_words(steps: Iterable[Step]) -> list[Step]:
    """Of the case's own steps in their order: the word that counts of each who was asked in the last round."""
    told: dict[Any, Step] = {}
    for step in steps:
        who = step.facts.get("report")
        if step.verb in ROUNDS:
            told = {}
        elif step.verb in SAID and (answered(step) or who not in told or not answered(told[who])):
            told[who] = step
    return sorted(told.values(), key=lambda step: step.seq)


def answered(step: Step) -> bool:
    return step.facts.get("solved") is not None


def counts(step: Step) -> bool:
    """Whether an answer speaks for or against a unit: not where two people of the district have left it out."""
    return step.facts.get("counts") is not False


def said_in_this_round(case: Case) -> list[Step]:
    """What everybody who was asked has said in this round; of each person the word that counts."""
    return last_words(case.steps.filter(verb__in=OF_A_ROUND, summons=None).order_by("seq"))


def may_be_asked_again(case: Case) -> None:
    """Somebody has answered, and nobody was asked a second time in this round."""
    if asked_again(case) is not None:
        raise MoveRefused(
            _("They were asked a second time already. Whoever still doubts it sends it back, with the reason."),
            code="asked_twice",
        )
    if not any(map(answered, said_in_this_round(case))):
        raise MoveRefused(_("Nobody has answered yet, so there is no answer to doubt."), code="no_answer_yet")


def asked_again(case: Case) -> Step | None:
    """The step by which people are asked a second time in this round."""
    return case.steps.filter(verb=Verb.ASK_AGAIN, facts__round=case.round).order_by("-seq").first()


def note_round(case: Case, deed: Deed) -> None:
    """A second asking counts for its round alone."""
    deed.facts["round"] = case.round


def against_their_word(case: Case) -> bool:
    """Whether closing it now goes against what somebody said: then its words say why, too."""
    return any(map(unhappy, said_in_this_round(case)))


def unhappy(said: Step) -> bool:
    return said.facts.get("solved") is False or said.facts.get("grade") == "dissatisfied"
