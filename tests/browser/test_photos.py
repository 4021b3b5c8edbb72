"""A resident's photo, from the phone to the case page: checked by the worker, and nothing of its facts left in it."""

import io

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from audit import clock
from engagement.models import Report
from files import actions
from files.models import Photo, PhotoState
from grids.models import Area
from tests.browser.persons import PHONE
from tests.files import pictures
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def chooses(person, name: str, data: bytes) -> None:
    person.page.set_input_files("#id_photos", {"name": name, "mimeType": "image/jpeg", "buffer": data})
    expect(person.page.locator(".photos [data-says]")).to_have_text(person.say("Photos sent: {count}.").format(count=1))


def worker_checks() -> None:
    for photo in Photo.objects.filter(state=PhotoState.WAITING):
        actions.process(photo.pk, at=clock.now())


def test_a_photo_comes_to_the_case_page_without_its_facts(visitor, as_person):
    place = people.place()
    resident = visitor(viewport=PHONE)
    resident.opens("/report/")
    resident.writes("What you saw, and whom it affects", "花坛里堆了建筑垃圾。")
    resident.chooses("Street or community", place.community.code)
    data = pictures.with_facts()
    chooses(resident, "here.jpg", data)
    resident.presses("Send the report")
    resident.sees("Received")
    case = Report.objects.by_receipt(resident.page.locator(".code").inner_text()).case

    street = as_person(place.dispatcher)
    street.opens(reverse("desk:case", args=[case.number]))
    street.sees("Being checked; it appears in a moment")
    worker_checks()
    street.opens(reverse("desk:case", args=[case.number]))
    picture = street.page.locator(".shown img")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    street.page.wait_for_function("document.querySelector('.shown img').naturalWidth > 0")

    for size in ("small", "large"):
        photo = Photo.objects.of("case", case.pk).get()
        answer = street.context.request.get(street.house.url + reverse("files:photo", args=[photo.pk, size]))
        assert answer.ok
        assert not Image.open(io.BytesIO(answer.body())).getexif()
        assert pictures.SECRET not in answer.body()
    assert photo.taken_at.startswith("2026:03:12")


def test_a_photo_of_a_case_is_not_for_another_street(visitor, as_person):
    place = people.place()
    resident = visitor(viewport=PHONE)
    resident.opens("/report/")
    resident.writes("What you saw, and whom it affects", "路边护栏倒了。")
    resident.chooses("Street or community", place.community.code)
    chooses(resident, "here.jpg", pictures.sound())
    resident.presses("Send the report")
    resident.sees("Received")
    worker_checks()
    photo = Photo.objects.order_by("-began_at").first()
    elsewhere = Area.objects.filter(kind="street").exclude(pk=place.street.pk).first()
    stranger = as_person(place.one("dispatcher", elsewhere.code))
    path = reverse("files:photo", args=[photo.pk, "large"])
    assert stranger.context.request.get(stranger.house.url + path).status == 404
    assert resident.context.request.get(resident.house.url + path).status == 404
