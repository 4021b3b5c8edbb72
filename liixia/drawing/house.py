"""The layers of apps, as the import contract holds them, each with what its app says of itself."""

import ast
import tomllib
from collections.abc import Iterator

from liixia.launcher.places import CHECKOUT

CONTRACT = "apps depend one way"


def layers() -> list[list[str]]:
    """From the roof down; apps of one layer do not import each other."""
    told = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    contract = next(each for each in contracts if each["name"] == CONTRACT)
    return [[app.strip("() ") for app in layer.split("|")] for layer in contract["layers"]]


def says(app: str) -> str:
    """The app's one sentence about itself."""
    tree = ast.parse((CHECKOUT / app / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").splitlines()[0]


def drawing() -> Iterator[str]:
    floors = layers()
    yield "```mermaid"
    yield "flowchart TD"
    for number, apps in enumerate(floors):
        yield f'  floor{number}["{" │ ".join(apps)}"]'
    for number in range(len(floors) - 1):
        yield f"  floor{number} --> floor{number + 1}"
    yield "```"
    yield ""
    yield "| floor | app | what it is for |"
    yield "|---|---|---|"
    for number, apps in enumerate(floors):
        for app in apps:
            yield f"| {len(floors) - number} | `{app}` | {says(app)} |"
