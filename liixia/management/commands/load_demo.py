"""Makes people and lively cases for trying the product, by playing the real actions; the same seed, the same cases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accountability.sweep import run_once
from audit import clock
from cases.models import Case, Origin
from engagement.receipts import new_receipt
from grids.models import Area
from liixia.demo.admission import make_admission
from liixia.demo.changes import make_changes
from liixia.demo.copies import copy_up_to
from liixia.demo.lists import make_lists
from liixia.demo.people import make_people
from liixia.demo.proposals import make_proposals
from liixia.demo.reckonings import write_reckonings
from liixia.demo.rosters import make_rosters
from liixia.demo.stage import missing, play_all
from outbox.actions import drain_all

PLAYED_FOR_COPIES = 400
BAR = 40


class Command(BaseCommand):
    help = "Adds demo people and, up to the number given, demo cases; what is there already counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=300, help="How many demo cases there shall be in all.")
        parser.add_argument("--seed", type=int, default=370102, help="Another seed gives other cases.")
        parser.add_argument("--fast", action="store_true", help="Copies played cases as rows, for benchmarks only.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Area.objects.exists():
            raise CommandError(_("There is no district yet. Run `manage.py load_lixia` first."))
        now = clock.now()
        people = make_people(at=now, seed=options["seed"])
        make_rosters(at=now)
        make_changes(at=now)
        make_admission(at=now)
        self._say(_("%(count)s demo people made.") % {"count": people}, options)
        there = Case.objects.filter(origin=Origin.DEMO).count()
        wanted = min(options["cases"], PLAYED_FOR_COPIES) if options["fast"] else options["cases"]
        numbers = missing(options["seed"], wanted)
        play_all(numbers, options["seed"], now, lambda done: self._played(wanted - len(numbers) + done, options))
        make_proposals(at=now)
        write_reckonings(at=now)
        make_lists(at=now)
        settle()
        if options["fast"]:
            copy_up_to(options["cases"], len(new_receipt()), lambda done: self._progress(done, options))
        self._say(_("%(count)s demo cases are there.") % {"count": max(there, options["cases"])}, options)

    def _played(self, done: int, options: dict[str, Any]) -> None:
        self._progress(done, options)
        if done % 50 == 0:
            drain_all(clock.now())

    def _progress(self, done: int, options: dict[str, Any]) -> None:
        wanted = options["cases"]
        if options["verbosity"] and (done % 20 == 0 or done == wanted):
            bar = "█" * (done * BAR // wanted)
            self.stdout.write(f"\r{bar:░<{BAR}} {done}/{wanted}", ending="" if done < wanted else "\n")
            self.stdout.flush()

    def _say(self, line: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(line)


def settle() -> None:
    """What is overdue by now lapses and everybody who is concerned hears of it: nothing is left to the next sweep."""
    while run_once(clock.now()):
        continue
    drain_all(clock.now())
