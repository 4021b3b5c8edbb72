"""What refuses the start of a shipped installation, each in one sentence that names what to do."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import DatabaseError

SHORTEST = 50
FEWEST_LETTERS = 5
WEAK_KEY = "SECRET_KEY is weak or missing: set it to 50 random characters or more."
WEAK_FIELD_KEY = (
    "LIIXIA_FIELD_KEYS is weak or missing: set it to a random secret of 32 characters or more, and keep it."
)
ANY_HOST = "ALLOWED_HOSTS=* lets anybody pose as this site: name its own addresses."
NO_HOST = "ALLOWED_HOSTS is empty: name the addresses of this site."
DEMO_ACCOUNTS = "There are demo accounts in this database: load real people into an empty one, or set LIIXIA_DEMO=1."


def refusals() -> list[str]:
    """What settings alone can tell; nothing in a demo or while somebody debugs."""
    if not settings.SHIPPED:
        return []
    wrong = {
        WEAK_KEY: is_weak(settings.SECRET_KEY, SHORTEST),
        WEAK_FIELD_KEY: not settings.FIELD_KEYS or any(is_weak(key, 32) for key in settings.FIELD_KEYS),
        ANY_HOST: "*" in settings.ALLOWED_HOSTS,
        NO_HOST: not settings.ALLOWED_HOSTS,
    }
    return [sentence for sentence, is_wrong in wrong.items() if is_wrong]


def is_weak(secret: str, shortest: int) -> bool:
    return len(secret) < shortest or len(set(secret)) < FEWEST_LETTERS or secret.startswith("django-insecure-")


def has_demo_accounts() -> bool:
    try:
        return get_user_model()._default_manager.filter(demo=True).exists()
    except DatabaseError:  # no database yet, or no tables: nobody is in it
        return False


def refuse_unsafe_start() -> None:
    told = refusals() or ([DEMO_ACCOUNTS] if settings.SHIPPED and has_demo_accounts() else [])
    if told:
        raise SystemExit(" ".join(told))


def check_settings(**_: Any) -> list[checks.CheckMessage]:
    return [checks.Error(sentence, id=f"liixia.E{number:03}") for number, sentence in enumerate(refusals(), 1)]
