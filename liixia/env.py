"""How a setting is read from the environment."""

import os

YES = {"1", "true", "yes", "on"}


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in YES


def embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def demo() -> bool:
    """The embedded database is a demo's, unless somebody says otherwise."""
    return flag("LIIXIA_DEMO", default=embedded())


def shipped() -> bool:
    """In earnest: neither a demo nor somebody debugging."""
    return not (flag("DEBUG") or demo())


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
