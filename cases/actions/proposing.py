"""Proposals for the responsibility list: made by anybody at work, decided with reasons by the establishment office."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.models import Item
from cases.models import Case, Proposal, Upshot
from cases.proposing import MOST_CASES, ProposalRefused, check_decider, check_proposer, check_words
from grids.standing import Standing
from outbox.actions import put
from people.words import said

LONGEST = 1000


@transaction.atomic
def propose(
    item: Item | None, *, wish: str, reason: str, numbers: Collection[str] = (), by: Standing, at: datetime
) -> Proposal:
    """Wish that the list says something else; `numbers` are of cases that the proposer sees. The office is told.

    Raises ProposalRefused: wrong_person, words_missing, too_many_cases, unknown_case, asked_already.
    """
    check_proposer(by)
    check_words(wish, reason)
    cases = _cases(numbers, by)
    if item and Proposal.objects.open().filter(by=by.user_id, item=item).exists():
        raise ProposalRefused(
            _("Your proposal for this item waits for the establishment office already."), "asked_already"
        )
    made = Proposal.objects.create(
        item=item, wish=said(wish)[:LONGEST], reason=said(reason)[:LONGEST], by=by.user, unit=by.user.unit, made_at=at
    )
    made.cases.set(cases)
    _tell(made, "made")
    return made


@transaction.atomic
def answer_proposal(proposal: Proposal, *, upshot: str, answer: str, by: Standing, at: datetime) -> Proposal:
    """Say what becomes of it, and why; whoever made it is told. The list changes by a reviewed change of its own.

    Raises ProposalRefused: decided_already, wrong_person, same_person, no_upshot, words_missing.
    """
    mine = Proposal.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=proposal.pk)
    check_decider(mine, by)
    if upshot not in Upshot.values:
        raise ProposalRefused(_("Say whether it is taken up."), "no_upshot")
    if not said(answer):
        raise ProposalRefused(_("Write the reason: whoever made the proposal reads it."), "words_missing")
    mine.upshot, mine.answer, mine.decided_by, mine.decided_at = upshot, said(answer)[:LONGEST], by.user, at
    mine.save(update_fields=["upshot", "answer", "decided_by", "decided_at"])
    _tell(mine, "decided")
    return mine


def _cases(numbers: Collection[str], by: Standing) -> list[Case]:
    wanted = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if len(wanted) > MOST_CASES:
        raise ProposalRefused(_("Name the %(most)s cases that show it best."), "too_many_cases", {"most": MOST_CASES})
    found = {case.number: case for case in Case.objects.visible_to(by).filter(number__in=wanted)}
    missing = [number for number in wanted if number not in found]
    if missing:
        told = {"number": missing[0]}
        raise ProposalRefused(
            _("There is no case %(number)s that you can see. Check the number."), "unknown_case", told
        )
    return list(found.values())


def _tell(proposal: Proposal, what: str) -> None:
    key = f"proposal:{proposal.pk}"
    put("proposal", dedupe_key=f"{key}:{what}", partition_key=key, payload={"proposal": proposal.pk, "what": what})
