"""The pages of reviewed changes: drafted by one, read with difference and impact, decided by another."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accountability.models import Limit
from audit import clock
from changes.actions import Wanted, apply_due
from changes.models import Change, State
from people.models import DutyRoster, Role
from tests import stories
from tests.changes.drafting import approved, day_off, drafted, rows_of, sent, shorter
from tests.engagement.calling import with_hours
from tests.lately import lately
from tests.world import person, seat, with_ladder

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW = "/changes/new/?kind=limits&subject=normal"


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.began, w.at = w.at, clock.now()
    return w


def values(form) -> dict:
    """What the browser would send back from the form as it was drawn."""
    found = {field.html_name: field.value() for field in form}
    return {name: value for name, value in found.items() if value is not None and value is not False}


def press(client, change, verb, **said):
    change.refresh_from_db()
    return client.post(f"/changes/{change.pk}/{verb}/", {"seen": change.version, **said})


def in_force(w, change):
    """As if it had been approved the day before."""
    Change.objects.filter(pk=change.pk).update(in_force_from=localdate(w.at))
    apply_due(w.at)


def test_a_limit_is_drafted_read_approved_by_another_and_rolled_back(client, w):
    client.force_login(w.desk_officer)
    sent_back = values(client.get(NEW).context["form"])
    row = next(name for name, value in sent_back.items() if name.endswith("_amount"))
    answer = client.post(NEW, {**sent_back, "title": "受理两小时", "basis": "试验文号", row: "2"}, follow=True)
    change = Change.objects.get()
    page = answer.content.decode()
    assert (change.state, change.in_force_from) == (State.DRAFT, localdate(w.at) + DAY)
    assert "<del>4</del>" in page
    assert "<ins>2</ins>" in page
    assert press(client, change, "submit").status_code == 302
    assert press(client, change, "approve").status_code == 403
    client.force_login(w.inspector)
    assert "受理两小时" in client.get("/changes/").content.decode()
    assert [row.change for row in client.get("/changes/").context["mine"]] == [change]
    assert press(client, change, "approve").status_code == 302
    assert not Limit.objects.filter(change=change).exists()
    in_force(w, change)
    client.force_login(w.assessor)
    day = localdate(w.at) + DAY
    said = {"roll_back-basis": "复核意见", "roll_back-day": day.isoformat()}
    answer = press(client, change, "roll_back", **said)
    back = Change.objects.get(undoes=change)
    assert (answer.headers["Location"], back.in_force_from) == (f"/changes/{back.pk}/", day)


def test_the_page_of_a_calendar_change_tells_what_would_move(client, w):
    from_now = localdate(w.at)
    day = next(from_now + n * DAY for n in range(2, 9) if (from_now + n * DAY).weekday() < 5)
    change = sent(w, day_off(w.at, day.isoformat()), kind="calendar", subject=str(day.year))
    client.force_login(w.inspector)
    page = client.get(f"/changes/{change.pk}/")
    assert page.context["impact"].lines
    assert "试验假" in page.content.decode()
    assert press(client, change, "approve", **{"approve-recompute": "on"}).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.chosen) == (State.APPROVED, {"recompute": True})


def test_more_rows_keep_what_was_typed(client, w):
    client.force_login(w.assessor)
    address = "/changes/new/?kind=calendar&subject=2031"
    form = client.get(address).context["form"]
    again = client.post(address, {**values(form), "title": "二〇三一年", "days_0_name": "元旦", "more": "1"})
    typed = again.context["form"]
    assert typed.numbers["days"] > form.numbers["days"]
    assert (typed["title"].value(), typed["days_0_name"].value()) == ("二〇三一年", "元旦")
    assert not typed.errors
    assert not Change.objects.exists()


def test_half_a_row_is_told_row_by_row(client, w):
    client.force_login(w.assessor)
    address = "/changes/new/?kind=calendar&subject=2031"
    typed = values(client.get(address).context["form"])
    answer = client.post(address, {**typed, "title": "x", "basis": "y", "days_0_name": "元旦"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"days_0_day", "days_0_kind"}


def test_a_roster_is_put_right_on_the_same_day(client, w):
    leader = seat(person("chief", "局长", w.works), Role.DEPT_LEADER, w.works)
    client.force_login(w.works_officer)
    address = "/changes/new/?kind=roster&subject=CG"
    row = {"who": "值班室", "phone": "0531-1", "begins": "00:00", "ends": "00:00", "basis": "试验"}
    typed = values(client.get(address).context["form"]) | {f"rows_0_{name}": said for name, said in row.items()}
    client.post(address, {**typed, "title": "换号码", "basis": "值班安排"})
    change = Change.objects.get()
    press(client, change, "submit")
    assert press(client, change, "approve").status_code == 403
    client.force_login(leader)
    assert press(client, change, "approve").status_code == 302
    change.refresh_from_db()
    assert (change.state, DutyRoster.objects.get().phone) == (State.APPLIED, "0531-1")


def test_another_units_roster_is_nobody_elses(client, w):
    client.force_login(w.police_officer)
    assert client.get("/changes/new/?kind=roster&subject=CG").status_code == 403
    assert client.get("/changes/new/?kind=roster&subject=NO").status_code == 404


def test_who_may_not_draft_reads_why(client, w):
    client.force_login(w.inspector)
    assert "区专席或考核办" in client.get(NEW).content.decode()
    assert client.get(NEW).status_code == 403


def test_to_others_there_is_nothing(client, w):
    change = drafted(w)
    for user in (w.worker, w.clerk):
        client.force_login(user)
        for address in ("/changes/", f"/changes/{change.pk}/", NEW, f"/changes/{change.pk}/edit/"):
            assert client.get(address).status_code == 404
    client.force_login(w.works_officer)  # reads rosters, not limits
    assert client.get("/changes/").status_code == 200
    assert client.get(f"/changes/{change.pk}/").status_code == 404


def test_the_three_administrators_read_all_and_decide_nothing(client, w):
    change = sent(w)
    client.force_login(seat(person("auditor", "审计", w.desk), Role.AUDIT_ADMIN, w.desk))
    assert client.get(f"/changes/{change.pk}/").status_code == 200
    assert press(client, change, "approve").status_code == 403
    assert client.get(NEW).status_code == 403


def test_who_was_slower_is_told_and_sees_the_new_state(client, w):
    change = sent(w)
    client.force_login(w.inspector)
    answer = client.post(f"/changes/{change.pk}/approve/", {"seen": change.version - 1})
    assert answer.status_code == 409
    assert "有人先办了" in answer.content.decode()


def test_not_approving_without_words_shows_the_form_again(client, w):
    change = sent(w)
    client.force_login(w.establishment)
    assert press(client, change, "reject").status_code == 422
    assert press(client, change, "reject", **{"reject-note": "依据不对"}).status_code == 302


def test_a_draft_is_changed_by_its_author_alone(client, w):
    change = drafted(w)
    client.force_login(w.assessor)
    assert client.get(f"/changes/{change.pk}/edit/").status_code == 403
    client.force_login(w.desk_officer)
    typed = values(client.get(f"/changes/{change.pk}/edit/").context["form"])
    assert client.post(f"/changes/{change.pk}/edit/", {**typed, "title": "改过的标题"}).status_code == 302
    change.refresh_from_db()
    assert (change.title, change.version) == ("改过的标题", 2)
    assert client.post(f"/changes/{change.pk}/edit/", {**typed, "title": "再改"}).status_code == 409


def test_a_day_without_sense_is_told_at_its_field(client, w):
    client.force_login(w.desk_officer)
    typed = values(client.get(NEW).context["form"])
    answer = client.post(NEW, {**typed, "title": "x", "basis": "y", "day": "2026-02-30"})
    assert "day" in answer.context["form"].errors
    answer = client.post(NEW, {**typed, "title": "x", "basis": "y"})
    assert "还没有改动" in answer.content.decode()


@pytest.mark.parametrize("address", ["/changes/", "/changes/{pk}/"])
def test_the_pages_ask_as_often_for_many_as_for_few(client, w, address):
    change = sent(w)
    client.force_login(w.inspector)

    def asked() -> int:
        client.get(address.format(pk=change.pk))
        with CaptureQueriesContext(connection) as caught:
            client.get(address.format(pk=change.pk))
        return len(caught)

    few = asked()
    for hours in (1, 3, 5):
        drafted(w, shorter(w.at, hours=hours), by=w.assessor)
    assert asked() == few
    assert few < 20


def test_what_is_over_stands_below_page_by_page(client, w, monkeypatch):
    monkeypatch.setattr("desk.views.changes.SIZE", 1)
    first = approved(w)
    apply_due(w.at + DAY)
    second = sent(
        w, day_off(w.at, f"{localdate(w.at).year + 1}-01-01"), kind="calendar", subject=str(localdate(w.at).year + 1)
    )
    client.force_login(w.inspector)
    press(client, second, "reject", **{"reject-note": "不行"})
    page = client.get("/changes/")
    assert [row.change for row in page.context["over"]] == [second]
    assert [row.change for row in client.get(f"/changes/{page.context['older']}").context["over"]] == [first]


def test_the_ladder_is_drafted_row_by_row_and_its_page_tells_who_would_be_touched(client, w):
    with_ladder(w)
    case = stories.whistled(w)
    client.force_login(w.desk_officer)
    address = "/changes/new/?kind=ladder&subject=all"
    assert address.replace("&", "&amp;") in client.get("/ladder/").content.decode()
    page = client.get(address)
    typed = values(page.context["form"])
    row = next(name for name, value in typed.items() if value == "rework").replace("trigger", "threshold")
    answer = client.post(address, {**typed, "title": "一次重办即督办", "basis": "试验文号", row: "1"}, follow=True)
    change = Change.objects.get()
    assert [line.what for line in answer.context["lines"]] == ["changed"]
    ((_what, (weight,)),) = answer.context["weights"]
    assert (weight.touched.unit, weight.numbers) == (str(w.works), [case.number])
    taken = values(client.get(f"/changes/{change.pk}/edit/").context["form"])
    gone = client.post(f"/changes/{change.pk}/edit/", {**taken, "rungs_0_out": "on"}, follow=True)
    assert [line.what for line in gone.context["lines"]] == ["gone", "changed"]
    client.force_login(w.worker)
    assert client.get(address).status_code == 404
    assert address not in client.get("/ladder/").content.decode()


def test_the_page_of_a_ladder_change_asks_as_often_for_many_cases_as_for_few(client, w):
    with_ladder(w)
    stories.whistled(w)
    after = rows_of("ladder", "all", w.at)
    for row in after["rungs"]:
        row["threshold"] = 1 if row["trigger"] in ("used", "rework", "dissatisfied") else row["threshold"]
    change = sent(w, Wanted("提前", "试验文号", after, localdate(w.at) + DAY), kind="ladder", subject="all")
    client.force_login(w.inspector)

    def asked() -> int:
        client.get(f"/changes/{change.pk}/")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/changes/{change.pk}/")
        return len(caught)

    few = asked()
    for area in (w.next_grid, w.grid):
        stories.whistled(w, area=area)
    assert asked() == few
    assert few < 25


# For each kind: what is typed, and what of it stands in the difference.
DRAFTED = {
    "templates-reply": ({"templates_0_title": "办结", "templates_0_text": "{place}已办结"}, "{place}已办结"),
    "phrases-all": ({"phrases_0_words": "高度重视"}, "高度重视"),
    "calling-hours": ({"hours_0_begins": "10:30"}, "10:30"),
    "calling-rule": ({"rule_0_attempts": "4"}, "<ins>4</ins>"),
    "calling-script": ({"lines_0_text": "您好，这里是{district}。"}, "您好，这里是{district}。"),
    "quiet-all": ({"hours_0_begins": "22:00", "hours_0_ends": "07:00"}, "<ins>22:00</ins>"),
}


@pytest.mark.parametrize("named", DRAFTED)
def test_every_kind_is_drafted_sent_and_read_with_as_many_questions_for_many_cases(client, w, named):
    with_hours(w)
    (typed, shown), (kind, subject) = DRAFTED[named], named.split("-")
    client.force_login(w.desk_officer)
    address = f"/changes/new/?kind={kind}&subject={subject}"
    before = values(client.get(address).context["form"])
    told = {**before, **typed, "title": "试改", "basis": "试验文号"}
    assert shown in client.post(address, told, follow=True).content.decode()
    change = Change.objects.get()
    assert press(client, change, "submit").status_code == 302
    client.force_login(w.inspector)

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/changes/{change.pk}/").context["impact"].lines
        return len(caught)

    w.at = w.began
    stories.calling_back(w), stories.whistled(w, area=w.next_grid)
    asked()
    few = asked()
    stories.calling_back(w), stories.whistled(w, area=w.next_grid)
    assert asked() == few < 25
    client.force_login(w.worker)
    assert client.get(address).status_code == 404


def test_whoever_drafts_nothing_reads_who_does(client, w):
    client.force_login(w.inspector)
    assert "责任清单和职能目录由编办起草" in client.get("/changes/").content.decode()
