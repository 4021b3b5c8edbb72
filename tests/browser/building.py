"""Fills the empty database that DATABASE_URL names with the district and its demo; everybody has the same password.

A program of its own, so that no test's database is touched: `python -m tests.browser.building PASSWORD`.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402

from people.models import User  # noqa: E402

CASES = 40


def build(password: str) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_lixia", verbosity=0)
    call_command("load_demo", cases=CASES, verbosity=0)
    User.objects.update(password=make_password(password))


if __name__ == "__main__":
    build(sys.argv[1])
