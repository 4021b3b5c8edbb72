"""Lets the suggester learn from the cases that people closed under an item; or makes the weights that we ship."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.actions import keep_learnt
from accountability.models import FunctionList, ListVersion
from accountability.suggester.beside import seasons_of
from accountability.suggester.gold import NONE, read_further, read_gold, read_others
from accountability.suggester.kept import SEED, seed, write_seed
from accountability.suggester.learning import Confirmed, Weights, counted, learn
from accountability.suggester.measuring import kept_out, of_places, sharpest
from accountability.suggester.nearest import Prototypes
from accountability.suggester.rows import prototypes_of
from audit import clock
from desk.confirmed import confirmed_cases


class Command(BaseCommand):
    help = "Learn from confirmed cases, on top of the weights that come with us; twice the same cases change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--texts", type=Path, help="make the weights that we ship, from what was read for learning")

    def handle(self, *args: Any, texts: Path | None, **options: Any) -> None:
        at = clock.now()
        if texts:
            gold = [(one.matter, one.code) for one in read_gold(texts) if one.seen and one.code != NONE]
            confirmed = [Confirmed(matter, code) for matter, code in (*gold, *read_further(texts))]
            write_seed(SEED, trained(confirmed, counted(read_others(texts)), at))
        else:
            confirmed = list(confirmed_cases())
            keep_learnt(trained(confirmed, seed(SEED), at), cases=len(confirmed), at=at)
        self.stdout.write(_("Learnt from %(count)s texts.") % {"count": len(confirmed)})


def trained(confirmed: list[Confirmed], base: Weights, at: datetime) -> Weights:
    """The weights, as sharp as cases kept out of them say, with what time and place said of these cases."""
    rows = kept_out(confirmed, _builder(base, at))
    sharpness = sharpest(rows, base)
    seasons = seasons_of((one.code, one.at) for one in confirmed if one.at)
    place = of_places(rows, sharpness, base)
    return replace(learn(confirmed, base), sharpness=sharpness, seasons=seasons, place=place)


def _builder(base: Weights, at: datetime) -> Callable[[list[Confirmed]], Prototypes]:
    day = localdate(at)
    version, functions = ListVersion.objects.in_force(day), FunctionList.objects.in_force(day)
    return lambda confirmed: prototypes_of(version, functions, learn(confirmed, base))
