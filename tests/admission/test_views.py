"""Moves through the pages: a form per move, what is refused beside its field, and the same sentence as the action's."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Limit
from admission.actions.applying import meant
from admission.loading import DATA, load_kinds, load_notices, read_kinds, read_notices
from admission.models import (
    Allotment,
    Application,
    Attempt,
    ExpiryNotice,
    MatterKind,
    Permit,
    Pledge,
    State,
    Task,
    Verb,
)
from alerts.models import Alert
from audit import clock
from outbox.actions import drain_all
from tests.admission.ground import DAY, applied, forwarded, granted, ground, pledge, task
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return ground(lately(monkeypatch))


def said(w, **more) -> dict:
    return {
        "department": w.works.pk, "kind": w.safety.pk, "matter": "告知单", "content": "发放", "basis": "文件",
        "streets": [w.street.pk], "since": "2030-01-01", "until": "2030-06-01", "money": "100", **more,
    }  # fmt: skip


def test_the_form_keeps_what_was_typed_and_names_what_is_missing(w, client):
    client.force_login(w.works_officer)
    where = reverse("admission:apply")
    bare = client.post(where, {"matter": "告知单"})
    assert bare.status_code == 422
    assert set(bare.context["form"].errors) == {"kind", "content", "basis", "streets", "since", "until", "department"}
    assert "告知单" in bare.content.decode()
    blocked = client.post(where, said(w, kind=w.investment.pk))
    assert blocked.status_code == 422
    assert "区投促局" in str(blocked.context["form"].errors["kind"])
    assert Attempt.objects.count() == 1
    made = client.post(where, said(w))
    assert made.url == reverse("admission:application", args=[Application.objects.get().pk])
    assert client.post(where, said(w, money="-1")).status_code == 422


def test_moves_by_their_buttons(w, client):
    one = applied(w)
    page = reverse("admission:application", args=[one.pk])

    def move(user, verb, **fields):
        client.force_login(user)
        one.refresh_from_db()
        fields = {f"{verb}-{name}": value for name, value in fields.items()}
        return client.post(f"{page}{verb}/", {"seen": one.version, **fields})

    assert move(w.establishment, "send_back").status_code == 422
    assert move(w.clerk, "forward").status_code == 404
    assert move(w.legal, "forward").status_code == 403
    assert move(w.establishment, "gather").status_code == 404
    assert move(w.establishment, "nothing").status_code == 404
    assert move(w.establishment, "clear", note="x").status_code == 409
    assert move(w.establishment, "forward").status_code == 302
    assert client.post(f"{page}withdraw/", {"seen": 1, "withdraw-note": "x"}).status_code == 409
    assert move(w.dispatcher, "opine", note="同意").status_code == 422
    for user in (w.dispatcher, w.outsider):
        assert move(user, "opine", note="同意", view="agrees").status_code == 302
    assert move(w.legal, "clear", note="合法").status_code == 302
    money = {f"money_{street.code}": "10" for street in (w.street, w.other_street)}
    assert move(w.leader, "grant", until="2020-01-01", **money).status_code == 422
    assert move(w.leader, "grant", until=str(one.until), **{**money, f"money_{w.street.code}": ""}).status_code in (
        409,
        422,
    )
    assert move(w.leader, "grant", until=str(one.until), **money).status_code == 302
    one.refresh_from_db()
    assert one.state == State.GRANTED


def test_a_task_and_a_pledge_through_their_forms(w, client):
    permit = granted(w)
    client.force_login(w.works_officer)
    fields = {
        "department": w.works.pk, "street": w.street.pk, "kind": w.safety.pk, "title": "发放", "words": "入户",
        "due_on": str(permit.until), "permit": "ZR-1999-00001",
    }  # fmt: skip
    where = reverse("admission:hand")
    refused = client.post(where, fields)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"permit"})
    assert client.post(where, {**fields, "permit": permit.number}).status_code == 302
    assert Task.objects.get().permit == permit
    client.force_login(w.dispatcher)
    entered = {
        "department": w.police.pk, "title": "责任状", "targets": "指标", "signed_on": "2019-01-01",
        "streets": [w.street.pk], "level": "district",
    }  # fmt: skip
    assert client.post(reverse("admission:enter"), entered).status_code == 302
    assert Pledge.objects.get().entered_by == w.dispatcher


def streets_offered(page) -> list:
    return [str(value) for value, _label in page.context["form"].fields["street"].choices if value]


def test_a_permit_that_has_not_begun_is_not_applied_for_again(w, client):
    ahead, where = granted(w), reverse("admission:hand")
    client.force_login(w.works_officer)
    Permit.objects.filter(pk=ahead.pk).update(since=ahead.until)
    page = client.get(where).content.decode()
    assert "没有有效准入" in page
    assert ahead.number in page
    assert f"{ahead.until}起生效" in page
    Permit.objects.filter(pk=ahead.pk).update(since=localdate(w.at) - DAY, until=localdate(w.at) - DAY)
    assert ahead.number not in client.get(where).content.decode()


def test_a_permit_fills_in_what_follows_from_it_and_no_street_is_chosen_for_anybody(w, client):
    both, where = granted(w), reverse("admission:hand")
    over = granted(w, matter="旧事项")
    Permit.objects.filter(pk=over.pk).update(since=localdate(w.at) - 2 * DAY, until=localdate(w.at) - DAY)
    client.force_login(w.works_officer)
    page = client.get(where)
    assert f'href="?permit={both.number}"' in page.content.decode()
    assert over.number not in page.content.decode()
    assert page.context["form"]["street"].value() is None
    assert len(streets_offered(page)) > 1
    page = client.get(f"{where}?permit={both.number}")
    said = {name: page.context["form"][name].value() for name in ("permit", "department", "kind", "street")}
    assert said == {"permit": both.number, "department": w.works.pk, "kind": w.safety.pk, "street": None}
    assert set(streets_offered(page)) == {str(w.street.pk), str(w.other_street.pk)}
    Allotment.objects.filter(permit=both, street=w.other_street).delete()
    page = client.get(f"{where}?permit={both.number}")
    assert page.context["form"]["street"].value() == w.street.pk
    client.force_login(w.police_officer)
    page = client.get(f"{where}?permit={both.number}")
    assert page.context["form"]["permit"].value() is None
    assert f'href="?permit={both.number}"' not in page.content.decode()
    assert reverse("admission:apply") in page.content.decode()


def test_what_waits_for_the_reader_stands_with_the_longest_waiting_first_page_by_page(w, client, monkeypatch):
    monkeypatch.setattr("admission.views.registers.SIZE", 2)
    waiting = [applied(w, matter=f"事项{nth}").pk for nth in range(3)]
    client.force_login(w.establishment)
    page = client.get(f"{reverse('admission:applications')}?group=mine")
    seen = [one.pk for one, _timed in page.context["rows"]]
    page = client.get(reverse("admission:applications") + page.context["older"])
    assert [*seen, *(one.pk for one, _timed in page.context["rows"])] == waiting
    page = client.get(f"{reverse('admission:applications')}?group=open")
    assert [one.pk for one, _timed in page.context["rows"]] == waiting[:0:-1]


def told(verb: str) -> set[str]:
    drain_all(clock.now())
    rows = Alert.objects.filter(admission_step__verb=verb)
    return set(rows.values_list("recipient__username", flat=True))


def test_whose_turn_it_is_hears_of_it_and_opens_it_from_the_inbox(w, client):
    forwarded(w)
    assert told(Verb.APPLY) == {w.establishment.username}
    streets = {w.dispatcher.username, w.street_leader.username, w.outsider.username}
    assert told(Verb.FORWARD) == streets | {w.works_officer.username}
    Alert.objects.update(shown_at=w.at + DAY, told_at=w.at)
    Alert.objects.update(shown_at=w.at)
    client.force_login(w.dispatcher)
    assert "告知单发放" in client.get(reverse("alerts:inbox")).content.decode()
    mine = Alert.objects.get(recipient=w.dispatcher)
    opened = client.post(reverse("alerts:open", args=[mine.pk]))
    assert opened.url == reverse("admission:application", args=[Application.objects.get().pk])
    drain_all(clock.now())
    assert Alert.objects.filter(recipient=w.dispatcher).count() == 1


def test_a_task_and_a_pledge_are_told_of_too(w):
    made = task(w)
    assert told(Verb.HAND) == {w.dispatcher.username, w.street_leader.username}
    assert made.pk
    pledge(w)
    assert told(Verb.ENTER) == set()


def test_the_shipped_kinds_block_two_and_name_who_carries_them(w):
    MatterKind.objects.all().delete()
    ExpiryNotice.objects.all().delete()
    load_kinds(read_kinds(DATA / "matter_kinds.csv"))
    MatterKind.objects.update(words="")  # a database from before
    load_notices(read_notices(DATA / "expiry_notices.csv"))
    assert set(MatterKind.objects.filter(blocked=True).values_list("name", flat=True)) == {"招商引资", "协税护税"}
    assert all(MatterKind.objects.filter(blocked=True).values_list("carrier", flat=True))
    assert list(ExpiryNotice.objects.values_list("days", flat=True)) == [60, 30, 7]
    assert load_kinds(read_kinds(DATA / "matter_kinds.csv")).added == 0
    assert "引资" in MatterKind.objects.get(code="investment").words
    assert Limit.objects.filter(phase="ruling").exists()


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ("引进企业落户奖补", "investment"), ("每街道引进外资一百万美元", "investment"), ("招引项目两个", "investment"),
        ("双招双引专班", "investment"), ("每月外出招商两次", "investment"), ("招商引資走訪", "investment"),
        ("综合治税信息采集", "tax"), ("零散税收代征", "tax"), ("招商银行网点消防提示", "survey"),
        ("税法宣传", "survey"),
        ("税源摸排", "tax"), ("企业登记须知发放", "survey"), ("引进图书馆分馆", "survey"),
    ],
)  # fmt: skip
def test_the_shipped_words_know_a_blocked_kind_under_other_names_and_leave_ordinary_matters_alone(w, matter, kind):
    MatterKind.objects.all().delete()
    load_kinds(read_kinds(DATA / "matter_kinds.csv"))
    assert meant(MatterKind.objects.get(code="survey"), matter).code == kind


def test_a_form_that_is_not_theirs_says_whose_it_is_and_leads_back_to_its_register(w, client):
    client.force_login(w.legal)
    for name, words, back in (("hand", "只有部门", "tasks"), ("enter", "街道、部门和编办", "pledges")):
        answer = client.get(reverse(f"admission:{name}"))
        assert answer.status_code == 403
        assert words in answer.content.decode()
        assert f'href="{reverse(f"admission:{back}")}"' in answer.content.decode().split("</h1>")[0]
    client.force_login(w.works_officer)
    answer = client.get(reverse("admission:resend", args=[applied(w).pk]))
    assert answer.status_code == 403
    assert "没有要补正的" in answer.content.decode()


def test_a_street_that_has_said_nothing_yet_is_said_to_have_no_opinion_yet(w, client):
    one = forwarded(w)
    client.force_login(w.establishment)
    client.cookies["django_language"] = "zh-hans"
    page = client.get(reverse("admission:application", args=[one.pk]))
    assert "尚未表态" in page.content.decode()
    assert "未报到" not in page.content.decode()
