"""The establishment office amends an item and sees what it would do; the legal office approves, from tomorrow on.

When its day has come a new case goes by the new version, and the old case keeps the old one.
"""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.duties import duty_texts, version_on
from accountability.models import Item, ListVersion
from audit import clock
from cases import actions
from cases.models import Case, Profile
from changes.actions.deciding import withdraw
from changes.models import Change, State
from grids.models import Area, AreaKind
from grids.standing import standing_of
from people.models import Role, Unit, UnitKind, User
from tests.journeys import people
from tests.journeys.steps import takes_up
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "负责查处，接到线索当日到场，处理结果三日内告知街道"


@pytest.fixture(autouse=True)
def nothing_else_waits(house):
    """What the demo has sent is taken out of the way."""
    at = clock.now()
    for change in Change.objects.filter(state=State.SUBMITTED, kind="list"):
        withdraw(change, seen=change.version, by=standing_of(change.drafted_by, at), at=at)


def holding(role: str) -> User:
    return User.objects.filter(unit_roles__role=role).order_by("pk")[0]


def somebody_else(item: Item) -> Unit:
    """A department that the list does not name for the item."""
    named = duty_texts(item, version_on(localdate(clock.now())))
    units = Unit.objects.filter(kind=UnitKind.GOVERNMENT, roles__role=Role.RESPONDER)
    return units.exclude(pk__in=[duty.unit_id for duty in named if duty.unit_id]).order_by("code")[0]


def test_an_item_is_amended_by_two_posts(as_person):
    editor, legal = as_person(holding(Role.ESTABLISHMENT)), as_person(holding(Role.LEGAL))
    old = Case.objects.open().filter(list_version__number=1, item__isnull=False).order_by("item__code", "pk")[0]
    item = old.item
    editor.opens(reverse("desk:list_versions"))
    editor.page.get_by_label(editor.say("What the draft is called")).fill("旅程草案")
    editor.presses("Begin a draft")
    draft = ListVersion.objects.get(label="旅程草案")
    editor.opens(reverse("desk:item_edit", args=[draft.pk, item.code]))
    text = editor.page.get_by_label(editor.say("What they do, in the words of the list")).first
    text.fill("")
    with editor.answered(422):
        editor.presses("Save in the draft")
        editor.sees("Write what they do, for example: checks on site, takes evidence.")
    text.fill(TEXT)
    new_lead = somebody_else(item)
    editor.page.locator("#id_party_0").select_option(f"unit:{new_lead.pk}")
    editor.presses("Save in the draft")
    editor.sees("Saved in the draft. Nothing is changed until a second person approves it.")
    editor.follows("Cases that would go to another unit")
    editor.sees("Who would get them")
    editor.opens(reverse("desk:list_draft", args=[draft.pk]))
    editor.follows("Put it forward")
    editor.writes("What changes, in one line", "当日到场")
    editor.writes("Basis: the document, its number and its day", "区编办〔2026〕9号")
    editor.presses("Save the draft")
    editor.presses("Send to a second person")
    editor.sees("Sent. A second person decides it now.")
    assert editor.page.get_by_role("button", name=editor.say("Approve the change")).count() == 0
    change = Change.objects.latest("pk")
    legal.opens(reverse("desk:change", args=[change.pk]))
    legal.sees(TEXT)
    legal.presses("Approve the change")
    legal.sees("Approved, in force on its day")
    editor.opens(reverse("desk:items"))
    editor.sees("A new version is made.")
    change.refresh_from_db()
    today = localdate(clock.now())
    assert (change.state, (change.in_force_from - today).days) == (State.APPROVED, 1)
    assert duty_texts(item, version_on(today))[0].text != TEXT
    its_day_comes(change)
    a_new_case_goes_by_it(as_person, old, new_lead)


def its_day_comes(change: Change) -> None:
    """As if it had been approved the day before; the sweep of the house puts it in force."""
    Change.objects.filter(pk=change.pk).update(in_force_from=localdate(clock.now()))
    waits_for(ListVersion.objects.filter(change=change, number__isnull=False))


def a_new_case_goes_by_it(as_person, old: Case, lead: Unit) -> None:
    place = people.place()
    grid = Area.objects.filter(kind=AreaKind.GRID, parent=place.community).order_by("code")[0]
    new = actions.open_case(
        area=grid, category=old.category, summary="清单换版之后的事", channel="03", by=None, at=clock.now(),
        profile=Profile.objects.get(code="grid"), urgency="extreme",
    )  # fmt: skip
    street, desk = as_person(place.dispatcher), as_person(people.seated(Role.DISTRICT_DESK))
    takes_up(street, new)
    street.chooses("Item of the responsibility list", old.item.code)
    street.presses("Accept")
    street.sees("Accepted.")
    for case, holds, not_any_more in (
        (new, (TEXT, lead.name), old.list_version.label), (old, (old.list_version.label,), TEXT),
    ):  # fmt: skip
        desk.opens(reverse("desk:case", args=[case.number]))
        for words in holds:
            desk.sees(words)
        assert not_any_more not in desk.page.locator("main").inner_text()
