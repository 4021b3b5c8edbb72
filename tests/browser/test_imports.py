"""The district desk brings in a file of another system: sent in pieces, tried, taken in; without scripts told so."""

import pytest
from django.core.files.storage import storages
from playwright.sync_api import expect

from cases.models import Case
from files.models import PIECE_BYTES
from gateway import actions
from gateway.models import Import
from people.models import Role
from tests.gateway.sending import table, waiting
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def chooses(desk, name: str, data: bytes) -> None:
    desk.page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": data})
    expect(desk.page.locator("[data-says]")).to_have_text(desk.say("Received: {name}").format(name=name))


def test_a_file_of_several_pieces_is_tried_and_taken_in(as_person):
    desk = as_person(people.seated(Role.DISTRICT_DESK))
    data = table(*waiting(6000, first=500_000)[:5], ["", "x" * PIECE_BYTES, "", "", "", "", "", ""])
    desk.opens("/imports/")
    desk.chooses("What kind of file", "taidi")
    chooses(desk, "来信.csv", data)
    desk.presses("Try every row")
    desk.sees("Every row is being tried")
    one = Import.objects.history()[0]
    actions.work(one.pk)
    desk.sees("Tried: %(new)s rows would come in, %(refused)s would not", new=5, refused=1)  # by itself
    desk.presses("Take it in")
    actions.work(one.pk)
    desk.sees("%(new)s rows came in, %(refused)s did not", new=5, refused=1)
    assert Case.objects.filter(external_number__startswith="taidi-50000").count() == 5


def test_pressed_too_early_it_waits_for_the_file(as_person):
    desk = as_person(people.seated(Role.DISTRICT_DESK))
    desk.opens("/imports/")
    desk.page.route("**/pieces/**", lambda route: (desk.page.wait_for_timeout(700), route.continue_()))
    desk.chooses("What kind of file", "taidi")
    payload = {"name": "b.csv", "mimeType": "text/csv", "buffer": table(*waiting(2, first=600_000))}
    desk.page.set_input_files("#id_file", payload)
    desk.presses("Try every row")
    desk.sees("Every row is being tried")


def test_without_scripts_the_page_says_that_imports_need_them(as_person):
    desk = as_person(people.seated(Role.DISTRICT_DESK), java_script_enabled=False)
    desk.opens("/imports/")
    desk.sees(
        "Imports need scripts, which are missing on this page. Switch them on, or ask the system administrator to run "
        "the command import_cases."
    )
    expect(desk.page.locator("[data-choosing]")).to_be_hidden()
