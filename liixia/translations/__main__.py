"""`script/messages`: merges the parts into Django's catalogue; with --check, says what is missing, stale or at odds."""

import sys

from liixia.translations import catalogue
from liixia.translations.used import Unreadable, used


def main(arguments: list[str]) -> None:
    try:
        places = used()
    except Unreadable as unreadable:
        sys.exit(str(unreadable))
    parts = catalogue.parts()
    made = catalogue.files(parts, places)
    told = list(catalogue.faults(parts, places))
    if "--check" in arguments:
        told += catalogue.stale(made)
    else:
        catalogue.write(made)
    print(*told, f"{len(places)} messages, {len(told)} faults.", sep="\n")
    sys.exit(1 if told and "--check" in arguments else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
