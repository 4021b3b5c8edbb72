"""Enters a real person: account, unit, and the role they have there and over an area."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from grids.actions import post
from grids.models import Area
from people.actions import RoleRefused, give_role
from people.models import Role, Unit, User

REASON = "add_person"


class Command(BaseCommand):
    help = "Adds a person with a role in a unit, over an area, or both; again for another role of the same person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="needed for a new person")
        parser.add_argument("--unit", required=True, help="the unit's code; the role is held there")
        parser.add_argument("--role", required=True, choices=sorted(set(Role.values) - {Role.CITIZEN}))
        parser.add_argument("--area", help="the area's code, for a role over a place")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        unit = self.found(Unit, options["unit"])
        area = self.found(Area, options["area"]) if options["area"] else None
        known = User.objects.filter(username=username).first()
        secret = "" if known else self.secret(User(username=username, name=options["name"] or ""))
        at, role = clock.now(), Role(options["role"])
        try:
            with transaction.atomic():
                user = known or User.objects.create_user(username, options["name"], secret, unit=unit)
                give_role(user, role=role, unit=unit, by=None, at=at, reason=REASON)
                if area:
                    post(user, role=role, area=area, by=None, at=at, reason=REASON)
        except RoleRefused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(_("%(name)s may sign in as %(username)s.") % {"name": user.name, "username": username})

    def found(self, model: type[Unit] | type[Area], code: str) -> Any:
        row = model.objects.filter(code=code).first()
        if row is None:
            raise CommandError(_("There is nothing with the code %(code)s. Look into the data files.") % {"code": code})
        return row

    def secret(self, user: User) -> str:
        """From the keyboard, twice; or one line from a pipe."""
        if not user.name:
            raise CommandError(_("Say the person's name: --name."))
        secret = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        if sys.stdin.isatty() and getpass.getpass() != secret:
            raise CommandError(_("The two passwords differ. Nothing was saved."))
        try:
            validate_password(secret, user)
        except ValidationError as weak:
            raise CommandError("\n".join(weak.messages)) from weak
        return secret
