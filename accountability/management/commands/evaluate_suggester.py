"""Says how often the suggester is right on the half of the gold set that nothing was learnt from."""

from argparse import ArgumentParser
from pathlib import Path
from time import process_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.models import ListVersion
from accountability.suggester import measuring
from accountability.suggester.gold import NONE, read_gold
from accountability.suggester.kept import known
from accountability.suggester.measuring import Answer
from audit import clock

MOST = 25


class Command(BaseCommand):
    help = "Measure the suggester on the unseen half of the gold set; the texts lie in a folder outside the repository."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--texts", type=Path, required=True, help="the folder with the files that gold.csv names")
        parser.add_argument("--half", choices=["unseen", "seen"], default="unseen")

    def handle(self, *args: Any, texts: Path, half: str, **options: Any) -> None:
        try:
            gold = [one for one in read_gold(texts) if one.seen == (half == "seen")]
        except OSError as missing:
            raise CommandError(_("The texts are not there: %(file)s") % {"file": missing.filename}) from missing
        day = localdate(clock.now())
        version = ListVersion.objects.in_force(day)
        if version is None:
            raise CommandError(_("No list is in force yet. Load one first."))
        prototypes = known(version, day).prototypes
        began = process_time()
        found = measuring.answers(gold, prototypes)
        each_ms = (process_time() - began) / max(len(found), 1) * 1000
        self.stdout.write(f"{len(found)} messages, {each_ms:.2f} ms each\n")
        self.tell("the first reader", found)
        self.tell_readers(found, {prototypes.codes[place] for place in prototypes.items})
        self.tell_more(found)

    def tell(self, reader: str, found: list[Answer]) -> None:
        self.stdout.write(f"\n| by {reader} | n | first | among three | said so |\n|---|---|---|---|---|")
        for name, one in measuring.figures(found).items():
            said = f"{one['said so']:.1%}" if "said so" in one else ""
            self.stdout.write(f"| {name} | {one['n']} | {one['top1']:.1%} | {one['top3']:.1%} | {said} |")

    def tell_readers(self, found: list[Answer], items: set[str]) -> None:
        """Of the messages that two have read: what holds by the other, by either, and how far the two agree."""
        second = measuring.by_the_second(found, items)
        if not second:
            return
        self.tell("the second reader", second)
        self.tell("either", measuring.by_either(found))
        codes = [(one.gold.code, one.gold.second) for one in second]
        sides = [(str(one.gold.item != NONE), str(one.of_the_list)) for one in second]
        self.stdout.write("\n| the two readers | n | agree | kappa |\n|---|---|---|---|")
        for name, pairs in (("on the code", codes), ("on whether an item fits", sides)):
            same, kappa = measuring.agreement(pairs)
            self.stdout.write(f"| {name} | {len(pairs)} | {same:.1%} | {kappa:.2f} |")

    def tell_more(self, found: list[Answer]) -> None:
        self.stdout.write("\n| how sure | how often right | n |\n|---|---|---|")
        for sure, right, count in measuring.calibration(found):
            self.stdout.write(f"| {sure:.0%} | {right:.0%} | {count} |")
        self.stdout.write("\n| right | said first | times |\n|---|---|---|")
        for right, said, count in measuring.confusions(found)[:MOST]:
            self.stdout.write(f"| {right} | {said} | {count} |")
