"""What kinds of cases the demo shows: how far each goes, who puts it right, how well, and over how long."""

import csv
import random
from dataclasses import dataclass, replace
from pathlib import Path

from cases.models import Channel, State
from liixia.demo import outside

DATA = Path(__file__).parent / "data" / "matters.csv"

# The share of a case's whole span after which each thing happens.
PACE = {
    "open": 0.0, "accept": 0.04, "decide": 0.08, "desk": 0.1, "sign": 0.13, "respond": 0.2, "arrive": 0.3,
    "support": 0.5, "reply": 0.6, "inspect": 0.7, "rework": 0.8, "again": 0.84, "call": 0.92, "close": 1.0,
}  # fmt: skip
# How far cases go: the last thing done, with its weight among those played after the first forty.
STOPS = {
    "open": 4, "turn_down": 2, "accept": 3, "at_desk": 3, "decide": 4, "sign": 4, "respond": 4, "arrive": 3,
    "support": 3, "reply": 5, "inspect": 5, "call": 4, "close": 56,
}  # fmt: skip
STATES = {
    "open": State.REPORTED, "turn_down": State.TURNED_DOWN, "accept": State.ACCEPTED, "at_desk": State.AT_DESK,
    "decide": State.IN_HAND, "reply": State.INSPECTING, "inspect": State.CALLING_BACK, "call": State.CLOSING,
    "close": State.CLOSED,
}  # fmt: skip
HANDLERS = {"whistle": 6, "station": 2, "street": 1, "grid": 1}
ANSWERS = {
    ("reached", True, "satisfied", ""): 62,
    ("reached", True, "fairly", ""): 16,
    ("reached", False, "dissatisfied", "unsolved"): 7,
    ("reached", True, "dissatisfied", "late"): 5,
    ("no_answer", None, "", ""): 10,
}

# Scenes whose leading unit has just been called and declines: no urgent ones, where an hour is all there is for it.
DECLINED = (4, 17, 31)

# Scenes whose whistle still waits for the leader of the street.
UNDECIDED = (30,)

# Scenes of normal urgency whose replies lie: nearly due, a day over, three days over, and a week over.
SLOW = {20: 6.0, 21: 7.0, 34: 9.5, 8: 14.0}

# A scene that is another's matter once more: same place, same words, another caller.
AGAIN = {13: 5, 26: 18, 39: 38}

# Scenes that a resident opens again a few days after they were closed.
COME_BACK = (12,)

# Scenes of which an inspector finds, a few days after they were closed, that they are not put right.
REOPENED = (51, 151, 251)

# Scenes that were closed so long ago that they are archived.
OLD = (25,)

# How many days a case takes, or has taken so far; the longest of them break limits.
LONG = (0.8, 1.5, 2.0, 2.5, 3.5, 4.5, 7, 12)
SHORT = (0.4, 0.8, 1.2, 1.5, 2.5, 4)
# What waits for a first decision has mostly come in just now; a few have been forgotten.
FRESH = (0.15, 0.2, 0.3, 0.35, 0.4, 0.45, 0.8, 1.5)
EARLY = ("open", "accept", "at_desk", "decide")
# How much quicker urgent matters go.
HASTE = {"extreme": 0.06, "urgent": 0.2, "consult": 0.25}


@dataclass(frozen=True)
class Scene:
    """One case of the demo: its matter, how far it goes and how it goes."""

    matter: dict[str, str]
    stop: str
    handler: str
    answer: tuple
    rework: bool
    days: float
    ago: float

    def reaches(self, thing: str) -> bool:
        return PACE[thing] <= PACE.get(self.stop, PACE["accept"])


def matters() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def chosen(rng: random.Random, weights: dict) -> object:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def scene(number: int, seed: int, rows: list[dict[str, str]]) -> Scene:
    """The same number and seed give the same scene. The first forty go round all stops: every state is there."""
    rng = random.Random(f"{seed}:{number}")
    told = AGAIN.get(number, number)
    stops = list(STOPS)
    stop = stops[number % len(stops)] if number < 40 else str(chosen(rng, STOPS))
    ended = stop in ("close", "turn_down")
    matter = rows[told * 11 % len(rows)] if number < len(rows) else rng.choice(rows)
    made = Scene(
        matter=matter,
        stop=stop,
        handler="whistle" if stop in ("at_desk", "support", "respond") else str(chosen(rng, HANDLERS)),
        answer=chosen(rng, ANSWERS),  # type: ignore[arg-type]
        rework=ended and rng.random() < 0.12,
        days=rng.choice(LONG if ended else FRESH if stop in EARLY else SHORT) * HASTE.get(matter["urgency"], 1.0),
        ago=rng.uniform(0.5, 78) if ended else 0.0,
    )
    return _with_its_part(made, number, rows)


def _with_its_part(made: Scene, number: int, rows: list[dict[str, str]]) -> Scene:
    """A few numbers have a part of their own, so that the demo shows every way."""
    if number in UNDECIDED:  # what is urgent would not wait
        made = replace(made, matter=next(row for row in rows if row["urgency"] == "normal" and row["item"]))
    if number in (*COME_BACK, *REOPENED):
        fitting = [row for row in rows if row["channel"] != Channel.GRID and row["urgency"] == "normal"]
        told, heard = fitting[number // 50 % len(fitting)], ("reached", True, "satisfied", "")
        return replace(made, matter=told, stop="close", rework=False, days=2.5, ago=4.0, answer=heard)
    if number in outside.TOLD:  # by phone: a grid worker reports what stands in the street
        words = {"channel": Channel.HOTLINE, "urgency": "normal", "words": outside.TOLD[number]}
        return replace(made, matter={**made.matter, **words}, days=0.2, ago=6.0)
    if number in OLD:
        told = next(row for row in rows if row["urgency"] == "normal" and row["category"] != "safety")
        return replace(made, matter=told, days=2.5, ago=120.0)
    if number in SLOW:
        return replace(made, days=SLOW[number])
    return replace(made, handler="whistle", days=0.3) if number in (*DECLINED, *UNDECIDED) else made
