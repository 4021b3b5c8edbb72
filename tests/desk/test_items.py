"""The list's pages: everybody at work reads them, the establishment office writes drafts, another post decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.actions import Wording, take_off
from accountability.actions.items import stamp
from accountability.duties import duty_texts
from accountability.models import Item, ItemVersion, ListVersion
from audit import clock
from cases.models import Case
from changes.models import Change, State
from desk.itemlist import pieces
from tests import stories
from tests.accountability.lists import approved, begun, legal, published, second_editor, write, written
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.at = clock.now()
    return w


def values(form) -> dict:
    """What the browser would send back from the form as it was drawn."""
    found = {field.name: field.value() for field in form}
    return {name: value for name, value in found.items() if value not in (None, False)}


def form_of(client, draft, item) -> dict:
    return values(client.get(place(draft, item)).context["form"])


def place(draft, item) -> str:
    return f"/list/drafts/{draft.pk}/items/{item.code}/"


def test_everybody_at_work_reads_the_list_and_its_versions(client, w):
    version = published(w)
    for user in (w.works_officer, w.worker, w.establishment):
        client.force_login(user)
        assert "占道经营" in client.get("/list/").content.decode()
        assert "负责查处和复查" in client.get("/list/ZHZF-01/").content.decode()
        assert client.get("/list/?version=1").context["stand"] == "superseded"
        assert version.label in client.get("/list/versions/").content.decode()
        page = client.get(f"/list/difference/?before={w.version.pk}&after={version.pk}").content.decode()
        assert "<ins>和复查</ins>" in page


def test_signed_out_the_list_asks_for_the_sign_in(client, w):
    for address in ("/list/", "/list/ZHZF-01/", "/list/versions/", "/list/difference/", f"/list/drafts/{begun(w).pk}/"):
        assert client.get(address).status_code == 302


def test_what_is_not_there_is_not_found(client, w):
    client.force_login(w.establishment)
    draft = begun(w)
    gone = ("/list/NO-99/", "/list/?version=9", f"/list/drafts/{draft.pk}/items/NO-99/", "/list/drafts/999/",
            f"/list/difference/?before={draft.pk}", f"/list/drafts/{w.version.pk}/",
            "/list/impact/?after=x")  # fmt: skip
    for address in gone:
        assert client.get(address).status_code == 404, address


def test_a_draft_is_there_for_those_who_write_or_decide_it_alone(client, w):
    draft = written(w)
    pages = (f"/list/drafts/{draft.pk}/", f"/list/difference/?before={w.version.pk}&after={draft.pk}",
             f"/list/impact/?before={w.version.pk}&after={draft.pk}")  # fmt: skip
    for user, status in ((w.establishment, 200), (legal(w), 200), (w.works_officer, 404), (w.desk_officer, 404)):
        client.force_login(user)
        assert {client.get(address).status_code for address in pages} == {status}, user
        assert (draft.label in client.get("/list/versions/").content.decode()) == (status == 200)


def test_the_search_finds_by_title_code_and_words_of_a_duty(client, w):
    client.force_login(w.worker)
    for words, found in (("占道", 1), ("zhzf", 1), ("区公安分局", 1), ("劝阻", 2), ("没有的词", 0)):
        assert client.get("/list/", {"q": words}).context["count"] == found, words


def test_an_item_is_written_anew_read_approved_by_another_and_stands_from_tomorrow(client, w):
    client.force_login(w.establishment)
    answer = client.post("/list/drafts/", {"kind": "2019", "item": "ZHZF-01"})
    draft = ListVersion.objects.get(number=None)
    assert answer.headers["Location"] == place(draft, w.item)
    data = form_of(client, draft, w.item) | {"text_0": "负责查处，当日到场", "evidence": "前后照片"}
    page = client.post(place(draft, w.item), data, follow=True).content.decode()
    assert "<ins>，当日到场</ins>" in page
    assert duty_texts(w.item, w.version)[0].text == "负责查处"
    told = values(client.get(f"/list/drafts/{draft.pk}/forward/").context["form"])
    told |= {"title": "占道经营当日到场", "basis": "区编办〔2026〕3号"}
    answer = client.post(f"/list/drafts/{draft.pk}/forward/", told)
    change = Change.objects.get()
    assert answer.headers["Location"] == f"/changes/{change.pk}/"
    page = client.get(f"/changes/{change.pk}/").content.decode()
    assert "<ins>，当日到场</ins>" in page
    assert client.get(f"/changes/{change.pk}/edit/").headers["Location"] == f"/list/drafts/{draft.pk}/"
    client.post(f"/changes/{change.pk}/submit/", {"seen": change.version})
    client.force_login(legal(w))
    client.post(f"/changes/{change.pk}/approve/", {"seen": change.version + 1})
    change.refresh_from_db()
    assert (change.state, change.decided_by) == (State.APPROVED, legal(w))
    client.force_login(w.worker)
    assert 'class="note ok"' in client.get("/list/").content.decode()


def test_an_item_is_added_taken_off_and_put_back(client, w):
    client.force_login(w.establishment)
    draft = begun(w)
    new = values(client.get(f"/list/drafts/{draft.pk}/add/").context["form"])
    new |= {"code": "ZHZF-77", "category": w.category.pk, "title": "共享单车", "area": "综合执法"}
    new |= {"party_0": f"unit:{w.market.pk}", "kind_0": "lead", "text_0": "清理"}
    assert client.post(f"/list/drafts/{draft.pk}/add/", {**new, "code": "ZHZF-01"}).status_code == 422
    assert client.post(f"/list/drafts/{draft.pk}/add/", new).status_code == 302
    client.post(f"{place(draft, w.item)}off/", {"seen": stamp(draft, w.item)})
    assert set(draft.items.values_list("item__code", flat=True)) == {"ZHZF-77", "STHJ-01"}
    assert client.get(place(draft, w.item)).context["form"]["text_0"].value() == "负责查处"
    client.post(f"{place(draft, w.item)}back/", {"seen": ""})
    assert draft.items.count() == 3
    client.post(f"/list/drafts/{draft.pk}/discard/")
    assert not ListVersion.objects.filter(number=None).exists()


def test_an_english_reader_chooses_a_category_by_its_english_name(client, w):
    client.force_login(w.establishment)
    where = f"/list/drafts/{begun(w).pk}/add/"
    assert "Enforcement</option>" not in client.get(where).content.decode()
    client.cookies["django_language"] = "en"
    assert "Enforcement</option>" in client.get(where).content.decode()


def test_others_are_refused_with_who_may(client, w):
    draft = begun(w)
    client.force_login(legal(w))
    for address in (place(draft, w.item), f"/list/drafts/{draft.pk}/add/", f"/list/drafts/{draft.pk}/forward/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert 'class="refused"' in answer.content.decode()
        assert client.post(address, {"rows": 1}).status_code == 403
    assert client.post("/list/drafts/", {"kind": "2019"}).status_code == 403
    assert client.post(f"{place(draft, w.item)}off/", {"seen": stamp(draft, w.item)}).status_code == 403
    assert client.post(f"/list/drafts/{draft.pk}/discard/").status_code == 403


def test_what_was_sent_is_closed_until_it_comes_back(client, w):
    draft = written(w)
    approved(w, draft)
    client.force_login(w.establishment)
    assert client.get(place(draft, w.item)).status_code == 409
    assert client.post(f"/list/drafts/{draft.pk}/discard/").status_code == 409
    assert "有人" not in client.get(f"/list/drafts/{draft.pk}/").content.decode()


@pytest.mark.parametrize("off", [False, True])
def test_two_editors_lose_no_words(client, w, off):
    draft, other = begun(w), second_editor(w)
    client.force_login(w.establishment)
    mine = form_of(client, draft, w.item) | {"text_0": "我写的"}
    if off:
        take_off(draft, w.item, seen=stamp(draft, w.item), by=w.of(other), at=w.at)
    else:
        write(w, draft, "别人写的", by=other)
    answer = client.post(place(draft, w.item), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我写的" in page
    assert off or "别人写的" in page
    assert off or duty_texts(w.item, draft)[0].text == "别人写的"
    again = {**mine, "seen": answer.context["form"]["seen"].value()}
    assert client.post(place(draft, w.item), again).status_code == 302
    assert duty_texts(w.item, draft)[0].text == "我写的"


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
        {"title": ""},
        {"basis_from": "2020-02-30"},
    ],
)
def test_what_does_not_hold_together_is_said_and_kept(client, w, changed):
    client.force_login(w.establishment)
    draft = begun(w)
    answer = client.post(place(draft, w.item), {**form_of(client, draft, w.item), **changed})
    assert answer.status_code == 422
    assert 'class="note bad errors"' in answer.content.decode()
    assert duty_texts(w.item, draft)[0].text == "负责查处"


def test_the_impact_counts_and_lists_the_cases_behind_and_says_of_each_what_one_may_know(client, w):
    mine, theirs, hidden = (stories.whistled(w) for _ in range(3))
    Case.objects.filter(pk=hidden.pk).update(confidential=True)
    draft = begun(w)
    write(w, draft, "", duties=[Wording("lead", "另行查处", w.police), Wording("support", "协助", w.works)])
    at = f"/list/impact/?before={w.version.pk}&after={draft.pk}"
    client.force_login(w.establishment)
    told = client.get(at).context["told"]
    assert (told.items, told.whole.open, told.whole.past) == (1, 3, 3)
    assert {pk: count.open for pk, count in told.to.items()} == {w.police.pk: 3}
    assert {pk: count.open for pk, count in told.streets.items()} == {w.office.pk: 3}
    behind = f"{at}&way=to&unit={w.police.pk}&of=open"
    answer = client.get(behind)
    assert {case.number for case in answer.context["cases"]} == {mine.number, theirs.number}
    assert answer.context["where"] == [("ZHZF-01", w.office.short_name, 3)]
    page = answer.content.decode()
    assert mine.number in page
    assert hidden.number not in page
    assert mine.summary not in page
    assert f"/cases/{mine.number}/" not in page
    assert client.get(f"{at}&of=no").status_code == 404
    leader = legal(w)
    w.desk_officer.postings.update(user=leader)
    client.force_login(leader)
    answer = client.get(behind)
    assert {case.number for case in answer.context["cases"]} == {mine.number, theirs.number, hidden.number}
    assert mine.summary in answer.content.decode()


def test_pages_take_the_same_few_queries_for_any_number_of_items(client, w):
    draft = begun(w)
    version = published(w)
    pair = f"?before={w.version.pk}&after={version.pk}"
    pages = ("/list/", f"/list/drafts/{draft.pk}/?q=题", "/list/versions/", f"/list/difference/{pair}",
             f"/list/impact/{pair}", place(draft, w.item))  # fmt: skip

    def queries() -> list[int]:
        found = []
        for address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    def more(*numbers: int) -> None:
        for number in numbers:
            item = Item.objects.create(code=f"X-{number}", category=w.category)
            for one in (w.version, version, draft):
                ItemVersion.objects.create(version=one, item=item, area="另外", title=f"题{number}{one.pk}")

    client.force_login(w.establishment)
    more(0, 1)
    few = queries()
    more(*range(2, 20))
    assert queries() == few
    assert max(few) <= 18


def test_what_changed_is_told_in_pieces():
    assert list(pieces("上门劝导", "上门劝导清洗")) == [("same", "上门劝导"), ("in", "清洗")]
    assert list(pieces("受理投诉", "")) == [("out", "受理投诉")]


def test_the_case_page_quotes_the_version_of_its_acceptance_word_for_word(client, w):
    case = stories.whistled(w)
    w.at = clock.now()
    published(w, "查处从此改了说法")
    client.force_login(w.desk_officer)
    page = client.get(f"/cases/{case.number}/").content.decode()
    assert "负责查处</blockquote>" in page
    assert "改了说法" not in page


def test_of_a_draft_that_changes_much_a_page_shows_some_and_leads_on(client, w, monkeypatch):
    monkeypatch.setattr("desk.itemlist.ITEMS_A_PAGE", 2)
    draft = begun(w)
    for number in range(3):
        item = Item.objects.create(code=f"X-{number}", category=w.category)
        ItemVersion.objects.create(version=draft, item=item, area="另外", title=f"题{number}")
    client.force_login(w.establishment)
    for address in (f"/list/drafts/{draft.pk}/?", f"/list/difference/?before={w.version.pk}&after={draft.pk}&"):
        first, last = client.get(address), client.get(f"{address}behind=X-1")
        assert [one.code for one in first.context["differing"].items] == ["X-0", "X-1"]
        assert "3 项" in first.content.decode()
        assert f"{first.context['older']}".endswith("behind=X-1")
        assert [one.code for one in last.context["differing"].items] == ["X-2"]
        assert (last.context["older"], "behind" in last.context["newest"]) == ("", False)


def test_what_only_a_draft_knows_is_no_choice_of_the_list_of_cases(client, w):
    item = Item.objects.create(code="X-9", category=w.category)
    ItemVersion.objects.create(version=begun(w), item=item, area="另外", title="草案里的事项")
    client.force_login(w.desk_officer)
    page = client.get("/cases/?state=all").content.decode()
    assert (item.code in page, w.item.code in page) == (False, True)
