"""Draws what docs/architecture.md and docs/workflow.md show of the code: the layers of apps, the tables of moves."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liixia.drawing.page import PAGES, drawn


class Command(BaseCommand):
    help = "Makes the drawn parts of the documents anew. --check: only says whether they are current."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when a drawing is stale.")

    def handle(self, *args: Any, **options: Any) -> None:
        for page, parts in PAGES.items():
            before = page.read_text(encoding="utf-8")
            after = drawn(before, parts)
            if options["check"] and after != before:
                raise CommandError(f"{page.name} is stale: run `.venv/bin/python manage.py draw_docs`.")
            if after != before:
                page.write_text(after, encoding="utf-8")
            self.stdout.write(f"{page.name} is current.")
