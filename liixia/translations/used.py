"""Every message id that code and templates use, and where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from liixia.launcher.places import CHECKOUT

NAMES = {"_", "gettext", "gettext_lazy", "gettext_noop"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
DRAWN = "drawn"  # the folder of Jinja's templates
SPLIT = "||"  # between the context and the id, in a part's key
NO_CODE = {".venv", ".git", "node_modules", "var", "tests", "migrations", "staticfiles", "docs"}
CALL = re.compile(r"""\b(_|gettext|pgettext)\(((?:u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*"|[,\s])+)""", re.S)


class Unreadable(Exception):
    """A message that no catalogue can hold: not a plain string."""


def used() -> dict[str, list[str]]:
    """Message id → the places that use it."""
    found: dict[str, list[str]] = {}
    for path in sorted(sources()):
        name = str(path.relative_to(CHECKOUT))
        for key, line in in_code(path) if path.suffix == ".py" else in_template(path):
            found.setdefault(key, []).append(f"{name}:{line}")
    return found


def sources() -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in CHECKOUT.rglob(pattern):
            inside = path.relative_to(CHECKOUT).parts
            if not NO_CODE & set(inside) and (pattern != "*.txt" or "templates" in inside):
                yield path


def in_code(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            words = 1 if name in NAMES else 2 if name in IN_CONTEXT else 0
            if words:
                yield SPLIT.join(plain(word, path) for word in node.args[:words]), node.lineno


def plain(node: ast.expr, path: Path) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise Unreadable(f"{path.relative_to(CHECKOUT)}:{node.lineno}: a message must be a plain string, not an expression")


def in_template(path: Path) -> Iterator[tuple[str, int]]:
    text = path.read_text(encoding="utf-8")
    if DRAWN not in path.parts:  # Jinja's stand there as in code
        text = templatize(text)
    for match in CALL.finditer(text):
        words = ast.literal_eval(f"({match[2].rstrip().rstrip(',')},)")
        yield SPLIT.join(words), text.count("\n", 0, match.start()) + 1
