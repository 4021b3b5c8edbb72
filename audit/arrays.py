"""Conditions on many keys at once, as one value: the same SQL for any number of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func
from django.db.models.expressions import Combinable, RawSQL


def one_of(key: str, found: Combinable) -> Func:
    """`key = ANY(…)`, an array read once and looked up by the key; for the few that it holds.

    In one OR with other conditions PostgreSQL joins two indexes for it, where for IN it would read all rows.
    """
    joined = {"template": "%(expressions)s)", "arg_joiner": " = ANY("}
    return Func(F(key), found, output_field=BooleanField(), **joined)


def any_of(key: str, keys: Sequence[Any]) -> Func:
    """The rows with these keys; the list is one value, so that the SQL is the same for any number."""
    return one_of(key, RawSQL("%s", [keys]))
