"""What this installation holds, counted."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from liixia.counts import counts


class Command(BaseCommand):
    help = (
        "Prints how many streets, communities, grids, stations, units, items, situations, people and cases there are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        told = counts()
        lines = [json.dumps(told)] if options["json"] else [f"{name:12} {number:>8,}" for name, number in told.items()]
        self.stdout.write("\n".join(lines))
