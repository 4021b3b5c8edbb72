"""Leads what Schemathesis makes up to rows that there are: else it would stop at 404 and 412, before our forms."""

import os
from functools import cache
from typing import Any
from zlib import crc32

import requests
import schemathesis
from schemathesis import Case, Response
from schemathesis.core.parameters import ParameterLocation as Place
from schemathesis.hooks import HookContext

SITE, KEY = os.environ["FUZZED_SITE"], {"Authorization": f"Token {os.environ['FUZZED_TOKEN']}"}
IF_MATCH = "If-Match"
Row = dict[str, Any]


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """An address of the right shape names a row that whoever asks sees; If-Match of the right shape its version."""
    if not case.path_parameters or not fits(case, Place.PATH):
        return
    [(name, made_up)] = case.path_parameters.items()
    resource, _row, *move = case.operation.path.removeprefix("/api/v1/").strip("/").split("/")
    verb = move[-1].replace("-", "_") if move else ""
    row = found(resource, name, verb, crc32(repr(made_up).encode()))
    if row is None:
        return
    case.path_parameters[name] = type(made_up)(row[name])
    if IF_MATCH in case.headers and fits(case, Place.HEADER):
        case.headers[IF_MATCH] = f'"{row["version"]}"'


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """What was read holds until something moved."""
    if case.method == "POST" and response.status_code in (200, 412):
        whole.cache_clear()


def fits(case: Case, place: Place) -> bool:
    return case.meta is None or not case.meta.is_negative_at(place)


def found(resource: str, name: str, verb: str, chance: int) -> Row | None:
    """A row as it is now; for a move one of which it is open, as long as there are such."""
    there = open_to(resource, name, verb) if verb else ()
    while there:
        key = there[chance % len(there)]
        row = whole(resource, key)
        if verb in moves(row):
            return row
        there.remove(key)
    there = known(resource, name)
    return whole(resource, there[chance % len(there)]) if there else None


@cache
def known(resource: str, name: str) -> list[Any]:
    return [row[name] for row in asked(f"{resource}/")["results"]]


@cache
def open_to(resource: str, name: str, verb: str) -> list[Any]:
    return [row[name] for row in at_first(resource, name) if verb in moves(row)]


@cache
def at_first(resource: str, name: str) -> list[Row]:
    return [whole(resource, key) for key in known(resource, name)]


@cache
def whole(resource: str, key: Any) -> Row:
    return asked(f"{resource}/{key}/")


def moves(row: Row) -> set[str]:
    return {move["verb"] for move in row["allowed_moves"] if move["allowed"]}


def asked(where: str) -> Any:
    return requests.get(f"{SITE}/api/v1/{where}", headers=KEY, timeout=10).json()
