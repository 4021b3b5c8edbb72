"""The photos of a form in a real browser: sent in pieces, over a bad connection too, refused in words, taken back."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from audit import clock
from files import actions
from files.models import PIECE_BYTES, Photo
from tests.files import pictures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.files.pages"),
]
LARGE = (2400, 1800)


def in_english(chromium: Browser, site: str) -> BrowserContext:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": site}])
    return context


@pytest.fixture
def page(chromium, live_server) -> Page:
    context = in_english(chromium, live_server.url)
    page = context.new_page()
    page.set_default_timeout(8000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"{live_server.url}/test-form/")
    yield page
    assert page.faults == []
    context.close()


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    payload = [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files]
    page.set_input_files("#id_photos", payload)


def check_all() -> None:
    for photo in Photo.objects.filter(state="waiting"):
        actions.process(photo.pk, at=clock.now())


def states(page: Page):
    return page.locator(".photos [data-state]")


def test_photos_go_while_the_form_is_filled_in_and_come_with_it(page):
    choose(page, ("one.jpg", pictures.sound(size=LARGE)), ("two.jpg", pictures.sound()))
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 2.")
    check_all()
    expect(states(page)).to_have_text(["Sent", "Sent"])
    assert Photo.objects.get(name="one.jpg").size > PIECE_BYTES
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading")).to_have_text("2 photos came with it")


def test_a_form_sent_early_waits_for_its_photos(page):
    page.route(re.compile("/pieces/"), lambda route: (page.wait_for_timeout(300), route.continue_()))
    choose(page, ("one.jpg", pictures.sound(size=LARGE)))
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading")).to_have_text("1 photos came with it")


def test_who_will_not_wait_sends_without(page):
    page.route(re.compile("/pieces/"), lambda route: None)
    choose(page, ("one.jpg", pictures.sound()))
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.locator("[data-says]")).to_have_text("The form goes off as soon as the photos are sent.")
    page.get_by_role("button", name="Send now, without").click()
    expect(page.get_by_role("heading")).to_have_text("0 photos came with it")


def test_a_broken_connection_goes_on_where_it_stopped(page):
    broken = []

    def flaky(route):
        if len(broken) < 2 and not route.request.url.endswith("/pieces/0/"):
            broken.append(route.request.url)
            return route.abort()
        return route.continue_()

    page.route(re.compile("/pieces/"), flaky)
    data = pictures.sound(size=LARGE)
    choose(page, ("one.jpg", data))
    expect(states(page)).to_contain_text("No connection")
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 1.")
    assert len(broken) == 2
    check_all()
    assert Photo.objects.get().state == "ready"


def test_what_is_no_photo_is_refused_in_words_and_does_not_come_with_the_form(page):
    choose(page, ("evil.jpg", pictures.EVIL["page.jpg"]()))
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 1.")
    check_all()
    expect(states(page)).to_contain_text("holds more than a photo")
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading")).to_have_text("0 photos came with it")


def test_a_photo_too_large_is_told_before_anything_is_sent(page):
    choose(page, ("big.jpg", bytes(10 * 1024 * 1024 + 1)))
    expect(states(page)).to_contain_text("Larger than 10 MB")
    assert not Photo.objects.exists()


def test_a_photo_can_be_taken_back(page):
    choose(page, ("one.jpg", pictures.sound()))
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 1.")
    with page.expect_response(re.compile("/remove/")):
        page.get_by_role("button", name="Remove one.jpg").click()
    expect(states(page)).to_have_count(0)
    assert not Photo.objects.exists()


def test_a_tenth_photo_is_told(page):
    choose(page, *((f"{n}.jpg", pictures.sound(size=(64, 64))) for n in range(10)))
    expect(states(page)).to_have_count(9)
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 9.")


def test_a_form_with_a_mistake_keeps_its_photos(page):
    choose(page, ("one.jpg", pictures.sound()))
    expect(page.locator("[data-says]")).to_have_text("Photos sent: 1.")
    check_all()
    page.get_by_role("button", name="Send the form").click()
    expect(states(page)).to_have_text(["Sent"])
    expect(page.locator(".photos [data-name]")).to_have_text(["one.jpg"])
    expect(page.locator(".photos [data-picture]")).to_be_visible()
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading")).to_have_text("1 photos came with it")


def test_when_the_script_does_not_load_a_sentence_says_so(chromium, live_server):
    context = in_english(chromium, live_server.url)
    page = context.new_page()
    page.route(re.compile("upload.js"), lambda route: route.abort())
    page.goto(f"{live_server.url}/test-form/")
    expect(page.get_by_text("Photos need scripts")).to_be_visible()
    expect(page.locator("[data-choosing]")).to_be_hidden()
    page.fill("#id_words", "smoke")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("heading")).to_have_text("0 photos came with it")
    context.close()
