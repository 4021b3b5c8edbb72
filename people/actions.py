"""Every change of who holds which role or token, or is on duty, each with its line in the security log."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from audit.actions import note
from audit.models import Event
from people import rosters
from people.models import THREE_ADMINS, DutyRoster, Role, Token, Unit, UnitRole, User

MOST_TOKENS = 20
LONGEST_TOKEN = 366


class TokenRefused(ValidationError):
    """No token is made: the sentence says why."""


class RoleRefused(Exception):
    """Why a role is not given or taken: a code for programs and a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@transaction.atomic
def give_role(
    user: User, *, role: Role, unit: Unit, by: User | None, at: datetime, reason: str = "", address: str | None = None
) -> UnitRole:
    """The person acts for the unit in this role from now on; giving it twice changes nothing."""
    _lock(user)
    _refuse_unless_allowed(user, by, at)
    held = UnitRole.objects.current(at).filter(user=user)
    already = held.filter(role=role, unit=unit).first()
    if already:
        return already
    if role in THREE_ADMINS and held.filter(role__in=THREE_ADMINS).exclude(role=role).exists():
        raise RoleRefused("another_admin", _("Nobody is two of the three administrators. Take the other role first."))
    given = UnitRole.objects.create(user=user, unit=unit, role=role, since=at)
    note(Event.ROLE_GIVEN, by=by, subject=("user", user.pk), reason=f"{role} {unit.code} {reason}", address=address)
    return given


@transaction.atomic
def take_role(held: UnitRole, *, by: User | None, at: datetime, reason: str = "", address: str | None = None) -> None:
    """The role ends now; the person's next request finds it gone."""
    _lock(held.user)
    _refuse_unless_allowed(held.user, by, at)
    if not UnitRole.objects.current(at).filter(pk=held.pk).update(until=at):
        return
    words = f"{held.role} {held.unit.code} {reason}"
    note(Event.ROLE_TAKEN, by=by, subject=("user", held.user_id), reason=words, address=address)


@transaction.atomic
def switch_off(user: User, *, by: User | None, at: datetime, reason: str = "", address: str | None = None) -> None:
    """The account opens nothing any more, from the next request on; its roles end and its past stays."""
    _lock(user)
    _refuse_unless_allowed(user, by, at)
    for held in UnitRole.objects.current(at).filter(user=user).select_related("user", "unit"):
        take_role(held, by=by, at=at, reason=reason, address=address)
    Token.objects.of(user).delete()
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        note(Event.ROLE_TAKEN, by=by, subject=("user", user.pk), reason=f"account off {reason}", address=address)


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _refuse_unless_allowed(user: User, by: User | None, at: datetime) -> None:
    """Roles are the security administrator's to give and take, never one's own; the system (None) loads data."""
    if by is None:
        return
    if by.pk == user.pk:
        raise RoleRefused("own_role", _("Nobody changes their own roles. Ask another security administrator."))
    if not UnitRole.objects.current(at).filter(user=by, role=Role.SECURITY_ADMIN).exists():
        raise RoleRefused("wrong_person", _("Only a security administrator gives and takes roles."))


def machine(username: str, *, name: str, unit: Unit) -> User:
    """The name under which an import writes down what others did. It is switched off: nobody signs in with it."""
    made, first = User.objects.get_or_create(
        username=username, defaults={"name": name, "unit": unit, "is_active": False}
    )
    if first:
        made.set_unusable_password()
        made.save(update_fields=["password"])
    return made


@transaction.atomic
def make_token(
    user: User, *, name: str, days: int, by: User | None, at: datetime, address: str | None = None
) -> tuple[Token, str]:
    """A token by which a program acts for this person, and what it is: nobody can read that again."""
    _lock(user)
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise TokenRefused(_("This account is switched off: no program acts for it."), code="account_off")
    if not 1 <= days <= LONGEST_TOKEN:
        raise TokenRefused(
            _("A token holds for 1 to %(most)s days."), code="token_too_long", params={"most": LONGEST_TOKEN}
        )
    if Token.objects.of(user).current().count() >= MOST_TOKENS:
        raise TokenRefused(
            _("There are %(most)s tokens already. Revoke one first."), code="tokens", params={"most": MOST_TOKENS}
        )
    digest, secret = get_digest_token()
    key = secret[: CONSTANTS.TOKEN_KEY_LENGTH]
    token = Token.objects.create(
        digest=digest, token_key=key, user=user, name=name.strip()[:60], created=at, expiry=at + timedelta(days=days)
    )
    note(Event.TOKEN_MADE, by=by, subject=("token", key), reason=f"{days} days", address=address)
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: User, address: str | None = None) -> None:
    """It opens nothing any more, from the next request on."""
    token.delete()
    note(Event.TOKEN_REVOKED, by=by, subject=("token", token.token_key), address=address)


@transaction.atomic
def set_roster(unit: Unit, rows: Sequence[DutyRoster], *, by: User | None, at: datetime) -> None:
    """The unit's roster says this from now on, in place of what it said; the system (None) loads data."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    _refuse_unless_of_unit(unit, by, at)
    rosters.check(rows)
    DutyRoster.objects.filter(unit=unit).delete()
    for row in rows:
        row.unit = unit
    DutyRoster.objects.bulk_create(rows)
    note(Event.ROSTER_SET, by=by, subject=("unit", unit.code), reason=f"{len(rows)} rows")


def _refuse_unless_of_unit(unit: Unit, by: User | None, at: datetime) -> None:
    if by is None:
        return
    allowed = Q(unit=unit) | Q(role=Role.SYSTEM_ADMIN)
    if not UnitRole.objects.current(at).filter(allowed, user=by).exists():
        sentence = _("Only people of %(unit)s set its roster. Ask one of them, or the system administrator.")
        raise rosters.RosterRefused(sentence, code="wrong_person", params={"unit": unit.name})
