"""More situations for two at once: cases that join and part, units that meet on the spot, orders of supervision."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from audit import clock
from cases import actions
from cases.actions.joint import begin_due
from cases.models import Case, Order, Summons, Verb
from tests import stories
from tests.races.pairs import SITES, Move, Pair, Story, accepts, of_unit, plain, whistles

PRESENCE = {"who": "王队", "people": 2}


def attends(w: SimpleNamespace, case: Case, unit: str = "works") -> Move:
    call = case.summonses.get(unit=getattr(w, unit))
    by = w.of(getattr(w, f"{unit}_officer"), clock.now())

    def move() -> object:
        mine = Summons.objects.select_related("case", "unit").get(pk=call.pk)
        return actions.answer(mine, Verb.ATTEND, by=by, at=clock.now(), facts=PRESENCE)

    return move


def merges(w: SimpleNamespace, case: Case) -> Move:
    main = stories.accepted(w)
    by = w.of(w.dispatcher, clock.now())
    return lambda: actions.merge(case, main=main, by=by, at=clock.now(), note="同一摊位")


def unmerges(w: SimpleNamespace, case: Case) -> Move:
    return lambda: actions.unmerge(case, by=w.of(w.dispatcher, clock.now()), at=clock.now(), note="不是一回事")


def splits(w: SimpleNamespace, case: Case) -> Move:
    given = {"summary": "另有井盖松动", "category": w.category, "note": "两件事"}
    return lambda: actions.split(case, by=w.of(w.dispatcher, clock.now()), at=clock.now(), **given)


def on_the_spot(w: SimpleNamespace) -> Case:
    """A joint action has begun; nobody has signed in yet."""
    case = stories.convened(w, after=timedelta(milliseconds=1))
    begin_due(clock.now())
    return Case.objects.get(pk=case.pk)


def signed_in(w: SimpleNamespace) -> Case:
    case = on_the_spot(w)
    for unit in ("works", "police"):
        attends(w, case, unit)()
    return case


def ordered(w: SimpleNamespace) -> Case:
    case = stories.whistled(w)
    of_unit(w, case, Verb.ORDER, who="inspector")()
    return case


def order(w: SimpleNamespace, case: Case) -> str:
    return str(Order.objects.filter(case=case).latest("pk").pk)


def answered(w: SimpleNamespace) -> Case:
    case = ordered(w)
    of_unit(w, case, Verb.ANSWER, order=order(w, case))()
    return case


def hides(w: SimpleNamespace, case: Case) -> Move:
    """Out of sight of the street, whose whistle would tell units of it."""
    by, outlet = w.of(w.desk_officer, clock.now()), stories.outlets(w)["discipline"]
    return lambda: actions.transfer(case, by=by, at=clock.now(), outlet=outlet, note="反映公职人员")


LINKED: dict[str, tuple[Story, dict[str, Callable[[SimpleNamespace, Case], Move]]]] = {
    "to be merged": (stories.reported, {
        "merge": merges, "accept": accepts, "turn_down": lambda w, case: plain(w, case, Verb.TURN_DOWN, "dispatcher"),
    }),
    "merged": (stories.merged, {"unmerge": unmerges}),
    "to be hidden": (stories.accepted, {"transfer": hides, "whistle": whistles}),
    "of two matters": (stories.accepted, {"split": splits, "whistle": whistles, "merge": merges}),
    "on the spot": (on_the_spot, {
        "attend": attends,
        "attend of another unit": lambda w, case: attends(w, case, "police"),
        "conclude": lambda w, case: plain(w, case, Verb.CONCLUDE, "dispatcher"),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
    "signed in": (signed_in, {
        "outcome": lambda w, case: of_unit(w, case, Verb.OUTCOME, "police"),
        "conclude": lambda w, case: plain(w, case, Verb.CONCLUDE, "dispatcher"),
    }),
    "ordered": (ordered, {
        "answer": lambda w, case: of_unit(w, case, Verb.ANSWER, order=order(w, case)),
        "order": lambda w, case: of_unit(w, case, Verb.ORDER, who="inspector"),
        "sign": lambda w, case: of_unit(w, case, Verb.SIGN),
    }),
    "answered": (answered, {
        "return": lambda w, case: of_unit(w, case, Verb.RETURN, who="inspector", order=order(w, case)),
        "close_order": lambda w, case: of_unit(
            w, case, Verb.CLOSE_ORDER, who="inspector", order=order(w, case), verdict="remedied"),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
}  # fmt: skip
EVERYWHERE = {**SITES, **LINKED}
# Of one kind of pair either alone keeps the other from being made: nothing else may follow.
LINKED_SIDE_BY_SIDE = {
    "merge", "accept", "split", "attend", "attend of another unit", "outcome", "conclude", "answer", "order", "return",
}  # fmt: skip
MANY_TIMES = {"split"}
# Not open as things stand: nobody of fifty makes them.
REFUSED_TO_ALL = {("on the spot", "conclude"), ("signed in", "conclude"), ("ordered", "order")}


def linked_pairs() -> list[Pair]:
    return [
        Pair(site, one, other)
        for site, (_story, moves) in LINKED.items()
        for place, one in enumerate(moves)
        for other in list(moves)[place:]
    ]
