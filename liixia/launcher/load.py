"""Fills the database for a start: tables, the district, the demo. One process, so that Django is imported once.

It is told `go` on its standard input when the database answers, and tells the launcher what it has done, a JSON line
at a time. After `ready` it goes on playing made-up cases in the background.
"""

import gc
import hashlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from audit import clock  # noqa: E402
from cases.models import Case, Origin  # noqa: E402
from grids.models import Area  # noqa: E402
from liixia import heartbeat  # noqa: E402
from liixia.demo.examples import examples  # noqa: E402
from liixia.guards import refuse_unsafe_start  # noqa: E402
from liixia.launcher.places import CHECKOUT  # noqa: E402

AT_START = 4
IN_ALL = 340
LOADED = "loaded"
TOO_OLD = (
    "The database is of a version that this one cannot take over. Start commit ca32454 with it once, then this one; "
    "or, where nothing in it is needed, begin with another LIIXIA_STATE."
)
launcher = sys.stdout
DATA = os.environ.get("LIIXIA_DATA")  # another district's folder; without it, our own


def tell(**said: Any) -> None:
    print(json.dumps(said), file=launcher, flush=True)


def main() -> None:
    sys.stdin.readline()
    settings.LOADING_FLAG.unlink(missing_ok=True)
    migrate()
    refuse_unsafe_start()
    heartbeat.forget()
    gather_static()
    load_district()
    more = play(AT_START) if settings.LIIXIA_DEMO else 0
    if more:
        settings.LOADING_FLAG.touch()
    tell(step="ready", accounts=accounts(), more=more)
    if more:
        in_the_background()


def migrate() -> None:
    executor = looked_at()
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        gc.freeze()  # what migrations draft of the tables lives until they end: looking for garbage in it costs a fifth
        call_command("migrate", interactive=False, verbosity=0)
    tell(step="tables made")


def looked_at() -> MigrationExecutor:
    """What there is to migrate; the way there from a version before the last squash leads over that version."""
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    for squashed, migration in executor.loader.replacements.items():
        if squashed not in applied and applied.intersection(migration.replaces):
            raise SystemExit(TOO_OLD)
    return executor


def gather_static() -> None:
    """Shipped pages name files by their content; a demo serves them as they lie."""
    if settings.SHIPPED:
        call_command("collectstatic", interactive=False, verbosity=0)


def load_district() -> None:
    """Once per content: `load_lixia` may always be run again, but a start need not wait for it."""
    stamp, wanted = settings.STATE_DIR / LOADED, mark_of_data()
    if not (stamp.exists() and stamp.read_text() == wanted and Area.objects.exists()):
        call_command("load_lixia", data=Path(DATA) if DATA else None, verbosity=0)
        stamp.write_text(wanted)
    tell(step="district loaded")


def mark_of_data() -> str:
    """Changes with the district's files, the code that reads them, and the database they went to."""
    code = CHECKOUT.glob("*/management/commands/load_lixia*.py")
    files = sorted([*CHECKOUT.glob("*/data/**/*"), *(Path(DATA).glob("*.csv") if DATA else ()), *code])
    told = hashlib.sha256(f"{connection.settings_dict['HOST']} {connection.settings_dict['NAME']}".encode())
    for path in filter(Path.is_file, files):
        told.update(str(path).encode() + path.read_bytes())
    return told.hexdigest()


def play(at_start: int) -> int:
    """Cases enough to look at; tells how many are still to be played. A start that was cut off is gone on with."""
    if made_up() < at_start:
        call_command("load_demo", cases=at_start, verbosity=0)
        tell(step="first cases played")
    return max(0, IN_ALL - made_up())


def made_up() -> int:
    return Case.objects.filter(origin=Origin.DEMO).count()


def in_the_background() -> None:
    os.nice(10)
    try:
        call_command("load_demo", cases=IN_ALL, verbosity=0)
    finally:
        settings.LOADING_FLAG.unlink(missing_ok=True)


def accounts() -> list[str]:
    """Names to sign in with: one for each kind of work."""
    if not settings.LIIXIA_DEMO:
        return []
    return examples(clock.now())


if __name__ == "__main__":
    launcher = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what commands print goes to the log
    try:
        main()
    except SystemExit as refusal:
        tell(step="refused", why=str(refusal))
        sys.exit(1)
    except Exception as error:
        traceback.print_exc()
        tell(step="refused", why=f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}")
        sys.exit(1)
