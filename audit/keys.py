"""The keys that seal personal details and original photos: from the settings, newest first."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])


def box() -> MultiFernet:
    """The keys in force: the first one encrypts, all decrypt. Any long random words make a key."""
    return _box(tuple(settings.FIELD_KEYS))
