"""Who may wish that the list says something else, and who decides it; what a proposal must bring."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models import Proposal
from grids.standing import Standing
from people.models import THREE_ADMINS, Role
from people.words import said

MOST_CASES = 20
OUTSIDE = frozenset({Role.CITIZEN, *THREE_ADMINS})


class ProposalRefused(ValidationError):
    """Nothing is written: the message says why and what to do, the code says which rule."""

    def __init__(self, message: str, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


def may_propose(by: Standing) -> bool:
    """Everybody at work; the three administrators look after accounts, machine and logs."""
    return bool(by.roles - OUTSIDE)


def may_decide(by: Standing) -> bool:
    return Role.ESTABLISHMENT in by.roles


def check_proposer(by: Standing) -> None:
    if not may_propose(by):
        raise ProposalRefused(_("Proposals are made by those who work with the list."), "wrong_person")


def check_words(wish: str, reason: str) -> None:
    if not said(wish) or not said(reason):
        raise ProposalRefused(_("Write what the list shall say, and why."), "words_missing")


def check_decider(proposal: Proposal, by: Standing) -> None:
    """State, person, in this order."""
    if proposal.upshot:
        told = {"who": proposal.decided_by.name if proposal.decided_by else ""}
        raise ProposalRefused(_("It is decided already, by %(who)s."), "decided_already", told)
    if not may_decide(by):
        raise ProposalRefused(_("The establishment office decides on proposals for the list."), "wrong_person")
    if proposal.by_id == by.user_id:
        raise ProposalRefused(_("It is your own proposal: a colleague of the office decides it."), "same_person")
