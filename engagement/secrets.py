"""Encrypts personal details in the database: readable only with the keys in the settings, newest first."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """The keys in force: the first one encrypts, all decrypt."""
    return _box(tuple(settings.FIELD_KEYS))


class SecretField(models.TextField):
    """Text that is stored encrypted. It cannot be searched or sorted, on purpose."""

    def get_prep_value(self, value: str | None) -> str | None:
        return box().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return box().decrypt(value.encode()).decode() if value else value
