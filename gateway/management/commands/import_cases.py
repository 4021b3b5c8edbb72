"""Takes in another system's file of messages; what is in already stays, and a bad row is named and left out."""

from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import State
from cases.moves import MoveRefused
from gateway.importing import THERE, import_rows
from gateway.mapping import Mapping, MappingRefused, named, names
from gateway.reading import FileRefused
from grids.models import Area
from people.rows import Fault

EVERY = 200
REFUSED = "refused"


class Command(BaseCommand):
    help = "Import messages of another system as reports and cases with their own times. A second run writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", required=True, help="What the columns mean: " + ", ".join(names()) + ".")
        parser.add_argument("--dry-run", action="store_true", help="Try every row and save none.")
        parser.add_argument(
            "--ignore-replies", action="store_true", help="As if nobody had answered yet: every message waits."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.began, self.quiet = monotonic(), not options["verbosity"]
        try:
            mapping = named(options["mapping"])
            with transaction.atomic() if options["dry_run"] else nullcontext():
                told = self.go_through(options["file"], mapping, options["ignore_replies"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (FileRefused, MappingRefused) as refused:
            raise CommandError(str(refused)) from refused
        except MoveRefused as refused:
            raise CommandError(refused.sentence) from refused
        except Area.DoesNotExist as missing:
            raise CommandError(_("There is no district yet. Load one first: manage.py load_lixia.")) from missing
        self.summary(told, options["dry_run"])

    def go_through(self, file: Path, mapping: Mapping, ignore_replies: bool) -> Counter[str]:
        told: Counter[str] = Counter()
        for outcome in import_rows(file, mapping, ignore_replies=ignore_replies):
            if isinstance(outcome, Fault):
                self.stderr.write(str(outcome))
            told[REFUSED if isinstance(outcome, Fault) else outcome] += 1
            if told.total() % EVERY == 0:
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
