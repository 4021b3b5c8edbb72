"""Takes in another system's file of messages; what is in already stays, and a bad row is named and left out."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit import clock
from cases.models import State
from cases.moves import MoveRefused
from gateway.actions import THERE, Importer, batches, take_batch, unanswered
from gateway.mapping import MappingRefused, named, names
from gateway.refusals import FileRefused, Refused
from grids.models import Area
from people.rows import Fault

EVERY = 500
REFUSED = "refused"


class Command(BaseCommand):
    help = "Import messages of another system as reports and cases with their own times. A second run writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (UTF-8) or Excel (.xlsx).")
        parser.add_argument("--mapping", required=True, help="What the columns mean: " + ", ".join(names()) + ".")
        parser.add_argument("--dry-run", action="store_true", help="Try every row and save none.")
        parser.add_argument(
            "--ignore-replies", action="store_true", help="As if nobody had answered yet: every message waits."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.began, self.quiet = monotonic(), not options["verbosity"]
        try:
            importer = Importer(named(options["mapping"]))
            told = self.go_through(options["file"], importer, options)
        except (FileRefused, MappingRefused) as refused:
            raise CommandError(str(refused)) from refused
        except MoveRefused as refused:
            raise CommandError(refused.sentence) from refused
        except Area.DoesNotExist as missing:
            raise CommandError(_("There is no district yet. Load one first: manage.py load_lixia.")) from missing
        self.summary(told, options["dry_run"])

    def go_through(self, path: Path, importer: Importer, options: dict[str, Any]) -> Counter[str]:
        """One transaction a batch; the machine's name and what the mapping needs are looked up before the first."""
        told: Counter[str] = Counter()
        for batch in batches(path.name, content(path), importer):
            rows = unanswered(batch) if options["ignore_replies"] else batch
            for outcome in take_batch(rows, importer, at=clock.now(), keep=not options["dry_run"]):
                if isinstance(outcome, Refused):
                    self.stderr.write(str(Fault(path.name, outcome.row, outcome.column, outcome.why)))
                told[REFUSED if isinstance(outcome, Refused) else outcome] += 1
            if told.total() % EVERY < len(batch) and told.total() >= EVERY:
                self.say(_("%(count)s rows after %(seconds)s s …") % self.figures(told.total()))
        return told

    def summary(self, told: Counter[str], dry_run: bool) -> None:
        """How many came in and where they stand, how many were there, how many were refused."""
        new = {state: told[state] for state in State.values if told[state]}
        words = _("%(count)s rows would come in.") if dry_run else _("%(count)s rows came in (%(seconds)s s).")
        self.say(words % self.figures(sum(new.values())))
        for state, count in new.items():
            self.say(f"  {State(state).label}: {count}")
        if told[THERE]:
            self.say(_("%(count)s rows were there already and stay as they are.") % self.figures(told[THERE]))
        if told[REFUSED]:
            words = _("%(count)s rows were refused; they are named above. Nothing of them is saved.")
            raise CommandError(words % self.figures(told[REFUSED]))

    def say(self, line: str) -> None:
        if not self.quiet:
            self.stdout.write(line)

    def figures(self, count: int) -> dict[str, str]:
        return {"count": str(count), "seconds": f"{monotonic() - self.began:.1f}"}


def content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise FileRefused(
            gettext_noop("%(file)s cannot be opened: %(fault)s."), file=path.name, fault=fault.strerror
        ) from fault
