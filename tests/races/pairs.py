"""What two people may want of one case at the same moment: for each situation, the moves that are open in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations_with_replacement
from types import SimpleNamespace

from audit import clock
from cases import actions
from cases.models import Case, Summons, Verb
from tests import stories

Move = Callable[[], object]
Story = Callable[[SimpleNamespace], Case]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pair:
    """Two moves of one situation; `alone` where the one that is made takes the other's ground away."""

    site: str
    one: str
    other: str

    @property
    def name(self) -> str:
        return f"{self.site}: {self.one} and {self.other}"


def later(days: int) -> str:
    return (clock.now() + days * DAY).date().isoformat()


def plain(w: SimpleNamespace, case: Case, verb: Verb, who: str, **facts: object) -> Move:
    by = w.of(getattr(w, who), clock.now())
    return lambda: actions.advance(case, verb, by=by, at=clock.now(), note="因为如此", facts=facts)


def of_unit(w: SimpleNamespace, case: Case, verb: Verb, unit: str = "works", who: str = "", **facts: object) -> Move:
    call = case.summonses.get(unit=getattr(w, unit), state__in=("sent", "signed", "responded", "arrived", "replied"))
    by = w.of(getattr(w, who or f"{unit}_officer"), clock.now())
    own = {Verb.DECLINE: actions.decline, Verb.UPHOLD: actions.uphold, Verb.DENY: actions.deny}.get(verb)

    def move() -> object:
        mine = Summons.objects.select_related("case", "unit").get(pk=call.pk)
        given = {"by": by, "at": clock.now(), "note": "因为如此", "facts": facts}
        if own:
            return own(mine, **given)
        if verb == Verb.CONFER:
            return actions.put_before(mine, verb, **given)
        return actions.answer(mine, verb, **given)

    return move


def accepts(w: SimpleNamespace, case: Case) -> Move:
    given = {"summary": "占道", "category": w.category, "urgency": "normal", "item": w.item}
    return lambda: actions.accept(case, by=w.of(w.dispatcher, clock.now()), at=clock.now(), **given)


def handles(w: SimpleNamespace, case: Case) -> Move:
    given = {"level": "grid", "worker": w.worker, "note": "去看"}
    return lambda: actions.self_handle(case, by=w.of(w.dispatcher, clock.now()), at=clock.now(), **given)


def whistles(w: SimpleNamespace, case: Case, named: bool = True) -> Move:
    given = {"kind": "enforcement", "first_action": "已劝阻", "calls": stories.calls(w) if named else []}
    return lambda: actions.blow_whistle(case, by=w.of(w.dispatcher, clock.now()), at=clock.now(), **given)


def dispatches(w: SimpleNamespace, case: Case) -> Move:
    calls = [actions.Call(w.market, True, None, "食品")]
    return lambda: actions.dispatch(case, by=w.of(w.desk_officer, clock.now()), at=clock.now(), calls=calls)


def approves(w: SimpleNamespace, case: Case) -> Move:
    return lambda: actions.approve_whistle(case, by=w.of(w.street_leader, clock.now()), at=clock.now())


def shelves(w: SimpleNamespace, case: Case) -> Move:
    facts = {"until": later(90), "plan": "夏季施工", "leader": w.street_leader.pk}
    return plain(w, case, Verb.SHELVE, "dispatcher", **facts)


def signed(w: SimpleNamespace) -> Case:
    case = stories.whistled(w)
    for unit in ("works", "police"):
        of_unit(w, case, Verb.SIGN, unit)()
    return case


def responded(w: SimpleNamespace) -> Case:
    case = signed(w)
    for unit in ("works", "police"):
        of_unit(w, case, Verb.RESPOND, unit, **stories.CONTACT)()
    return case


def arrived(w: SimpleNamespace) -> Case:
    case = responded(w)
    for unit in ("works", "police"):
        of_unit(w, case, Verb.ARRIVE, unit)()
    return case


def asked(w: SimpleNamespace) -> Case:
    case = stories.whistled(w)
    of_unit(w, case, Verb.PAUSE, until=later(5))()
    return case


def paused(w: SimpleNamespace) -> Case:
    case = asked(w)
    of_unit(w, case, Verb.ALLOW, who="desk_officer")()
    return case


def declined(w: SimpleNamespace) -> Case:
    case = stories.whistled(w)
    of_unit(w, case, Verb.DECLINE, to="SJ", duty=w.duty.pk)()
    return case


SITES: dict[str, tuple[Story, dict[str, Callable[[SimpleNamespace, Case], Move]]]] = {
    "reported": (stories.reported, {
        "accept": accepts, "turn_down": lambda w, case: plain(w, case, Verb.TURN_DOWN, "dispatcher"),
    }),
    "accepted": (stories.accepted, {
        "self_handle": handles, "whistle": whistles, "shelve": shelves,
        "ask_desk": lambda w, case: whistles(w, case, named=False),
    }),
    "before the leader": (stories.before_the_leader, {
        "approve": approves, "reject": lambda w, case: plain(w, case, Verb.REJECT, "street_leader"),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
    "at the desk": (stories.at_desk, {
        "dispatch": dispatches, "send_back": lambda w, case: plain(w, case, Verb.SEND_BACK, "desk_officer"),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
    "called": (stories.whistled, {
        "sign": lambda w, case: of_unit(w, case, Verb.SIGN),
        "sign of another unit": lambda w, case: of_unit(w, case, Verb.SIGN, "police"),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
        "decline": lambda w, case: of_unit(w, case, Verb.DECLINE, to="SJ", duty=w.duty.pk),
        "extend": lambda w, case: of_unit(w, case, Verb.EXTEND, until=later(12)),
        "pause": lambda w, case: of_unit(w, case, Verb.PAUSE, until=later(5)),
        "shelve": shelves,
    }),
    "signed": (signed, {
        "respond": lambda w, case: of_unit(w, case, Verb.RESPOND, **stories.CONTACT),
        "extend": lambda w, case: of_unit(w, case, Verb.EXTEND, until=later(12)),
        "decline": lambda w, case: of_unit(w, case, Verb.DECLINE, to="SJ", duty=w.duty.pk),
    }),
    "arrived": (arrived, {
        "reply": lambda w, case: of_unit(w, case, Verb.REPLY),
        "reply of another unit": lambda w, case: of_unit(w, case, Verb.REPLY, "police"),
        "pause": lambda w, case: of_unit(w, case, Verb.PAUSE, until=later(5)),
        "shelve": shelves,
    }),
    "pause asked for": (asked, {
        "allow": lambda w, case: of_unit(w, case, Verb.ALLOW, who="desk_officer"),
        "disallow": lambda w, case: of_unit(w, case, Verb.DISALLOW, who="inspector"),
        "sign": lambda w, case: of_unit(w, case, Verb.SIGN),
        "shelve": shelves,
    }),
    "paused": (paused, {
        "resume": lambda w, case: of_unit(w, case, Verb.RESUME),
        "resume by the desk": lambda w, case: of_unit(w, case, Verb.RESUME, who="desk_officer"),
        "sign": lambda w, case: of_unit(w, case, Verb.SIGN),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
    "declined": (declined, {
        "uphold": lambda w, case: of_unit(w, case, Verb.UPHOLD, who="desk_officer", to="SJ"),
        "deny": lambda w, case: of_unit(w, case, Verb.DENY, who="desk_officer"),
        "confer": lambda w, case: of_unit(w, case, Verb.CONFER, who="desk_officer"),
        "sign": lambda w, case: of_unit(w, case, Verb.SIGN),
        "withdraw": lambda w, case: plain(w, case, Verb.WITHDRAW, "dispatcher"),
    }),
    "inspecting": (stories.inspecting, {
        "pass": lambda w, case: plain(w, case, Verb.PASS, "worker"),
        "rework": lambda w, case: plain(w, case, Verb.REWORK, "inspector"),
    }),
    "closing": (stories.closing, {
        "close": lambda w, case: plain(w, case, Verb.CLOSE, "desk_officer"),
        "rework": lambda w, case: plain(w, case, Verb.REWORK, "dispatcher"),
        "ask again": lambda w, case: plain(w, case, Verb.ASK_AGAIN, "inspector"),
    }),
}  # fmt: skip
# Moves that leave the way open for the other one of the pair, whichever comes first.
SIDE_BY_SIDE = {
    "sign", "sign of another unit", "decline", "extend", "pause", "shelve", "respond", "reply", "reply of another unit",
    "allow", "disallow", "resume", "resume by the desk", "confer", "uphold", "deny", "whistle", "ask_desk",
    "self_handle", "withdraw",
}  # fmt: skip


def every_pair() -> list[Pair]:
    return [
        Pair(site, one, other)
        for site, (_story, moves) in SITES.items()
        for one, other in combinations_with_replacement(moves, 2)
    ]
