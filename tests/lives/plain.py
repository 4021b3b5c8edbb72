"""What ought to happen, in plain dictionaries and by no rule of the product: who may, from where, and to where."""

from dataclasses import dataclass, field

WAITING, CLOSED = "reported", ("closed", "turned_down", "merged", "archived", "transferred", "withheld")
STREET, LEADER, DESK, HOTLINE, INSPECTOR = "dispatcher", "street_leader", "desk_officer", "clerk", "inspector"
NEAR = {"worker", "next_worker", "community_worker"}
OF_UNIT = {"CG": "works_officer", "GA": "police_officer", "SJ": "market_officer"}

# verb: (who may, from which states, where it ends; "" stays)
CASE = {
    "accept": ({STREET}, {"reported"}, "accepted"),
    "turn_down": ({STREET}, {"reported"}, "turned_down"),
    "whistle": ({STREET}, {"accepted", "in_hand"}, "in_hand"),
    "send_back": ({DESK}, {"at_desk"}, "accepted"),
    "withdraw": ({STREET}, {"accepted", "at_desk", "in_hand"}, "accepted"),
    "pass": (NEAR | {INSPECTOR}, {"inspecting"}, "calling_back"),
    "rework": (NEAR | {INSPECTOR, DESK, STREET}, {"inspecting", "closing"}, "in_hand"),
    "close": ({STREET, DESK}, {"closing"}, "closed"),
    "shelve": ({STREET}, {"accepted", "in_hand"}, ""),
    "allow": ({DESK, INSPECTOR}, {"accepted", "in_hand"}, ""),
    "disallow": ({DESK, INSPECTOR}, {"accepted", "in_hand"}, ""),
    "resume": ({STREET, DESK, INSPECTOR}, {"accepted", "in_hand"}, ""),
    "approve": ({LEADER}, {"accepted", "in_hand"}, "in_hand"),
    "reject": ({LEADER}, {"accepted", "in_hand"}, ""),
    "confirm": ({LEADER}, {"at_desk", "in_hand", "inspecting", "calling_back", "closing"}, ""),
    "object": ({LEADER}, {"at_desk", "in_hand", "inspecting", "calling_back", "closing"}, ""),
}
OWED = {"sent", "signed", "responded", "arrived"}
# verb: (from which answers, where it ends); by the unit's own officer alone.
UNIT = {
    "sign": ({"sent"}, "signed"),
    "respond": ({"signed"}, "responded"),
    "arrive": ({"responded"}, "arrived"),
    "reply": ({"arrived"}, "replied"),
    "extend": (OWED, ""),
    "pause": (OWED, ""),
    "decline": (OWED, ""),
}
# Of another unit's people: whoever oversees it decides about a pause, and a bench about what was declined.
OVER_UNIT = {"allow", "disallow", "resume", "put_to", "uphold", "deny", "confer", "refer"}


@dataclass
class Plain:
    """One case as somebody with pen and paper would follow it."""

    state: str = "reported"
    approval: str = ""
    calls: dict[int, str] = field(default_factory=dict)

    def may(self, verb: str, person: str) -> bool:
        who, sources, _ends = CASE[verb]
        return person in who and self.state in sources

    def moved(self, verb: str) -> str:
        """The state after a move of the case as a whole."""
        ends = CASE[verb][2]
        if verb == "whistle" and self.approval == "before":
            return self.state
        return ends or self.state


def honest(state: str, approval: str, answers: dict[int, str]) -> list[tuple[str, str, int | None]]:
    """What somebody who does their work would do next: (verb, who, which call by its place)."""
    if approval == "before":
        return [("approve", LEADER, None)]
    if state == "in_hand":
        turn = {"sent": "sign", "signed": "respond", "responded": "arrive", "arrived": "reply"}
        return [(turn[answer], "", call) for call, answer in answers.items() if answer in turn]
    following = {
        "reported": ("accept", STREET), "accepted": ("whistle", STREET), "at_desk": ("send_back", DESK),
        "inspecting": ("pass", "worker"), "closing": ("close", DESK),
    }  # fmt: skip
    return [(*following[state], None)] if state in following else []
