#!/usr/bin/env python
"""Django's commands, on this checkout's own database unless DATABASE_URL names another."""

import os
import sys

from django.core.management import execute_from_command_line

from liixia.launcher.embedded import database_for_a_while


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
    with database_for_a_while(sys.argv[1:2]):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
