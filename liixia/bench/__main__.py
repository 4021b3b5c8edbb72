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

from liixia.bench.locating import locate  # noqa: E402

BENCHES: dict[str, Callable[[], dict[str, object]]] = {"locate": locate}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"There is no benchmark `{unknown[0]}`; there are: {', '.join(BENCHES)}.")
    with database_for_a_while(["bench"]):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_lixia", verbosity=0, stdout=sys.stderr)
        for name in names or BENCHES:
            print(json.dumps(BENCHES[name]()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
