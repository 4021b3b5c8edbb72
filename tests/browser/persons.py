"""People at their browsers: each in a context of their own, every page watched for mistakes."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from people.models import User
from tests.browser.house import PASSWORD, House

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE = 15_000
REFUSED = re.compile(r"Failed to load resource.* (\d{3}) ")
TELLS_OF_CSP = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.violatedDirective} refuses ${event.blockedURI}`));"""


def zh(text: str, **params: object) -> str:
    """What the Chinese page says for this English id."""
    with override("zh-hans"):
        return gettext(text) % params if params else gettext(text)


class Person:
    """Somebody at a browser. `faults` holds whatever a page should not have said."""

    def __init__(self, house: House, context: BrowserContext, language: str = "zh") -> None:
        self.house, self.context, self.language = house, context, language
        self.faults: list[str] = []
        self.allowed: set[str] = set()
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.set_default_navigation_timeout(2 * PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        answer = REFUSED.search(message.text)
        if not (answer and answer[1] in self.allowed):
            self.faults.append(f"{self.page.url}: {message.text} {message.location.get('url', '')}")

    @contextmanager
    def answered(self, *statuses: int) -> Iterator[None]:
        """Inside, answers of these statuses are what the test wants; the browser calls each a mistake."""
        self.allowed |= {str(status) for status in statuses}
        yield
        self.allowed -= {str(status) for status in statuses}

    def say(self, text: str, **params: object) -> str:
        return zh(text, **params) if self.language == "zh" else (text % params if params else text)

    # ---- where they go
    def opens(self, path: str) -> Page:
        self.page.goto(self.house.url + path)
        return self.page

    def signs_in(self, user: User) -> "Person":
        """Through the real door, with the real password."""
        self.opens("/sign-in")
        self.page.get_by_label(self.say("Account"), exact=True).fill(user.username)
        self.page.get_by_label(self.say("Password"), exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name=self.say("Sign in"), exact=True).click()
        expect(self.page.locator("nav.side")).to_be_visible()
        return self

    # ---- what they do
    def presses(self, text: str, **params: object) -> None:
        self.page.get_by_role("button", name=self.say(text, **params), exact=True).first.click()

    def follows(self, text: str, **params: object) -> None:
        self.page.get_by_role("link", name=self.say(text, **params), exact=True).first.click()

    def writes(self, label: str, words: str) -> None:
        self.page.get_by_label(self.say(label)).first.fill(words)

    def chooses(self, label: str, value: str) -> None:
        self.page.get_by_label(self.say(label)).first.select_option(value)

    def ticks(self, label: str, **params: object) -> None:
        self.page.get_by_role("radio", name=self.say(label, **params)).first.check()

    # ---- what they see
    def sees(self, text: str, **params: object) -> None:
        expect(self.page.locator("main")).to_contain_text(self.say(text, **params))

    def row(self, *texts: str) -> Locator:
        """The line of work, list or inbox that holds all these words."""
        rows = self.page.locator("main li, main tr")
        for text in texts:
            rows = rows.filter(has_text=text)
        return rows.first

    def waits_to_see(self, path: str, wanted: Locator, within: float = 20) -> None:
        """Loads the page again and again until it is there, as somebody who waits for news would."""
        until = time.monotonic() + within
        self.opens(path)
        while not wanted.count():
            assert time.monotonic() < until, f"{path} does not show {wanted} within {within} s"
            self.page.wait_for_timeout(200)
            self.opens(path)


@contextmanager
def at_a_browser(browser: Browser, house: House, language: str = "zh", **options: object) -> Iterator[Person]:
    """A person with an empty browser; at the end nothing may have gone wrong on any page they saw."""
    context = browser.new_context(viewport=options.pop("viewport", DESKTOP), locale="zh-CN", **options)
    context.add_init_script(TELLS_OF_CSP)
    if language == "en":
        context.add_cookies([{"name": "django_language", "value": "en", "url": house.url}])
    person = Person(house, context, language)
    try:
        yield person
        assert not person.faults, person.faults
    finally:
        context.close()
