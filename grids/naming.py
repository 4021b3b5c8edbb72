"""Names of areas as a chain of places reads them: each says only what the one before it has not said."""

from collections.abc import Iterable

from grids.models import Area

COMMITTEES = ("居委会", "村委会", "居民委员会", "村民委员会")


def short(name: str) -> str:
    """The place, without the committee that serves it."""
    for committee in COMMITTEES:
        name = name.removesuffix(committee)
    return name


def chain_names(chain: Iterable[Area]) -> list[str]:
    """From the widest to the finest: 解放桥社区 · 第5网格, not the community's name in both."""
    return told_once(area.name for area in chain)


def told_once(chain: Iterable[str]) -> list[str]:
    """The same, of names."""
    names: list[str] = []
    before = ""
    for whole in chain:
        name = short(whole)
        names.append(name.removeprefix(before) or name)
        before = name
    return names
