"""编办 writes the flow of an item: a dead end is refused by name, the picture follows, and then a case shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accountability.actions import begin
from accountability.models import ListVersion
from audit import clock
from cases.models import Case
from grids.standing import standing_of
from people.models import Role, User
from tests.journeys import people

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NAME, PAPER = "当场劝离并拍照", "劝离登记表"


@contextmanager
def in_force_long_ago(draft: ListVersion, case: Case) -> Iterator[None]:
    """As if it had been approved for the days before the first version, and the case accepted under it."""
    first, row = case.list_version, ListVersion.objects.filter(pk=draft.pk)
    row.update(number=0, in_force_from=first.in_force_from - timedelta(days=1), in_force_until=first.in_force_from)
    Case.objects.filter(pk=case.pk).update(list_version=draft)
    yield
    Case.objects.filter(pk=case.pk).update(list_version=first)
    row.update(number=None, in_force_from=None, in_force_until=None)


def test_a_flow_is_written_and_a_case_shows_it(as_person):
    at = clock.now()
    editor = User.objects.filter(unit_roles__role=Role.ESTABLISHMENT).order_by("pk")[0]
    case = Case.objects.open().filter(list_version__number=1, item__isnull=False).order_by("pk")[0]
    draft = begin(case.list_version.kind, by=standing_of(editor, at), at=at, label="流程旅程")
    writer = as_person(editor)
    page = writer.page
    writer.opens(reverse("desk:flow_edit", args=[draft.pk, case.item.code]))
    page.locator("#step-4 summary").click()
    page.fill("#id_name_3", NAME)
    page.fill("#id_document_3", PAPER)
    page.get_by_label(writer.say("Picture of the flow")).get_by_text(PAPER).wait_for()
    ways = page.locator("#step-4 select[name^=to_]")
    chosen = [ways.nth(at).input_value() for at in range(ways.count())]
    for at in range(ways.count()):
        ways.nth(at).select_option("")
    writer.writes("Basis of the flow: the document, or who composed it", "区编办〔2026〕12号")
    with writer.answered(422):
        writer.presses("Save in the draft")
        expect(page.locator(".errors").get_by_text(NAME)).to_be_visible()
    ways.nth(0).select_option(chosen[0])
    ways.nth(1).select_option(chosen[1])
    writer.presses("Save in the draft")
    writer.sees("Saved in the draft. Nothing is changed until a second person approves it.")
    reader = as_person(people.seated(Role.DISTRICT_DESK))
    with in_force_long_ago(draft, case):
        reader.opens(reverse("desk:case", args=[case.number]))
        reader.page.locator(".flow-of > summary").click()
        reader.page.locator(".flow-of svg").get_by_text(PAPER).wait_for()
