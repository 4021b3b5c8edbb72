"""Every page of every role, wide and narrow, in both languages: clean by axe, no sideways scroll, no foreign words."""

import json
import re
from collections.abc import Iterable

import pytest
from django.conf import settings
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case, State
from liixia.launcher.places import CHECKOUT
from people.models import Role
from tests.browser import places
from tests.browser.persons import DESKTOP, PHONE, Person

AXE = CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = (DESKTOP, PHONE)
ROLES = sorted(set(Role) - {Role.CITIZEN})
# A move that is not open answers with these, and the browser calls that a mistake.
REFUSALS = (403, 409)
# What a page is spoken in is told from these; words of the public and names of places are marked with their language.
SPOKEN = "nav a, h1, h2, h3, h4, button, .btn, th, legend, label, summary, .tag"
LOOK = """(spoken) => ({
    wide: document.documentElement.scrollWidth - window.innerWidth,
    words: [...document.querySelectorAll(spoken)].filter((node) => node.checkVisibility()).map((node) => {
        const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        const parts = [];
        while (walker.nextNode()) {
            const near = walker.currentNode.parentElement.closest("[lang]");
            parts.push([near.lang, walker.currentNode.textContent]);
        }
        return parts;
    }).flat(),
})"""
RUN = "(rules) => axe.run(document, {resultTypes: ['violations'], rules}).then((found) => found.violations)"
BUT_COLOURS = {"color-contrast": {"enabled": False}}  # two thirds of its time: once for each kind of page is enough
ENGLISH = re.compile(r"\b[A-Za-z]*[a-z][A-Za-z]*\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
DISTRICT = "历下区"  # stands within sentences
PRODUCTS = {"Excel"}  # are called so in every language

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def axe() -> str:
    """Its last value is the program itself, which nobody wants to hear of."""
    return AXE.read_text() + ";0"


def foreign(parts: list[list[str]], language: str) -> list[str]:
    """Words in the page's own name that are not of its language."""
    own = [text for lang, text in parts if lang == {"zh": "zh-Hans", "en": "en"}[language]]
    if language == "en":
        return [word for text in own for word in CHINESE.findall(text) if word != DISTRICT]
    return [word for text in own for word in ENGLISH.findall(text) if len(word) >= 4 and word not in PRODUCTS]


def faults(
    person: Person, path: str, axe: str, sizes: Iterable[dict] = SIZES, colours: Iterable[dict] = SIZES
) -> list[str]:
    """What is wrong with the page that this person has before them, wide and narrow; axe reads it at these sizes, and
    its contrasts at those."""
    page, found = person.page, []
    page.wait_for_load_state()
    if person.language != "zh":  # axe finds nothing in English that it does not find in Chinese
        sizes = ()
    if sizes:
        page.evaluate(axe)
    for size in SIZES:
        page.set_viewport_size(size)
        seen = page.evaluate(LOOK, SPOKEN)
        where = f"{path} {person.language} {size['width']}"
        if seen["wide"] > 0:
            found.append(f"{where}: {seen['wide']} px too wide")
        found += [f"{where}: foreign “{word}”" for word in sorted(set(foreign(seen["words"], person.language)))]
        if size in sizes:
            rules = {} if size in colours else BUT_COLOURS
            found += [f"{where}: {said(violation)}" for violation in page.evaluate(RUN, rules)]
    return found


def said(violation: dict) -> str:
    nodes = [node["html"][:160] for node in violation["nodes"][:3]]
    return f"{violation['id']} {json.dumps(nodes, ensure_ascii=False)}"


def check(person: Person, paths: Iterable[str], axe: str) -> None:
    found = []
    for path in paths:
        person.opens(path)
        found += faults(person, path, axe)
    tell(found)


def tell(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_a_resident(visitor, axe, language):
    person = visitor(language=language)
    with person.answered(404):
        check(person, [*places.of_residents(), "/nothing-here/"], axe)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_a_role(as_person, axe, role, language):
    who = places.reader(role)
    person = as_person(who.user, language=language)
    before = set(places.kinds_before(role))
    found: list[str] = []
    with person.answered(*REFUSALS):
        for path in places.of_staff(who, role):
            sizes, colours = read_at(path, role, before, language)
            if sizes:  # what those who see most have opened already is the same page with less in it
                person.opens(path)
                found += faults(person, path, axe, sizes, colours)
    tell(found)


def read_at(path: str, role: str, before: set[str], language: str) -> tuple[Iterable[dict], Iterable[dict]]:
    """Wide and narrow where a kind of page is met first by those who see most, else narrow; and of the others, or in
    English, only what nobody before them meets. Its contrasts are read where it is met first."""
    kind = places.kind_of(path)
    first = kind not in before
    if role not in places.READ_WIDE:
        return ((PHONE,), (PHONE,)) if first else ((), ())
    if language == "zh":
        before.add(kind)
    elif not first:
        return (), ()
    return (SIZES, (DESKTOP,)) if first else ((PHONE,), ())


def test_the_question_which_grid(visitor, axe):
    """The device says where it is, but only roughly; so the page asks, and takes the answer."""
    rough = {"longitude": 117.0468, "latitude": 36.6667, "accuracy": 900}
    person = visitor(geolocation=rough, permissions=["geolocation"])
    person.opens("/report/")
    person.writes("What you saw, and whom it affects", "人行道砖松动，下雨溅水。")
    person.presses("Take the position here")
    expect(person.page.locator("[data-locate] [data-says]")).to_contain_text("900")
    person.presses("Send the report")
    person.sees("One more question: where is it?")
    found = faults(person, "which grid", axe)
    person.page.get_by_role("radio").first.check()
    person.presses("Send the report")
    person.sees("Received")
    tell(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_with_something_to_put_right(visitor, axe, language):
    person = visitor(language=language)
    person.opens("/report/")
    person.presses("Send the report")
    expect(person.page.locator(".errors")).to_be_focused()
    found = faults(person, "an empty report", axe)
    person.opens("/sign-in")
    with person.answered(429):
        for nth in range(settings.AXES_FAILURE_LIMIT):
            person.writes("Account", f"nobody-{language}")
            person.writes("Password", "not the password")
            person.presses("Sign in")
            if nth == 0:
                expect(person.page.locator(".errors")).to_be_focused()
                found += faults(person, "a wrong password", axe)
        person.sees("Locked for a while")
    tell([*found, *faults(person, "locked out", axe)])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whistle_with_something_to_put_right(as_person, axe, language):
    who = places.reader(Role.DISPATCHER)
    case = next(case for case in who.cases if case.state == State.ACCEPTED)
    person = as_person(who.user, language=language)
    person.opens(reverse("cases:whistle", args=[case.number]))
    with person.answered(422):
        person.page.locator("form.move button[type=submit].blow").click()
        expect(person.page.locator(".errors")).to_be_focused()
    tell(faults(person, "a whistle without words", axe))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_move_for_many_with_something_to_put_right(as_person, axe, language):
    """What it asks for, a colleague not chosen, and a row that has moved on meanwhile."""
    who = places.reader(Role.RESPONDER)
    person = as_person(who.user, language=language)
    page = person.opens("/cases/?state=open")
    tick = page.locator("input[name=case]").first
    number = tick.get_attribute("value").partition(":")[0]
    tick.check()
    page.locator("button[name=verb][value=assign]").click()
    expect(page.get_by_label(person.say("To whom"))).to_be_visible()
    found = faults(person, "a colleague for many", axe)
    with person.answered(422):
        person.presses("Give to a colleague")
        expect(page.locator(".errors")).to_be_focused()
        found += faults(person, "no colleague for many", axe)
        page.get_by_label(person.say("To whom")).select_option(index=1)
        Case.objects.filter(number=number).update(version=F("version") + 1)
        person.presses("Give to a colleague")
        expect(page.locator(".err")).to_be_visible()
        tell(found + faults(person, "some of many refused", axe))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_view_without_a_name(as_person, axe, language):
    who = places.reader(Role.DISTRICT_DESK)
    person = as_person(who.user, language=language)
    person.opens(reverse("desk:views"))
    with person.answered(422):
        person.writes("Name of the view", " ")
        person.presses("Save")
        expect(person.page.locator(".errors")).to_be_focused()
    tell(faults(person, "a view without a name", axe))


def test_pages_that_refuse(as_person, axe):
    """An address that is none, a case that is not theirs, a page for another role: each says what to do."""
    who = places.reader(Role.STATION)
    person = as_person(who.user)
    hidden = Case.objects.exclude(pk__in=[case.pk for case in who.cases]).order_by("pk").first()
    addresses = ("/nothing-here/", reverse("desk:case", args=[hidden.number]), reverse("engagement:clerk_report"))
    with person.answered(403, 404):
        check(person, addresses, axe)
        person.opens(addresses[1])
        expect(person.page.locator("main")).not_to_contain_text(hidden.summary)
