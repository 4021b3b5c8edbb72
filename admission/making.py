"""One move of an application, a task or a pledge, by a page or a program: the form says what, one action acts."""

from datetime import datetime
from typing import Any

from admission.actions import advance, grant, revoke
from admission.forms.moves import GrantForm, MoveForm, RevokeForm
from admission.models import Verb
from admission.moves import Table
from grids.standing import Standing


def is_made_here(verb: str, moves: Table) -> bool:
    """Whether people make it by its verb alone; what is sent in again has a form of its own."""
    return verb in moves and not moves[Verb(verb)].by_system and verb != Verb.RESEND


def perform(thing: Any, verb: Verb, form: MoveForm, *, seen: int, by: Standing, at: datetime) -> None:
    """Raises AdmissionRefused as the action does."""
    if isinstance(form, GrantForm):
        grant(thing, until=form.cleaned_data["until"], money=form.money(), note=form.note, by=by, at=at, seen=seen)
    elif isinstance(form, RevokeForm):
        revoke(thing, reason=form.note, basis=form.facts()["basis"], by=by, at=at, seen=seen)
    else:
        advance(thing, verb, by=by, at=at, note=form.note, facts=form.facts(), seen=seen)
