"""The establishment office takes the list out to Excel, changes a duty, takes it in again and sees what changed."""

import pytest
from django.core.files.storage import storages
from playwright.sync_api import expect

from accountability.actions import begin
from accountability.models import ItemVersion, ListKind
from audit import clock
from desk import tasks
from desk.models import ExportJob, ListImport
from grids.standing import standing_of
from people.models import Role, User
from tests.desk.workbooks import DUTIES, made, put, sheets

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def store(house):
    """The models of this process read the house's files."""
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


def test_the_list_goes_out_is_changed_in_excel_and_comes_in_again(as_person):
    user = User.objects.filter(unit_roles__role=Role.ESTABLISHMENT).order_by("pk")[0]
    at = clock.now()
    draft = begin(ListKind.objects.get(calls=True), by=standing_of(user, at), at=at, label="经Excel修改")
    editor = as_person(user)
    editor.opens(f"/list/drafts/{draft.pk}/")
    editor.presses("Export to Excel")
    tasks.write_export(str(ExportJob.objects.of(user).latest("asked_at").pk))
    editor.sees("Download")  # by itself
    with editor.page.expect_download() as download:
        editor.page.get_by_role("link", name=editor.say("Download")).click()
    found = sheets(download.value.path().read_bytes())
    put(found, DUTIES, 2, "职责内容", "经Excel改的职责")
    editor.opens(f"/list/drafts/{draft.pk}/workbook/")
    file = {"name": "清单.xlsx", "mimeType": "application/octet-stream", "buffer": made(found)}
    editor.page.set_input_files("#id_file", file)
    expect(editor.page.locator("[data-says]")).to_have_text(editor.say("Received: {name}").format(name="清单.xlsx"))
    editor.presses("Compare it with the draft")
    tasks.read_workbook(str(ListImport.objects.of(user).latest("asked_at").pk))
    expect(editor.page.locator("ins").first).to_contain_text("Excel")
    editor.presses("Save all of it in the draft")
    editor.sees("Saved in the draft. Nothing is changed until a second person approves it.")
    assert ItemVersion.objects.filter(version=draft, duties__text="经Excel改的职责").count() == 1
