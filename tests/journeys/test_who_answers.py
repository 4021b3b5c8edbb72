"""A grid worker finds the situation in a few taps; a citizen asks who is responsible, and the case says it too."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Locator, expect

from accountability.duties import version_on
from accountability.models import ItemVersion, Situation
from audit import clock
from engagement.models import Report
from tests.browser.persons import PHONE
from tests.journeys import people
from tests.journeys.waiting import waits_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
MOST_TAPS = 6
# How far each row of the tiles falls short of the whole width.
GAPS = """looks => {
  const rows = new Map(), all = looks.getBoundingClientRect()
  for (const tile of looks.children) {
    const {top, right} = tile.getBoundingClientRect()
    rows.set(Math.round(top), Math.max(rows.get(Math.round(top)) ?? 0, right))
  }
  return [...rows.values()].map(right => Math.round(all.right - right))
}"""
WORDS = "店门口的烤炉一直冒烟，人行道走不过去"


class Thumb:
    """Counts what it taps."""

    def __init__(self) -> None:
        self.taps = 0

    def taps_on(self, thing: Locator) -> None:
        thing.tap()
        self.taps += 1


def test_a_worker_finds_it_by_thumb_by_words_and_by_keys(as_person):
    worker = as_person(people.place().worker, viewport=PHONE, has_touch=True)
    thumb, page = Thumb(), worker.page
    grill = Situation.objects.get(code="ZHZF-02-1")
    thumb.taps_on(page.get_by_role("link", name=worker.say("Report from the field"), exact=True))
    thumb.taps_on(page.locator(".looks summary", has_text=grill.group.name))
    thumb.taps_on(page.locator(".looks label", has_text=grill.name))
    assert thumb.taps <= MOST_TAPS
    expect(page.locator("[data-chosen]")).to_contain_text(grill.name)
    expect(page.locator(".looks .sit", has_text=grill.name)).to_contain_text(grill.photograph)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert set(page.locator(".looks").evaluate(GAPS)) == {0}

    page.locator("#id_seek").focus()
    page.keyboard.type("油烟")
    expect(page.locator("#found b").first).to_be_visible()
    expect(page.locator("[data-chosen]")).to_contain_text(grill.name)
    page.locator("#found input").first.focus()
    page.keyboard.press("Space")
    chosen = Situation.objects.get(code=page.locator("#found input:checked").get_attribute("value"))
    expect(page.locator("[data-chosen]")).to_contain_text(chosen.name)
    expect(page.locator("input[name=situation]:checked")).to_have_count(1)
    worker.writes("What you saw", WORDS)
    worker.presses("Send to the street")
    waits_for(Report.objects.filter(words=WORDS, case__situation=chosen, case__item=chosen.item))


def test_anybody_asks_who_is_responsible_and_the_case_says_it_too(visitor, as_person):
    said = ItemVersion.objects.get(item__code="ZHZF-02", version=version_on(localdate(clock.now())))
    anybody = visitor(viewport=PHONE)
    anybody.opens("/")
    anybody.follows("Who is responsible?")
    anybody.writes("What is it about?", "烧烤")
    anybody.presses("Ask who is responsible")
    lead = said.duties.filter(kind="lead")[0]
    for words in (said.title, lead.unit.name, lead.text, said.version.label):
        anybody.sees(words)
    assert anybody.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    anybody.writes("What is it about?", "独角兽打喷嚏")
    anybody.presses("Ask who is responsible")
    anybody.sees("The list names nobody for this")
    expect(anybody.page.locator("blockquote")).to_have_count(0)
    anybody.writes("What is it about?", "公积金")
    anybody.presses("Ask who is responsible")
    anybody.sees("Beyond the list: what departments do anyway")

    called = said.item.cases.exclude(summonses=None).exclude(situation=None).order_by("pk")[0]
    desk = as_person(people.seated("district_desk"))
    desk.opens(reverse("desk:case", args=[called.number]))
    chain = desk.page.locator("ol.chain")
    for words in (
        called.situation.name,
        "ZHZF-02",
        called.list_version.label,
        called.summonses.all()[0].unit.short_name,
    ):
        expect(chain).to_contain_text(words)
