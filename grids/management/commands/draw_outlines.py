"""Rewrites areas.csv and outlines.csv of a data folder from the sketch in it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from grids import drawing


class Command(BaseCommand):
    help = "Draw provisional outlines and grids from the sketch folder of a data folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, default=Path(settings.BASE_DIR) / "grids" / "data")

    def handle(self, *args, **options):
        folder: Path = options["data"]
        sketch = drawing.read_sketch(folder / "sketch")
        drawn = drawing.draw(sketch)
        drawing.write(folder / "areas.csv", drawing.AREA_COLUMNS, drawing.area_rows(sketch, drawn))
        drawing.write(folder / "outlines.csv", drawing.OUTLINE_COLUMNS, drawing.outline_rows(drawn))
        self.stdout.write(f"{folder}: {len(drawn)} grids drawn")
