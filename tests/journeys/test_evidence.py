"""A case is laid before others: the dispatcher has its evidence printed, and an inspector checks the copy they hold."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from playwright.sync_api import expect

from assessment.models import Mark
from audit import clock
from cases.models import Case
from desk.actions import bundles
from desk.models import Bundle
from grids.models import Posting
from people.models import Role
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def test_a_bundle_is_made_taken_and_its_copy_checked(as_person, tmp_path):
    case = Case.objects.get(pk=Mark.objects.order_by("pk")[0].case_id)
    dispatchers = Posting.objects.filter(role=Role.DISPATCHER)
    maker = as_person(dispatchers.filter(area__code=case.place_code[:9]).order_by("pk")[0].user)
    maker.opens(reverse("desk:case", args=[case.number]))
    maker.follows("Evidence bundle (PDF)")
    maker.presses("Make the bundle")
    expect(maker.page.locator("h1")).to_have_text(maker.say("The bundle is being made"))
    bundles.run(Bundle.objects.latest("asked_at").pk, now=clock.now)
    expect(maker.page.locator("h1")).to_have_text(maker.say("The bundle is ready"))
    with maker.page.expect_download() as download:
        maker.follows("Download the PDF")
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(Path(download.value.path()).read_bytes())
    assert copy.read_bytes().startswith(b"%PDF")

    other = as_person(dispatchers.exclude(area__code=case.place_code[:9]).order_by("pk")[0].user)
    with other.answered(404):
        other.opens(reverse("desk:case_bundle", args=[case.number]))
        other.opens(reverse("desk:bundle", args=[Bundle.objects.latest("asked_at").pk]))
        expect(other.page.locator("main")).not_to_contain_text(case.number)
    checked(as_person(people.seated(Role.INSPECTOR)), copy, case)


def checked(inspector, copy: Path, case: Case) -> None:
    """The file stays in the browser; one byte more, and it is none of ours."""
    inspector.opens(reverse("desk:check_bundle"))
    inspector.page.get_by_label(inspector.say("The PDF file")).set_input_files(copy)
    expect(inspector.page.locator("h1")).to_have_text(inspector.say("One of ours, unchanged"))
    inspector.sees(case.number)
    copy.write_bytes(copy.read_bytes() + b"\n")
    inspector.page.get_by_label(inspector.say("The PDF file")).set_input_files(copy)
    expect(inspector.page.locator("h1")).to_have_text(inspector.say("None of ours"))
    with inspector.answered(422):
        inspector.writes("sha256 of the file", "没有")
        inspector.presses("Check")
        inspector.sees("This is no sha256: it has 64 figures from 0 to 9 and letters from a to f.")
