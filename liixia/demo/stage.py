"""Plays the demo's cases that are not there yet: few of them here, many by a process for each processor."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

from django.db import connections, transaction

from audit.models import IdempotencyKey
from liixia.demo import restraints
from liixia.demo.cast import Crew
from liixia.demo.play import Play, key_of
from liixia.demo.scenes import matters, scene
from liixia.demo.stories import STORIES, tell
from liixia.launcher.children import dies_with_parent

ALONE = 100  # so few are sooner played than others are sent for
AT_ONCE = 10

Played = Callable[[int], None]


class Stage:
    """Everything that playing a case needs, read once a process."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.seed, self.now, self.crew, self.matters = seed, now, Crew(now), matters()

    def play(self, number: int) -> None:
        if number in STORIES:
            with transaction.atomic():
                tell(number, self.seed, crew=self.crew, now=self.now)
            return
        play = Play(number, self.seed, scene(number, self.seed, self.matters), self.crew, self.now)
        with transaction.atomic():
            play.run()
            restraints.of_caller(play.report, number, crew=self.crew, now=self.now)


def missing(seed: int, wanted: int) -> list[int]:
    """The numbers of those not there yet, whatever order they came in or where somebody broke off."""
    keys = {key_of(seed, number): number for number in range(wanted)}
    there = IdempotencyKey.objects.filter(key__in=keys).values_list("key", flat=True)
    return sorted(set(keys.values()) - {keys[key] for key in there})


def play_all(numbers: Sequence[int], seed: int, now: datetime, played: Played) -> None:
    """Each case commits whole, in whichever process; `played` hears how many are done."""
    if len(numbers) < ALONE:
        stage = Stage(seed, now)
        for done, number in enumerate(numbers, start=1):
            stage.play(number)
            played(done)
        return
    connections.close_all()  # a connection is of one process alone
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _enter, (seed, now, dies_with_parent())) as processes:
        for done, _none in enumerate(processes.map(_play, numbers, chunksize=AT_ONCE), start=1):
            played(done)


def _enter(seed: int, now: datetime, vow: Callable[[], None] | None) -> None:
    if vow:
        vow()
    connections.close_all()
    _stages.append(Stage(seed, now))


def _play(number: int) -> None:
    _stages[-1].play(number)


_stages: list[Stage] = []
