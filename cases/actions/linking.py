"""Merging a case into another and taking it out again, answering it as the same again, splitting off a part."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import clocks
from accountability.models import Category, Item, Phase
from cases import linking, moves, workflow
from cases.actions.intake import open_case
from cases.actions.moving import finish, lock, make_move
from cases.clocks import start_for_case
from cases.ledger import Ledger
from cases.models import Case, Kind, Link, Origin, State, Verb
from cases.moves import MoveRefused
from cases.promises import decide_by_the_earlier, decided_by, keep_the_earlier, promised
from cases.workflow import AWAITS
from grids.standing import Standing
from people.words import said


@transaction.atomic
def merge(
    case: Case, *, by: Standing, at: datetime, main: Case, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """The case goes into another one of the same matter; whoever reported it is answered there."""
    case, main = _both(case, main, seen)
    ledger, taking = Ledger(case, by, at, origin), Ledger(main, by, at, origin)
    moves.check_state(workflow.MOVES[Verb.MERGE], case)
    moves.check_person(workflow.MOVES[Verb.MERGE], case, by)
    linking.check_main(case, main, by)
    promise, deciding, before = promised(case, at), decided_by(case, at), case.state
    make_move(ledger, Verb.MERGE, note=note, facts={**(facts or {}), "main": main.number})
    brings = case.has_citizen and not main.has_citizen
    main.has_citizen = main.has_citizen or case.has_citizen
    Link.objects.create(
        child=case, main=main, kind=Kind.MERGED, reason=said(note)[:1000], stood_at=before, brought_citizen=brings,
        by=by.user, at=at,
    )  # fmt: skip
    keep_the_earlier(taking, promise)
    decide_by_the_earlier(taking, deciding)
    taking.add(Verb.TAKE_IN, main.state, main.state, note=note, facts={"case": case.number})
    finish(taking)
    return finish(ledger)


@transaction.atomic
def unmerge(
    case: Case, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """It was another matter: the case stands where it stood, on clocks that go on as if they had never stopped."""
    link = linking.above(case)
    case, main = _both(case, link.main if link else case, seen)
    ledger, letting = Ledger(case, by, at, origin), Ledger(main, by, at, origin)
    make_move(ledger, Verb.UNMERGE, note=note, facts={**(facts or {}), "main": main.number})
    assert link is not None
    _go_on(case, at)
    link.undone_by, link.undone_at, link.undone_reason = by.user, at, said(note)[:1000]
    link.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    _leave_nobody_waiting(letting, link)
    letting.add(Verb.GIVE_BACK, main.state, main.state, note=note, facts={"case": case.number})
    finish(letting)
    return finish(ledger)


def _go_on(case: Case, at: datetime) -> None:
    """What the state waits for has been started by the move; the promise runs again, and both as they ran before."""
    if case.accepted_at:
        start_for_case(case, [Phase.PROMISE], at)
    for phase in (AWAITS[State(case.state)], Phase.PROMISE):
        clocks.go_on_with("case", case.pk, phase)


def _leave_nobody_waiting(ledger: Ledger, link: Link) -> None:
    """Where only this case brought somebody who waits, nobody waits any more. A promise never moves to a later day."""
    if not link.brought_citizen:
        return
    main = ledger.case
    others = [one for one in linking.below(main, Kind.MERGED) if one.child.has_citizen]
    if others:
        Link.objects.filter(pk=others[0].pk).update(brought_citizen=True)
        return
    main.has_citizen = False
    ledger.add_lapses(clocks.stop("case", [main.pk], phases=[Phase.PROMISE], at=ledger.at))


@transaction.atomic
def answer_as_repeat(
    case: Case, *, by: Standing, at: datetime, earlier: Case, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """Nothing new is claimed: whoever reported it gets the answer of the earlier case, by a second person's word."""
    case = lock(case, seen)
    ledger, before = Ledger(case, by, at, origin), case.state
    moves.check_state(workflow.MOVES[Verb.REPEAT], case)
    moves.check_person(workflow.MOVES[Verb.REPEAT], case, by)
    linking.check_earlier(case, earlier, by)
    _somebody_else_took_it_up(case, by)
    make_move(ledger, Verb.REPEAT, note=note, facts={**(facts or {}), "main": earlier.number})
    Link.objects.create(
        child=case, main=earlier, kind=Kind.REPEAT, reason=said(note)[:1000], stood_at=before, by=by.user, at=at
    )
    return finish(ledger)


def _somebody_else_took_it_up(case: Case, by: Standing) -> None:
    if case.steps.filter(verb=Verb.ACCEPT, actor=by.user_id).exists():
        raise MoveRefused(
            _("You accepted it yourself. Another person says that it is the same again."), code="own_word"
        )


@transaction.atomic
def split(
    case: Case, *, by: Standing, at: datetime, summary: str, category: Category, item: Item | None = None,
    note: str = "", facts: Mapping[str, Any] | None = None, origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """A part of the matter becomes a case with its own number and clocks; this one answers the resident."""
    case = lock(case, seen)
    if not said(summary):
        raise MoveRefused(_("Say in your own words what the matter is, in one line."), code="summary_missing")
    moves.check(workflow.MOVES[Verb.SPLIT], case, by, note, facts or {}, at)
    part = open_case(
        area=case.area, category=category, summary=summary.strip(), channel=case.channel, profile=case.profile, by=by,
        at=at, place=case.place, lon=case.lon, lat=case.lat, urgency=case.urgency, item=item, origin=origin,
        facts={"part_of": case.number}, confidential=case.confidential,
    )  # fmt: skip
    Link.objects.create(
        child=part, main=case, kind=Kind.CHILD, reason=said(note)[:1000], stood_at=State.REPORTED, by=by.user, at=at
    )
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, Verb.SPLIT, note=note, facts={**(facts or {}), "case": part.number})
    return finish(ledger)


def _both(case: Case, other: Case, seen: int | None) -> tuple[Case, Case]:
    """Both locked, always in the same order; only the one that moves was seen on a page."""
    first, second = sorted((case, other), key=lambda one: one.pk)
    locked = {one.pk: lock(one, seen if one.pk == case.pk else None) for one in (first, second)}
    return locked[case.pk], locked[other.pk]
