"""What no line of the source and no answer of the site may do."""

import ast
import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from people.models import User
from tests.architecture.source import ROOT, line, modules, templates, tree
from tests.world import PASSWORD

FORBIDDEN_NAMES = {
    "csrf_exempt": "every POST carries its form's key",
    "mark_safe": "format_html escapes what it is given",
    "SafeString": "only the renderer of icons and controls says that markup is safe",
    "receiver": "no Django signals",
    "post_save": "no Django signals",
    "pre_save": "no Django signals",
}
ALLOWED_NAMES = {
    ("people/templatetags/shell.py", "SafeString"): "the type that format_html returns",
    ("people/templatetags/shell.py", "mark_safe"): "what Jinja has drawn, which escapes as Django does",
    ("people/drawn.py", "SafeString"): "the type that format_html returns",
    ("people/drawn.py", "mark_safe"): "templates of our own, drawn already",
}
FORBIDDEN_MARKUP = {
    r"\|\s*safe\b": "what people write is escaped",
    r"autoescape\s+off": "what people write is escaped",
    r"\sstyle\s*=": "the policy forbids inline styles",
    r"<style": "the policy forbids inline styles",
    r"\son[a-z]+\s*=\s*[\"']": "the policy forbids inline handlers",
    r"javascript:": "the policy forbids inline scripts",
    r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")": "the policy forbids inline scripts",
    r"(?:src|href|action)=\"(?:https?:)?//": "nothing comes from elsewhere",
}


def used(path: str):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name | ast.Attribute | ast.alias):
            yield node, getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)


def test_no_forbidden_name_is_used():
    found = [
        f"{line(path, node)} {name}: {FORBIDDEN_NAMES[name]}"
        for path in modules()
        for node, name in used(path)
        if name in FORBIDDEN_NAMES and (path, name) not in ALLOWED_NAMES
    ]
    assert found == []


def test_nothing_waits_in_the_queue_for_a_later_time():
    late = [
        line(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and any(word.arg in ("eta", "countdown") for word in node.keywords)
    ]
    assert late == []


def test_only_one_module_asks_what_time_it_is():
    asked = [
        line(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "utcnow")
        and getattr(node.value, "id", "") in ("timezone", "datetime", "date")
    ]
    assert asked == []


def test_whoever_walks_through_pages_waits_as_a_person_does():
    """One look at a page that is still on its way is how a test fails one time in fifty."""
    walks = [path for folder in ("journeys", "browser") for path in sorted((ROOT / "tests" / folder).rglob("*.py"))]
    glances = r"\.is_(?:visible|hidden|checked|enabled|disabled|editable)\(\)"
    assert [str(path.relative_to(ROOT)) for path in walks if re.search(glances, path.read_text())] == []


def without_comments(text: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_holds_forbidden_markup(path):
    text = without_comments(path.read_text())
    assert [why for pattern, why in FORBIDDEN_MARKUP.items() if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_posting_form_carries_its_key(path):
    for form in re.findall(r"<form\b.*?</form>", without_comments(path.read_text()), re.DOTALL | re.IGNORECASE):
        if re.search(r"method=\"?post", form, re.IGNORECASE):
            assert "csrf_token" in form


def routes(resolver: URLResolver | None = None, before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        found += routes(entry, here) if isinstance(entry, URLResolver) else [(here, entry)]
    return found


SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "slug": "small", "str": "x", "path": "x"}


def sample(route: str) -> str:
    route = re.sub(r"\^|\$|\(\?P<\w+>.*?\)(?=/)", lambda found: "1" if len(found[0]) > 1 else "", route)
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match.group(1) or "str"], route)


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted({route for route, _entry in routes()}))
def test_no_address_takes_a_post_without_the_key(route):
    answer = Client(enforce_csrf_checks=True).post(sample(route), {"x": "y"})
    assert answer.status_code in (403, 404, 405, *([401] if route.startswith("api/v1/") else []))


@pytest.mark.django_db
def test_passwords_are_kept_with_argon2id():
    user = User.objects.create_user("a", "Somebody", PASSWORD)
    assert identify_hasher(user.password).algorithm == "argon2"
    assert "$argon2id$" in user.password
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in", "/report/", "/nowhere"])
def test_every_page_says_what_a_browser_may_do(client, settings, path):
    settings.DEBUG = False
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(client):
    User.objects.create_user("a", "Somebody", PASSWORD)
    client.post("/sign-in", {"username": "a", "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_requests_and_pieces_stay_small():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 1024 * 1024
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE <= 1024 * 1024
