"""The page of imports through real requests: who may, what it shows, and what it never shows."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from audit import clock
from cases.models import Case
from gateway import actions
from gateway.models import Import, ImportFault
from tests.gateway.conftest import WAITS
from tests.gateway.sending import asked, sent, table, taken, tried, waiting

BAD = ["", *WAITS[1:]]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def desk(w) -> Client:
    return signed_in(w.desk_officer)


def page(one: Import, name: str = "import") -> str:
    return reverse(f"gateway:{name}", args=[one.pk])


def post_piece(client, pk, data, offset=0):
    address = reverse("gateway:piece", args=[pk, offset])
    return client.post(address, data, content_type="application/octet-stream")


def test_from_the_first_piece_to_the_cases(w, desk):
    data = table(*waiting(3), BAD)
    begun = desk.post(reverse("gateway:begin"), {"name": "来信.csv", "size": len(data)})
    assert begun.status_code == 201
    assert post_piece(desk, begun.json()["id"], data).json()["state"] == "stored"
    answer = desk.post(reverse("gateway:imports"), {"mapping": "taidi", "file": begun.json()["id"]})
    one = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, page(one))
    actions.work(one.pk)
    assert "Tried: 3 rows would come in, 1 would not" in desk.get(page(one)).content.decode()
    desk.post(page(one, "take"))
    actions.work(one.pk)
    assert "3 rows came in, 1 did not" in desk.get(page(one)).content.decode()
    assert Case.objects.count() == 3


@pytest.mark.parametrize("who", ["dispatcher", "inspector", "assessor", "worker", "establishment"])
def test_whoever_may_not_is_told_so_and_changes_nothing(w, who):
    one, client = tried(table(*waiting(1)), w.desk_officer), signed_in(getattr(w, who))
    gets = [client.get(where) for where in (reverse("gateway:imports"), page(one), page(one, "rows"))]
    posts = [client.post(page(one, "take")), client.post(reverse("gateway:begin"), {"name": "a", "size": 1})]
    assert {answer.status_code for answer in gets + posts} == {403}
    assert Import.objects.get().state == "checked"


def test_the_system_administrator_imports_without_seeing_a_case(w):
    client, one = signed_in(w.system_admin), taken(table(*waiting(1)), w.system_admin)
    assert client.get(page(one)).status_code == 200
    assert client.get(reverse("desk:case", args=[Case.objects.get().number])).status_code == 404


def test_a_file_that_was_never_tried_has_no_page(w, desk):
    one = sent(table(*waiting(1)), w.desk_officer)
    assert [desk.get(page(one)).status_code, desk.post(page(one, "take")).status_code] == [404, 404]


def test_the_form_says_what_is_missing_or_gone(w, desk):
    empty = desk.post(reverse("gateway:imports"), {"mapping": "taidi"}).content.decode()
    gone = {"mapping": "taidi", "file": "6c2f5d0e-0b52-5b2c-9f0e-1f7e3f0a1d11"}
    assert "Choose a file." in empty
    assert "not known any more" in desk.post(reverse("gateway:imports"), gone).content.decode()
    theirs = {"mapping": "taidi", "file": sent(table(*waiting(1)), w.second_desk).pk}
    assert "not known any more" in desk.post(reverse("gateway:imports"), theirs).content.decode()


def test_a_piece_that_is_too_large_or_no_piece_is_refused(w, desk):
    pk = desk.post(reverse("gateway:begin"), {"name": "a.csv", "size": 300_000}).json()["id"]
    assert post_piece(desk, pk, b"x" * 262_145).status_code == 413
    assert desk.post(reverse("gateway:piece", args=[pk, 0]), {"a": "b"}).status_code == 415
    assert post_piece(desk, pk, b"x", offset=7).json()["code"] == "gap"


def test_at_work_the_page_says_how_far_it_is(w, desk):
    one = asked(table(*waiting(250)), w.desk_officer)
    actions.work(one.pk, a_while=0)
    told = desk.get(page(one)).content.decode()
    assert "100 of 250 rows" in told
    assert "data-follow" in told
    assert reverse("gateway:take", args=[one.pk]) not in told


def test_the_rows_left_out_come_some_at_a_time_in_their_order(w, desk):
    one = tried(table(*[BAD] * 70), w.desk_officer)
    first = desk.get(page(one))
    assert [fault.row for fault in first.context["rows"]] == list(range(2, 52))
    second = desk.get(first.context["older"])
    assert [fault.row for fault in second.context["rows"]] == list(range(52, 72))


def test_the_table_of_rows_left_out_holds_no_formula(w, desk):
    one = tried(table(BAD), w.desk_officer)
    ImportFault.objects.filter(of=one).update(column="=HYPERLINK(1)", says="＋1")
    told = desk.get(page(one, "rows")).getvalue().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(told))) == [["Row number", "Column", "Why"], ["2", "'=HYPERLINK(1)", "'＋1"]]


def test_nothing_of_a_refused_rows_words_is_kept_or_shown(w, desk):
    one = tried(table(["9", "张三138", "秘密一", "秘密二", "", "", "", ""], ["9" * 70, *WAITS[1:]]), w.desk_officer)
    kept = str(list(ImportFault.objects.values())) + str(Import.objects.values().get())
    shown = desk.get(page(one)).content.decode()
    assert not any(word in kept + shown for word in ("张三", "秘密", "9" * 70))
    assert one.faults.count() == 2


def test_the_history_names_who_and_what_became_of_it(w, desk):
    taken(table(*waiting(2), BAD), w.second_desk)
    told = desk.get(reverse("gateway:imports")).content.decode()
    assert "2 new, 0 there before, 1 left out" in told
    assert w.second_desk.name in told


def test_the_history_comes_some_at_a_time_by_as_many_queries(w, desk, django_assert_max_num_queries):
    for _ in range(23):
        tried(b"a\n", w.desk_officer)
    with django_assert_max_num_queries(12):
        first = desk.get(reverse("gateway:imports"))
    older = desk.get(reverse("gateway:imports") + first.context["older"])
    assert (len(first.context["history"]), len(older.context["history"])) == (20, 3)
    for _ in range(5):
        tried(b"a\n", w.desk_officer)


def test_taking_in_twice_is_once(w, desk):
    one = tried(table(*waiting(2)), w.desk_officer)
    for _ in range(2):
        assert desk.post(page(one, "take")).status_code == 302
    actions.work(one.pk)
    desk.post(page(one, "take"))
    actions.work(one.pk)
    assert Case.objects.count() == 2


def test_what_runs_out_is_told_and_offers_nothing(w, desk):
    one = tried(table(*waiting(1)), w.desk_officer)
    actions.give_up(one.pk, at=clock.now())
    told = desk.post(page(one, "take"), follow=True).content.decode()
    assert "cannot be taken in now" in told
    assert "Given up, nothing was taken in" in told


def test_the_navigation_leads_there_only_whom_it_concerns(w, desk):
    assert reverse("gateway:imports") in desk.get("/").content.decode()
    assert reverse("gateway:imports") not in signed_in(w.dispatcher).get("/").content.decode()
