"""What ought to happen between cases, units on the spot and orders: plain dictionaries, and no rule of the product."""

from collections import Counter
from dataclasses import dataclass, field

from tests.lives.plain import DESK, INSPECTOR, LEADER, STREET

OVER = ("closed", "turned_down", "merged", "archived", "transferred", "withheld")
TAKES_IN = ("accepted", "at_desk", "in_hand", "inspecting", "calling_back")
OUT = ("sent", "signed", "responded", "arrived")

# Of a case: who may, from which states, and where it may end ("" stays, "*" where it once stood).
CASE = {
    "merge": ({STREET, DESK}, {"reported", "accepted"}, "merged"),
    "unmerge": ({STREET, DESK}, {"merged"}, "*"),
    "repeat": ({LEADER}, {"reported", "accepted"}, "merged"),
    "split": ({STREET, DESK}, {"accepted", "in_hand"}, ""),
    "transfer": ({DESK}, {"reported", "accepted", "at_desk"}, "*"),
    "get_back": ({DESK}, {"transferred", "withheld"}, "*"),
    "undo": ({STREET}, {"accepted", "turned_down"}, "reported"),
    "reopen": ({DESK, INSPECTOR}, {"closed"}, "*"),
    "conceal": ({DESK, INSPECTOR}, {"reported", "accepted", "in_hand", "inspecting", "calling_back", "closing"}, ""),
    "unveil": ({INSPECTOR}, {"reported", "accepted", "in_hand", "inspecting", "calling_back", "closing"}, ""),
    "convene": ({STREET}, {"in_hand"}, ""),
    "conclude": ({STREET}, {"in_hand"}, ""),
}
# Of a unit's call: whether its own people do it, else who does, and from which of its states.
UNIT = {
    "attend": (True, (), {*OUT, "replied"}),
    "outcome": (True, (), {*OUT, "replied"}),
    "let_go": (False, (STREET,), {*OUT, "replied"}),
    "recall": (False, (STREET,), {"replied"}),
    "excuse": (False, (STREET,), set(OUT)),
    "order": (False, (INSPECTOR,), {*OUT, "replied"}),
    "answer": (True, (), {*OUT, "replied", "released"}),
    "return": (False, (INSPECTOR,), {*OUT, "replied", "released"}),
    "close_order": (False, (INSPECTOR,), {*OUT, "replied", "released"}),
}
ON_THE_SPOT = ("convene", "conclude", "attend", "outcome", "let_go")


@dataclass
class Bonds:
    """Several cases as somebody with pen and paper would follow them; each is known by its number of coming."""

    up: dict[int, tuple[int, str]] = field(default_factory=dict)
    stood: dict[int, str] = field(default_factory=dict)
    meeting: dict[int, set[str]] = field(default_factory=dict)
    orders: dict[int, Counter] = field(default_factory=dict)

    def below(self, main: int, kind: str = "") -> list[int]:
        return [one for one, (other, how) in self.up.items() if other == main and kind in ("", how)]

    def hangs(self, case: int, main: int, kind: str, stood: str) -> None:
        assert case not in self.up, "nothing hangs twice"
        assert not self.below(case), "no chains"
        assert self.up.get(main, (0, "child"))[1] == "child", "nothing is merged into what is merged"
        self.up[case], self.stood[case] = (main, kind), stood

    def comes_off(self, case: int) -> str:
        """Where it stands again."""
        del self.up[case]
        return self.stood.pop(case)

    def goes_out(self, case: int, stood: str, discreet: bool) -> str:
        """Nothing hangs on what leaves, and it leaves no trace where it must not."""
        assert not self.below(case)
        self.stood[case] = stood
        return "withheld" if discreet else "transferred"

    def on_the_spot(self, verb: str, case: int) -> None:
        """At most one is open; each unit signs in once and then gives its result once."""
        if verb == "convene":
            assert case not in self.meeting
            self.meeting[case] = set()
        elif verb == "conclude":
            del self.meeting[case]

    def expects(self, verb: str, case: int, call: int) -> bool:
        """Whether a unit's move is worth trying."""
        if verb in ("attend", "outcome", "let_go"):
            return case in self.meeting and f"{verb} {call}" not in self.meeting[case]
        wanted = {"answer": "to_answer", "return": "to_judge", "close_order": "to_judge"}.get(verb)
        return not wanted or self.orders.get(call, Counter())[wanted] > 0

    def by_unit(self, verb: str, case: int, call: int) -> None:
        done = self.meeting[case]
        earlier = {"attend": "", "outcome": f"attend {call}", "let_go": f"outcome {call}"}[verb]
        assert f"{verb} {call}" not in done, "once"
        assert not earlier or earlier in done, "in this order"
        done.add(f"{verb} {call}")

    def called_again(self, case: int, call: int) -> None:
        """Whoever had been let go stays again."""
        self.meeting.get(case, set()).discard(f"let_go {call}")

    def ordered(self, verb: str, call: int) -> None:
        """What waits for an answer, and what waits for a verdict."""
        count = self.orders.setdefault(call, Counter())
        gone = {"order": "", "answer": "to_answer", "return": "to_judge", "close_order": "to_judge"}[verb]
        come = {"order": "to_answer", "answer": "to_judge", "return": "to_answer", "close_order": ""}[verb]
        assert not gone or count[gone] > 0, (verb, dict(count))
        count.update({gone: -1} if gone else {})
        count.update({come: 1} if come else {})
