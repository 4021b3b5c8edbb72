"""Confidential cases (保密件): who handles one reads the matter, never who reported it nor their own words.

The one home of the rule for everything that shows a case; `cases.confided` asks that rows and steps say the same.
Source: domain §2.11, after leaks by which the reported party came to the reporter's door.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, CaseTerms, State, Step, Verb
from cases.moves import Deed, Facts, MoveRefused
from cases.terms import terms_of
from grids.standing import Standing
from people.models import Role
from people.words import said

# Who knows of a confidential case whom it came from; all others go through the hotline.
KEEPERS = (Role.CLERK, Role.DISTRICT_DESK, Role.INSPECTOR)

# What the first step of a confidential case tells everybody.
OF_THE_OFFICES = ("confidential", "part_of")


def keeps(case: Case, by: Standing) -> bool:
    """Whether this reader may learn whom the case came from, and in which words."""
    return not case.confidential or any(by.over(role, case.place_code) for role in KEEPERS)


def facts_for(step: Step, by: Standing) -> dict[str, Any]:
    """The facts of a step as this reader may have them: with the first one stands what came in with the report."""
    if step.verb != Verb.OPEN or keeps(step.case, by):
        return step.facts
    return {name: step.facts[name] for name in OF_THE_OFFICES if name in step.facts}


def is_open(case: Case) -> None:
    if case.confidential:
        sentence = _("It is confidential already. Only an inspector lifts that.")
        raise MoveRefused(sentence, code="concealed_already")


def is_hidden(case: Case) -> None:
    if not case.confidential:
        raise MoveRefused(_("It is not confidential, so there is nothing to lift."), code="not_concealed")


def has_own_words(case: Case, facts: Facts, at: datetime) -> None:
    """What stays readable was written by whoever hides the rest: the first summary may be the reporter's sentence."""
    if not said(str(facts.get("summary", ""))):
        sentence = _("Say in your own words what the matter is: those who handle it read only this.")
        raise MoveRefused(sentence, code="summary_missing")
    if case.state == State.REPORTED:
        _differs(case.summary, str(facts["summary"]))


def check_own_words(case: Case, before: str) -> None:
    """What the street hides while it accepts, it says in other words than came in."""
    if not case.confidential:
        _differs(before, case.summary)


def _differs(before: str, now: str) -> None:
    """Until it is accepted, the summary is the first sentence of the report."""
    if before.strip() == now.strip():
        sentence = _("This is still the reporter's own sentence. Say in other words what the matter is.")
        raise MoveRefused(sentence, code="summary_verbatim")


def conceal(case: Case, deed: Deed) -> None:
    """From now on hidden; the matter and its place stand in the words of whoever decided it."""
    case.confidential = True
    case.summary = said(str(deed.facts["summary"]))[:200]
    case.place = said(str(deed.facts.get("place", case.place)))[:120]
    CaseTerms.objects.filter(case=case).update(terms=terms_of(case.summary, case.place))


def unveil(case: Case, deed: Deed) -> None:
    case.confidential = False
