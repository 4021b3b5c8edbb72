"""Everything that runs for one address, and what it takes to run it again."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liixia.launcher.children import Child, Children
from liixia.launcher.places import CHECKOUT


@dataclass
class House:
    host: str
    port: int
    state: Path
    began: float
    children: Children
    commands: dict[str, list[str]] = field(default_factory=dict)
    deaths: dict[str, list[float]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.host}:{self.port}/"

    @property
    def age(self) -> float:
        return time.monotonic() - self.began

    def start(self, name: str, argv: list[str], *, again: bool = True, **more: Any) -> Child:
        if again:
            self.commands[name] = argv
        return self.children.spawn(name, argv, cwd=CHECKOUT, **more)

    def start_again(self, name: str) -> None:
        self.start(name, self.commands[name])

    def died(self, name: str) -> int:
        """How often in the last minute, this time included."""
        moment = time.monotonic()
        self.deaths[name] = [past for past in self.deaths.get(name, []) if moment - past < 60] + [moment]
        return len(self.deaths[name])

    def say(self, sentence: str) -> None:
        print(f"[{self.age:5.1f} s] {sentence}", flush=True)
