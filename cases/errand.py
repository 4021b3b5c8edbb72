"""One move as a page or a program makes it: whose it is, which form it needs, which action performs it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from audit.kept import Kept
from cases import actions, summons, workflow
from cases.forms import MoveForm, Setting, form_of
from cases.models import Case, Step, Summons, Verb
from cases.moves import Move, MoveRefused, check_person, check_state
from cases.reply_templates import TEMPLATED, Offer, offers, used
from grids.standing import Standing

# Moves with an action of their own; every other one is `advance` or `answer`.
OWN_ACTIONS: dict[Verb, Callable[..., Case]] = {
    Verb.PLACE: actions.place,
    Verb.ACCEPT: actions.accept,
    Verb.SELF_HANDLE: actions.self_handle,
    Verb.WHISTLE: actions.blow_whistle,
    Verb.APPROVE: actions.approve_whistle,
    Verb.PASS_UP: partial(actions.approve_whistle, verb=Verb.PASS_UP),
    Verb.DISPATCH: actions.dispatch,
    Verb.UNDO: actions.undo,
    Verb.MERGE: actions.merge,
    Verb.UNMERGE: actions.unmerge,
    Verb.REPEAT: actions.answer_as_repeat,
    Verb.SPLIT: actions.split,
    Verb.TRANSFER: actions.transfer,
    Verb.GET_BACK: actions.get_back,
}
OWN_ACTIONS_OF_UNITS: dict[Verb, Callable[..., Summons]] = {
    Verb.DECLINE: actions.decline,
    Verb.PUT_TO: actions.put_to,
    Verb.UPHOLD: actions.uphold,
    Verb.DENY: actions.deny,
    Verb.CONFER: partial(actions.put_before, verb=Verb.CONFER),
    Verb.REFER: partial(actions.put_before, verb=Verb.REFER),
}
# What is written down as time passes, and moves nothing.
BY_THE_TIMER = (Verb.LAPSE, Verb.REMIND, Verb.YELLOW, Verb.RED, Verb.ESCALATE)
# What one page shows of the case beside the form.
SHOWN = ("profile", "category", "item", "function__unit", "situation", "list_version", "area__parent__parent", "office")


@dataclass(frozen=True)
class Errand:
    """A move that somebody wants to make."""

    move: Move
    setting: Setting

    @property
    def thing(self) -> Any:
        return self.setting.summons or self.setting.case

    @property
    def form(self) -> type[MoveForm]:
        return form_of(self.move.verb)

    def refusal(self) -> MoveRefused | None:
        """Why the form need not even be shown; the action asks again when it is sent."""
        try:
            self._refuse_what_is_made_elsewhere()
            check_state(self.move, self.thing)
            check_person(self.move, self.thing, self.setting.standing)
            self.move.demands(self.thing)
            self.move.timely(self.thing, self.setting.at)
        except MoveRefused as refused:
            return refused
        return None

    def _refuse_what_is_made_elsewhere(self) -> None:
        if self.move.facts_from:
            raise MoveRefused(_("This is recorded where the resident is asked, not here."), code="made_elsewhere")

    def offers(self) -> list[Offer]:
        """Reply templates that fit, filled from the case as this person reads it."""
        given = self.setting
        return offers(self.move.verb, given.case, given.summons, given.standing, given.at)

    def with_template(self, typed: dict[str, Any]) -> dict[str, Any]:
        """What was typed, and below it the words of the template that was chosen."""
        chosen = next((one for one in self.offers() if str(one.key) == typed.get("template")), None)
        if chosen is None:
            return typed
        return {**typed, "note": "\n".join(filter(None, [typed.get("note", "").strip(), chosen.text]))}

    def _arguments(self, form: MoveForm) -> dict[str, Any]:
        """What the form says; and which template its note is, where no word of it was changed."""
        given = form.arguments()
        template = used(self.offers(), given["note"]) if given.get("note") and self.move.verb in TEMPLATED else None
        return {**given, "facts": {**given["facts"], "template": template}} if template else given

    def perform(self, form: MoveForm, seen: int | None = None) -> Any:
        """Call the one action. Units move side by side, so a page asks only of the case as a whole whether it stood
        still; a program that says which version it has `seen` is asked in both."""
        self._refuse_what_is_made_elsewhere()
        common = {"by": self.setting.standing, "at": self.setting.at, **self._arguments(form)}
        try:
            if self.setting.summons:
                return self._action_of_unit()(self.setting.summons, seen=seen, **common)
            return self._action()(self.setting.case, seen=seen or form.cleaned_data["seen"], **common)
        except MoveRefused as refused:
            if refused.code in ("stale", "wrong_state"):  # what went out of sight meanwhile is not there any more
                find(self.setting.case.number, self.setting.standing, self.setting.at)
            raise

    def _action(self) -> Callable[..., Case]:
        return OWN_ACTIONS.get(self.move.verb) or partial(_advance, verb=self.move.verb)

    def _action_of_unit(self) -> Callable[..., Summons]:
        return OWN_ACTIONS_OF_UNITS.get(self.move.verb) or partial(_answer, verb=self.move.verb)

    def steps_since(self, seq: int | None) -> list[Step]:
        """What others did to the case since the page was drawn; what the timer writes down changes nothing that was
        asked for."""
        rows = self.setting.case.steps.filter(seq__gt=seq or 0).exclude(verb__in=BY_THE_TIMER)
        return list(rows.select_related("unit", "actor", "summons__unit").order_by("seq")) if seq else []

    def made(self, step: Step, form: MoveForm) -> bool:
        """Whether this step is the very move, made by the same person with the same words."""
        given = form.arguments()
        said = str(given.get("note") or given.get("first_action") or "")
        told = Case.objects.values_list("summary", flat=True).get(pk=self.setting.case.pk)
        if step.note != said.strip() or given.get("summary", told).strip()[:200] != told:
            return False
        verbs = (Verb.WHISTLE, Verb.ASK_DESK, Verb.ASK_LEADER) if self.move.verb == Verb.WHISTLE else (self.move.verb,)
        mine = step.summons_id == (self.setting.summons.pk if self.setting.summons else None)
        return mine and step.verb in verbs and step.actor_id == self.setting.standing.user_id

    def read_again(self) -> None:
        """What others changed meanwhile."""
        self.setting.case.refresh_from_db(fields=["version", "state", "place_code"])
        if self.setting.summons:
            self.setting.summons.refresh_from_db(fields=["state", "worker"])
            self.setting.summons.__dict__.pop("held", None)  # read before; whoever has it now has just taken it

    def last_step(self) -> int:
        return self.setting.case.steps.order_by("-seq").values_list("seq", flat=True).first() or 0


def _advance(case: Case, *, verb: Verb, **given: Any) -> Case:
    return actions.advance(case, verb, **given)


def _answer(call: Summons, *, verb: Verb, **given: Any) -> Summons:
    return actions.answer(call, verb, **given)


def of_case(number: str, verb: str, standing: Standing, at: datetime) -> Errand:
    """Found through what this person may see; an unknown move is an unknown page."""
    case = find(number, standing, at)
    return Errand(_named(workflow.MOVES, verb), Setting(case, standing, at))


def of_summons(number: str, summons_id: int, verb: str, standing: Standing, at: datetime) -> Errand:
    case = find(number, standing, at)
    call = next((one for one in case.summonses.all() if one.pk == summons_id), None)
    if call is None:
        raise Http404
    call.case = case
    return Errand(_named(summons.MOVES, verb), Setting(case, standing, at, call))


def of_call(summons_id: int, verb: str, standing: Standing, at: datetime) -> Errand:
    """The same, where only the summons is known."""
    found = _number(standing, call=summons_id)
    if not found:
        raise Http404
    return of_summons(found[0]["case__number"], summons_id, verb, standing, at)


def find(number: str, standing: Standing, at: datetime) -> Case:
    """Found through what this person may see, with its summonses."""
    found = _seen(standing, number=number)
    if not found:
        raise Http404
    case = found[0]
    calls = case.summonses.all()
    calls._result_cache = _calls(case=case.pk, at=at)  # as a prefetch would leave them
    case._prefetched_objects_cache = {"summonses": calls}  # type: ignore[attr-defined]
    return case


@Kept
def _number(standing: Standing, call: int) -> QuerySet:
    return Summons.objects.visible_to(standing).filter(pk=call).values("case__number")


@Kept
def _seen(standing: Standing, number: str) -> QuerySet[Case]:
    return Case.objects.visible_to(standing).filter(number=number).select_related(*SHOWN)


@Kept
def _calls(case: int, at: datetime) -> QuerySet[Summons]:
    return Summons.objects.filter(case=case).in_hands(at).select_related("unit", "worker").order_by("pk")


def _named(moves: dict[Verb, Move], verb: str) -> Move:
    found = next((move for name, move in moves.items() if name.value == verb), None)
    if found is None:
        raise Http404
    return found
