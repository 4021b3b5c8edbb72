"""The parts of the Chinese catalogue, what is wrong with them, and the two files that Django reads."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from liixia.launcher.places import CHECKOUT
from liixia.translations.used import SPLIT

LOCALE = CHECKOUT / "locale"
PARTS = LOCALE / "parts"
MADE = LOCALE / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
ALWAYS = datetime(2019, 11, 22, tzinfo=UTC)  # a catalogue of the same words is the same file


def parts() -> dict[str, dict[str, str]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(PARTS.glob("*.json"))}


def merged(of_parts: dict[str, dict[str, str]]) -> dict[str, str]:
    return {key: chinese for part in of_parts.values() for key, chinese in part.items()}


def single(key: str) -> str:
    """A template's `%` is doubled in its message id; a part may write it as it is read."""
    return key.replace("%%", "%")


def chinese_of(key: str, known: dict[str, str]) -> str | None:
    if key in known:
        return known[key]
    plain = known.get(single(key))
    return plain and re.sub(r"%(?!\()", "%%", plain)


def faults(of_parts: dict[str, dict[str, str]], used: dict[str, list[str]]) -> Iterator[str]:
    yield from disagreements(of_parts)
    known = merged(of_parts)
    for key in sorted(used):
        if chinese_of(key, known) is None:
            yield f"no Chinese: {key!r} ({used[key][0]})"
    said = used.keys() | {single(key) for key in used}
    for area, part in of_parts.items():
        for key, chinese in part.items():
            if key not in said:
                yield f"used nowhere: {key!r} ({area})"
            if not chinese.strip():
                yield f"empty: {key!r} ({area})"
            if set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(chinese)):
                yield f"other placeholders than the English: {key!r} ({area})"


def disagreements(of_parts: dict[str, dict[str, str]]) -> Iterator[str]:
    first: dict[str, tuple[str, str]] = {}
    for area, part in of_parts.items():
        for key, chinese in part.items():
            earlier_area, earlier = first.setdefault(key, (area, chinese))
            if earlier != chinese:
                yield f"two words for one idea: {key!r} is {earlier!r} in {earlier_area}, {chinese!r} in {area}"


def files(of_parts: dict[str, dict[str, str]], used: dict[str, list[str]]) -> dict[str, bytes]:
    """The two files' contents; a message that nothing uses is left out."""
    catalogue = Catalog(
        locale="zh_Hans",
        header_comment="# Made by script/messages from locale/parts.",
        project="liixia",
        version="1",
        msgid_bugs_address="liixia",
        last_translator="liixia",
        language_team="liixia",
        creation_date=ALWAYS,
        revision_date=ALWAYS,
        fuzzy=False,
    )
    known = merged(of_parts)
    for key in sorted(used):
        if chinese := chinese_of(key, known):
            context, _, plain = key.rpartition(SPLIT)
            catalogue.add(plain, chinese, context=context or None)
    written, compiled = io.BytesIO(), io.BytesIO()
    write_po(written, catalogue, width=120)
    write_mo(compiled, catalogue)
    return {"django.po": written.getvalue(), "django.mo": compiled.getvalue()}


def write(made: dict[str, bytes]) -> None:
    MADE.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (MADE / name).write_bytes(content)


def stale(made: dict[str, bytes]) -> list[str]:
    return [
        f"not current: {name} (run script/messages)"
        for name, content in made.items()
        if not (MADE / name).exists() or (MADE / name).read_bytes() != content
    ]
