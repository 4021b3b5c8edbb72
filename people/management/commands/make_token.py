"""Makes a token by which a program acts for somebody, where nobody can sign in and make it on their page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit import clock
from people.actions import TokenRefused, make_token
from people.forms import TokenForm
from people.models import User


class Command(BaseCommand):
    help = "Makes a token for a person and prints it, this once; what it is for and until when is said beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="what it is for, as in the list on the person's page")
        parser.add_argument("--days", default=TokenForm.base_fields["days"].initial, help="for how many days it holds")

    def handle(self, *args: Any, username: str, name: str, days: Any, **options: Any) -> None:
        user, asked = self.found(username), TokenForm({"name": name, "days": days})
        if not asked.is_valid():
            raise CommandError(" ".join(sentence for wrong in asked.errors.values() for sentence in wrong))
        try:
            token, secret = make_token(user, by=None, at=clock.now(), **asked.cleaned_data)
        except TokenRefused as refused:
            raise CommandError(refused.messages[0]) from refused
        until = f"{localtime(token.expiry):%Y-%m-%d %H:%M}"
        told = _("With it a program acts for %(name)s until %(until)s. It is not shown again.")
        self.stderr.write(told % {"name": user.name, "until": until})
        self.stdout.write(secret)

    def found(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                _("There is no account %(username)s. Write it as for signing in.") % {"username": username}
            )
        return user
