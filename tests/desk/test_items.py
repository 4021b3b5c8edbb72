"""The list's pages: everybody at work reads them; the establishment office changes a duty, from tomorrow on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accountability.actions import Wording, amend
from accountability.duties import duty_texts, version_on
from accountability.models import Item, ItemVersion, ListVersion
from audit import clock
from desk.itemlist import pieces
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def tomorrow():
    return localdate(clock.now()) + timedelta(days=1)


def form_of(client, item) -> dict:
    """What the browser would send back from the form as it was drawn."""
    form = client.get(f"/list/{item.code}/edit/").context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_everybody_at_work_reads_the_list(client, w):
    for user in (w.works_officer, w.worker, w.establishment):
        client.force_login(user)
        assert "占道经营" in client.get("/list/").content.decode()
        assert "负责查处" in client.get("/list/ZHZF-01/").content.decode()


def test_signed_out_the_list_asks_for_the_sign_in(client, w):
    for address in ("/list/", "/list/ZHZF-01/", "/list/ZHZF-01/edit/"):
        assert client.get(address).status_code == 302


def test_an_item_that_is_not_there_is_not_found(client, w):
    client.force_login(w.establishment)
    assert client.get("/list/NO-99/").status_code == 404
    assert client.get("/list/NO-99/edit/").status_code == 404


def test_the_search_finds_by_title_code_and_words_of_a_duty(client, w):
    client.force_login(w.worker)
    for words, found in (("占道", 1), ("zhzf", 1), ("区公安分局", 1), ("劝阻", 2), ("没有的词", 0)):
        assert client.get("/list/", {"q": words}).context["count"] == found, words


def test_the_list_says_that_it_is_for_reference(client, w):
    client.force_login(w.worker)
    page = client.get("/list/")
    assert page.context["version"].reference
    assert 'class="note info"' in page.content.decode()


def test_a_changed_duty_holds_from_tomorrow_and_the_page_says_so(client, w):
    client.force_login(w.establishment)
    data = form_of(client, w.item)
    data["text_0"] = "负责查处，当日到场"
    answer = client.post("/list/ZHZF-01/edit/", data, follow=True)
    assert answer.status_code == 200
    made = version_on(tomorrow())
    assert (made.number, made.in_force_from) == (2, tomorrow())
    assert duty_texts(w.item, made)[0].text == "负责查处，当日到场"
    assert duty_texts(w.item, version_on(localdate(clock.now())))[0].text == "负责查处"
    assert 'class="note ok"' in answer.content.decode()
    assert "<ins>" in answer.content.decode()


def test_today_the_page_still_shows_what_holds_today(client, w):
    amend(w.item, duties=[Wording("lead", "另行查处", w.police)], by=w.of(w.establishment), at=clock.now())
    client.force_login(w.worker)
    answer = client.get("/list/ZHZF-01/")
    assert answer.context["said"].version.number == 1
    assert answer.context["coming"].version.number == 2
    assert client.get("/list/ZHZF-01/?version=2").context["said"].version.number == 2


def test_who_reads_the_coming_version_is_not_sent_to_it(client, w):
    amend(w.item, duties=[Wording("lead", "另行查处", w.police)], by=w.of(w.establishment), at=clock.now())
    client.force_login(w.worker)
    assert 'href="?version=2"' in client.get("/list/ZHZF-01/").content.decode()
    assert 'href="?version=2"' not in client.get("/list/ZHZF-01/?version=2").content.decode()


def test_a_duty_can_be_added_and_taken_out(client, w):
    client.force_login(w.establishment)
    data = form_of(client, w.item)
    data |= {"party_3": f"unit:{w.market.pk}", "kind_3": "support", "text_3": "核查登记", "remove_1": "on"}
    client.post("/list/ZHZF-01/edit/", data)
    named = [duty.party_name for duty in duty_texts(w.item, version_on(tomorrow()))]
    assert "区市监局" in named
    assert "区公安分局" not in named


def test_others_are_refused_with_who_may(client, w):
    for user in (w.works_officer, w.desk_officer, w.worker):
        client.force_login(user)
        answer = client.get("/list/ZHZF-01/edit/")
        assert answer.status_code == 403
        assert 'class="refused"' in answer.content.decode()
        assert client.post("/list/ZHZF-01/edit/", {"rows": 1}).status_code == 403
    assert ListVersion.objects.count() == 1


def test_two_editors_lose_no_words(client, w):
    client.force_login(w.establishment)
    mine = form_of(client, w.item) | {"text_0": "我写的"}
    amend(w.item, duties=[Wording("lead", "别人写的", w.works)], by=w.of(w.establishment), at=clock.now())
    answer = client.post("/list/ZHZF-01/edit/", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我写的" in page
    assert "别人写的" in page
    assert duty_texts(w.item, version_on(tomorrow()))[0].text == "别人写的"
    again = {**mine, "seen": answer.context["form"]["seen"].value()}
    assert client.post("/list/ZHZF-01/edit/", again).status_code == 302
    assert duty_texts(w.item, version_on(tomorrow()))[0].text == "我写的"


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"text_0": ""},
        {"party_0": ""},
        {"kind_0": "support"},
        {"text_0": "长" * 401},
        {"party_0": "unit:0"},
        {"rows": ""},
    ],
)
def test_what_does_not_hold_together_is_said_and_kept(client, w, changed):
    client.force_login(w.establishment)
    answer = client.post("/list/ZHZF-01/edit/", {**form_of(client, w.item), **changed})
    assert answer.status_code == 200
    assert 'class="note bad errors"' in answer.content.decode()
    assert ListVersion.objects.count() == 1


def test_the_list_takes_the_same_few_queries_for_any_number_of_items(client, w):
    def queries() -> int:
        client.get("/list/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/list/")
        return len(asked)

    client.force_login(w.works_officer)
    few = queries()
    for number in range(20):
        item = Item.objects.create(code=f"X-{number}", category=w.category)
        ItemVersion.objects.create(version=w.version, item=item, area="另外", title="题")
    assert queries() == few <= 8 + 5


def test_what_changed_is_told_in_pieces():
    assert list(pieces("上门劝导", "上门劝导清洗")) == [("same", "上门劝导"), ("in", "清洗")]
    assert list(pieces("受理投诉", "")) == [("out", "受理投诉")]
