"""Loads duty rosters from a CSV file: each unit that it names gets the roster that stands there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from people.loading import load_rosters, read_rosters
from people.rows import RefusedRows


class Command(BaseCommand):
    help = "Load who of each unit is on duty outside working time; units that the file does not name keep theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="unit,since,until,weekday,begins,ends,who,phone,basis")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with transaction.atomic():
                loaded = load_rosters(read_rosters(file), clock.now())
        except RefusedRows as refused:
            raise CommandError(_("Nothing was saved.") + "\n" + str(refused)) from refused
        self.stdout.write(_("%(what)s: %(added)s added, %(kept)s kept") % vars(loaded))
