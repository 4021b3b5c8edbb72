"""Says whether a file, or a hash, is a bundle of ours, and of which case and moment."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from desk.bundle.checking import Verdict, check, hash_in
from desk.bundle.exactly import exact


class Command(BaseCommand):
    help = "Check a copy of an evidence bundle: give the file, or its sha256. Fails where it is none of ours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("copy", help="a PDF file, or the 64 figures of its sha256")

    def handle(self, *args: Any, copy: str, **options: Any) -> None:
        digest = hash_in(copy) or _hash_of(Path(copy))
        verdict = check(digest, None)
        if verdict is None:
            raise CommandError(_("No bundle of ours has the sha256 %(digest)s.") % {"digest": digest})
        self.stdout.write(_said(verdict))
        if not verdict.chained:
            raise CommandError(_("The case's steps are not those of then: run verify."))


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        words = _("%(path)s could not be read, and it is no sha256: %(why)s.") % {"path": path, "why": error.strerror}
        raise CommandError(words) from error


def _said(verdict: Verdict) -> str:
    return _("One of ours: case %(number)s as of %(when)s, with %(steps)s steps, the last of them %(chain)s.") % {
        "number": verdict.case.number,
        "when": exact(verdict.bundle.as_of),
        "steps": verdict.bundle.steps,
        "chain": verdict.bundle.chain,
    }
