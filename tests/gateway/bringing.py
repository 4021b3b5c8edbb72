"""Runs the import as a person at a console would, in English."""

import io
from pathlib import Path

from django.core.management import CommandError, call_command
from django.utils.translation import override


def bring_in(path: Path, **options) -> tuple[str, str]:
    """What the command printed, and which rows it refused."""
    out, err = io.StringIO(), io.StringIO()
    with override("en"):
        try:
            call_command("import_cases", path, stdout=out, stderr=err, **{"mapping": "taidi", **options})
        except CommandError as refused:
            out.write(str(refused))
    return out.getvalue(), err.getvalue()
