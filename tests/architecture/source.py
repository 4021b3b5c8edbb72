"""Reads our own source, so that a rule of the house can be a test."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "accountability", "admission", "alerts", "assessment", "audit", "cases", "changes", "desk", "engagement", "files",
    "gateway", "grids", "liixia", "outbox", "people",
)  # fmt: skip


@cache
def modules() -> tuple[str, ...]:
    """Every module of ours but migrations, by its path from the root."""
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return tuple(sorted(str(path.relative_to(ROOT)) for path in found if "migrations" not in path.parts))


def pages() -> Iterator[str]:
    """Modules that find rows for a page or a program: views and api everywhere, all of the desk, template tags."""
    for path in modules():
        parts = Path(path).parts
        if parts[0] == "desk" or {"views", "views.py", "api", "api.py", "errand.py", "templatetags"} & set(parts):
            yield path


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def line(path: str, node: ast.AST) -> str:
    return f"{path}:{getattr(node, 'lineno', '?')}"


def chains(path: str) -> Iterator[tuple[str, set[str], ast.AST]]:
    """Each `Model.objects.…` as (model, the names of all that is called on it, where)."""
    above = {child: node for node in ast.walk(tree(path)) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            if not isinstance(node.value, ast.Name):
                continue
            called, now = set(), above.get(node)
            while isinstance(now, ast.Attribute | ast.Call):
                if isinstance(now, ast.Attribute):
                    called.add(now.attr)
                now = above.get(now)
            yield node.value.id, called, node
