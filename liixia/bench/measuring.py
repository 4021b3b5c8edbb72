"""How a benchmark is timed: rounds of the same work for a while, beside its floor, with the processor's time."""

import time
from collections.abc import Callable
from dataclasses import dataclass

WHILE = 2.0


@dataclass(frozen=True)
class Timed:
    """How many a second, the processor's milliseconds for one, and the slowest but for one round in twenty."""

    per_second: float
    cpu_ms: float
    p95_ms: float
    n: int


def timed(work: Callable[[], int]) -> Timed:
    """`work` does one round and tells how many it did."""
    work()
    rounds, done = [], 0
    began, cpu = time.perf_counter(), time.process_time()
    while not rounds or time.perf_counter() - began < WHILE:  # one at least, however crowded the machine
        start = time.perf_counter()
        done += work()
        rounds.append(time.perf_counter() - start)
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    return Timed(done / took, spent / done * 1000, sorted(rounds)[int(len(rounds) * 0.95)] * 1000, done)


def line(bench: str, unit: str, ours: Timed, floor: Timed) -> dict[str, object]:
    return {
        "bench": bench,
        "value": round(ours.per_second, 1),
        "unit": unit,
        "floor": round(floor.per_second, 1),
        "ratio": round(ours.per_second / floor.per_second, 3),
        "cpu_ms": round(ours.cpu_ms, 5),
        "p95_ms": round(ours.p95_ms, 3),
        "n": ours.n,
    }
