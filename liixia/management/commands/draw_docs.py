"""Draws what docs/architecture.md shows of the code: the layers of apps and the two state machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liixia.drawing.page import PAGE, drawn


class Command(BaseCommand):
    help = "Makes the drawn parts of docs/architecture.md anew. --check: only says whether they are current."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when a drawing is stale.")

    def handle(self, *args: Any, **options: Any) -> None:
        before = PAGE.read_text(encoding="utf-8")
        after = drawn(before)
        if options["check"] and after != before:
            raise CommandError(f"{PAGE.name} is stale: run `.venv/bin/python manage.py draw_docs`.")
        if after != before:
            PAGE.write_text(after, encoding="utf-8")
        self.stdout.write(f"{PAGE.name} is current.")
