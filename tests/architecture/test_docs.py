"""The documents say what the code says: drawings current, every home of a rule there, every link leading somewhere."""

import ast
import re

import pytest
from django.core.management import CommandError, call_command

from liixia.drawing.house import layers, says
from liixia.drawing.page import PAGES, MarkerMissing, drawn, put
from tests.architecture.source import APPS, ROOT, tree

HOME = re.compile(r"`((?:[\w-]+/)+\w+\.py)(?::(\w+))?`")
LINK = re.compile(r"\]\(([^)#\s]+)")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def names_in(path: str) -> set[str]:
    found = set()
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_drawings_are_current(page):
    text = page.read_text(encoding="utf-8")
    assert drawn(text, PAGES[page]) == text, "run `.venv/bin/python manage.py draw_docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_check_refuses_a_stale_drawing(tmp_path, monkeypatch, page):
    stale = tmp_path / page.name
    name = next(iter(PAGES[page]))
    stale.write_text(put(page.read_text(encoding="utf-8"), name, "of yesterday"), encoding="utf-8")
    monkeypatch.setattr("liixia.management.commands.draw_docs.PAGES", {stale: PAGES[page]})
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_docs", check=True)
    call_command("draw_docs", verbosity=0)
    call_command("draw_docs", check=True)


def test_a_page_without_a_place_for_a_drawing_is_refused():
    with pytest.raises(MarkerMissing):
        put("no place here", "house", "")


def test_the_house_shows_every_app_and_every_app_says_what_it_is_for():
    shown = [app for floor in layers() for app in floor]
    assert sorted(shown) == sorted(APPS)
    assert all(says(app).endswith(".") for app in shown)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_home_named_in_a_document_exists(document):
    for path, name in HOME.findall(document.read_text(encoding="utf-8")):
        assert (ROOT / path).is_file(), path
        assert not name or name in names_in(path), f"{path}:{name}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document):
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert re.match(r"https?:", target) or (document.parent / target).exists(), target


def test_every_picture_is_small_and_shown_somewhere():
    shown = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size <= 150_000, picture.name
        assert f"pictures/{picture.name}" in shown, picture.name
