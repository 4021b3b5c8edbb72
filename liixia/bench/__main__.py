"""`script/bench [NAME…]`: a line of JSON for each benchmark, on a database of its own."""

import json
import os
import sys
from collections.abc import Callable

import django
from django.core.management import call_command

from liixia.launcher.embedded import database_for_a_while

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django.setup()

from liixia.bench import house  # noqa: E402
from liixia.bench.impacting import list_impact  # noqa: E402
from liixia.bench.importing import list_import  # noqa: E402
from liixia.bench.locating import locate  # noqa: E402
from liixia.bench.pages import PAGES  # noqa: E402
from liixia.bench.programs import PROGRAMS  # noqa: E402
from liixia.bench.serving import Served  # noqa: E402
from liixia.bench.suggesting import suggest  # noqa: E402
from liixia.bench.sweeping import lapse  # noqa: E402
from liixia.bench.worktiming import worktime  # noqa: E402

ALONE: dict[str, Callable[[], dict[str, object]]] = {
    "locate": locate, "worktime": worktime, "suggest": suggest, "list_import": list_import,
}  # fmt: skip
SERVED: dict[str, Callable[[Served], dict[str, object]]] = {
    **PAGES, **PROGRAMS, "list_impact": list_impact, "sweep": lapse,
}  # fmt: skip


def main(names: list[str]) -> None:
    known = [*ALONE, *SERVED]
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark `{unknown[0]}`; there are: {', '.join(known)}.")
    with database_for_a_while(["bench"]):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_lixia", verbosity=0, stdout=sys.stderr)
        wanted = names or known
        for name in [name for name in wanted if name in ALONE]:
            tell(ALONE[name]())
        if any(name in SERVED for name in wanted):
            house.filled()
            with house.opened() as server:
                for name in [name for name in wanted if name in SERVED]:
                    tell(SERVED[name](server))


def tell(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
