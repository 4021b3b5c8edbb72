"""An inspector goes and looks: without a photo of the same spot it is refused, with one both stand side by side."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from playwright.sync_api import expect

from audit import clock
from cases.models import Case, PhotoPair, State, Verb
from files import actions as files
from files.actions import Chosen
from liixia.demo.scenes import scene
from liixia.demo.stage import Stage
from tests.browser.persons import PHONE
from tests.files import pictures
from tests.files.sending import ready
from tests.journeys import people
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SEED = 370102


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read and write the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def replied() -> Case:
    """One more case of the demo that waits to be inspected, with a photo from before."""
    stage = Stage(SEED, clock.now())
    for number in range(45_000, 47_000):
        if scene(number, SEED, stage.matters).stop == "reply":
            stage.play(number)
            case = Case.objects.latest("pk")
            if case.state == State.INSPECTING:
                break
    photo = ready(pictures.sound(), ticket="first", at=case.opened_at)
    step = case.steps.get(verb=Verb.OPEN)
    files.attach(Chosen("first", (photo.pk,)), kind="case", subject_id=case.pk, step_id=step.pk)
    return case


def test_the_same_spot_is_shown_before_and_after(as_person):
    case = replied()
    inspector = as_person(people.seated("inspector"), viewport=PHONE)
    inspector.opens(reverse("cases:move", args=[case.number, Verb.PASS]))
    inspector.sees("The same spot, before and after")
    inspector.writes("What you saw on site", "现场已清净")
    with inspector.answered(422):
        inspector.presses("Inspection passed")
        inspector.sees("Send a photo taken from the same spot.")
    photo = {"name": "now.jpg", "mimeType": "image/jpeg", "buffer": pictures.sound()}
    inspector.page.set_input_files("#id_photos", photo)
    sent = inspector.say("Photos sent: {count}.").format(count=1)
    expect(inspector.page.locator(".photos [data-says]")).to_have_text(sent)
    inspector.presses("Inspection passed")
    inspector.sees("Inspection passed.")
    waits_for(PhotoPair.objects.filter(case=case, own=True, chosen_by=inspector_of(case)))
    pair = inspector.page.locator("#pairs")
    expect(pair).to_be_visible()
    expect(pair.locator("h3")).to_have_count(2)


def inspector_of(case: Case) -> int:
    return case.steps.get(verb=Verb.PASS).actor_id
