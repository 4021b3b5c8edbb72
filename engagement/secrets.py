"""Encrypts personal details in the database: readable only with the keys in the settings, newest first."""

from django.db import models

from audit.keys import box


class SecretField(models.TextField):
    """Text that is stored encrypted. It cannot be searched or sorted, on purpose."""

    def get_prep_value(self, value: str | None) -> str | None:
        return box().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return box().decrypt(value.encode()).decode() if value else value
