"""The three doors for a report, as pages."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accountability.models import Situation
from cases.models import Case
from engagement.models import Report
from grids.models import Area
from tests.engagement.ground import INSIDE, NEAR_THE_LINE, OUTSIDE

DOORS = ["engagement:report", "engagement:clerk_report", "engagement:field_report"]


def said(**more) -> dict:
    return {"form_key": str(uuid4()), "datum": "wgs84", "words": "占道经营三天没人管，老人看不清台阶", **more}


def at_point(point, **more) -> dict:
    return said(lon=point.lon, lat=point.lat, accuracy=5, **more)


def send(client, door="engagement:report", **fields):
    return client.post(reverse(door), fields)


def test_anybody_may_report_without_an_account(w, client):
    answer = send(client, **at_point(INSIDE, phone="138 1234 0427"))
    report = Report.objects.get()
    assert answer.url == reverse("engagement:receipt", args=[report.receipt_shown]) + "?sent"
    assert (report.case.area, report.phone, report.by) == (w.grid, "13812340427", None)


def test_a_form_pressed_twice_makes_one_case(w, client):
    form = at_point(INSIDE)
    assert send(client, **form).url == send(client, **form).url
    assert Case.objects.count() == 1


def test_words_are_asked_for_and_the_rest_is_kept(w, client):
    answer = send(client, **said(words="", place="甲一路口", phone="138"))
    page = answer.content.decode()
    assert set(answer.context["form"].errors) == {"words", "phone"}
    assert "甲一路口" in page
    assert not Case.objects.exists()


def test_without_a_point_a_community_is_chosen(w, client):
    send(client, **said(area=w.community.code))
    assert Case.objects.get().area == w.community


def test_without_any_place_it_goes_to_the_district(w, client):
    send(client, **said())
    assert Case.objects.get().area == w.district


def test_outside_is_said_and_the_list_is_left(w, client):
    answer = send(client, **at_point(OUTSIDE))
    assert answer.context["form"].has_error("area", "outside_district")
    assert answer.context["form"]["lon"].value() == ""
    assert not Case.objects.exists()


def test_near_a_line_the_form_asks_which_grid_and_keeps_every_word(w, client):
    answer = send(client, **at_point(NEAR_THE_LINE, place="甲一路口", phone="13812340427"))
    page = answer.content.decode()
    assert answer.templates[0].name == "engagement/which_grid.html"
    assert all(kept in page for kept in ("占道经营三天没人管", "甲一路口", "13812340427", "甲一001网格", "甲一002网格"))
    assert not Case.objects.exists()


def test_the_grid_named_in_the_second_step_counts(w, client):
    send(client, **at_point(NEAR_THE_LINE, asked=1, grid=w.next_grid.code))
    assert Case.objects.get().area == w.next_grid


def test_the_second_step_without_an_answer_asks_again(w, client):
    answer = send(client, **at_point(NEAR_THE_LINE, asked=1))
    assert answer.context["form"].has_error("grid", "required")


def test_the_way_back_from_the_second_step_keeps_the_words(w, client):
    answer = send(client, **at_point(NEAR_THE_LINE, change=1, place="甲一路口"))
    form = answer.context["form"]
    assert (form["words"].value(), form["place"].value(), form.is_bound) == (
        "占道经营三天没人管，老人看不清台阶", "甲一路口", False
    )  # fmt: skip


def test_a_form_without_its_token_is_refused(w):
    assert Client(enforce_csrf_checks=True).post(reverse("engagement:report"), said()).status_code == 403


@pytest.mark.parametrize("door", DOORS[1:])
def test_whoever_is_signed_out_signs_in_first(w, client, door):
    assert reverse("people:sign_in") in client.get(reverse(door)).url


@pytest.mark.parametrize(("door", "who", "status"), [
    ("engagement:clerk_report", "clerk", 200), ("engagement:clerk_report", "dispatcher", 403),
    ("engagement:clerk_report", "works_officer", 403), ("engagement:field_report", "worker", 200),
    ("engagement:field_report", "community_worker", 200), ("engagement:field_report", "clerk", 403),
])  # fmt: skip
def test_each_door_is_for_its_own_people(w, client, door, who, status):
    client.force_login(getattr(w, who))
    assert client.get(reverse(door)).status_code == status
    area = {"worker": w.grid, "community_worker": w.community}.get(who, w.street)
    sent = client.post(reverse(door), said(area=area.code, phone="13812340427"))
    assert sent.status_code == (302 if status == 200 else 403)
    assert Case.objects.exists() == (status == 200)


def test_a_clerk_takes_down_who_calls(w, client):
    client.force_login(w.clerk)
    form = said(name="董小满", phone="0531-8888 1234", address="甲路14号", wants_answer="on", area=w.street.code,
                category=w.category.pk, urgency="urgent")  # fmt: skip
    answer = client.post(reverse("engagement:clerk_report"), form, follow=True)
    report = Report.objects.get()
    assert (report.name, report.phone, report.address, report.by) == ("董小满", "053188881234", "甲路14号", w.clerk)
    assert (report.case.area, report.case.urgency, report.case.category) == (w.street, "urgent", w.category)
    assert report.receipt_shown in answer.content.decode()


def test_who_wants_an_answer_leaves_a_number(w, client):
    client.force_login(w.clerk)
    answer = client.post(reverse("engagement:clerk_report"), said(wants_answer="on"))
    assert answer.context["form"].has_error("phone", "phone_missing")


def test_another_clerks_receipt_is_not_shown(w, client):
    client.force_login(w.clerk)
    client.post(reverse("engagement:clerk_report"), said())
    w.desk_officer.postings.create(role="clerk", area=w.district, since=w.at)
    client.force_login(w.desk_officer)
    page = client.get(reverse("engagement:clerk_report"), {"done": Report.objects.get().receipt_shown})
    assert page.context["report"] is None


def test_a_worker_reports_with_position_and_the_moment_of_capture(w, client):
    client.force_login(w.worker)
    form = at_point(INSIDE, captured_at="2026-03-09T01:00:00.000Z", area=w.grid.code)
    client.post(reverse("engagement:field_report"), form)
    report = Report.objects.get()
    assert report.captured_at == datetime(2026, 3, 9, 1, tzinfo=UTC)
    assert (report.case.area, report.case.channel, report.case.has_citizen) == (w.grid, "03", False)


def test_a_worker_without_position_chooses_one_of_their_own_grids(w, client):
    client.force_login(w.worker)
    form = client.get(reverse("engagement:field_report")).context["form"]
    assert [code for code, _name in form.fields["area"].choices] == [w.grid.code]
    client.post(reverse("engagement:field_report"), said(area=w.grid.code))
    assert Case.objects.get().area == w.grid


def test_a_situation_says_category_and_urgency(w, client):
    Situation.objects.create(item=w.city_item, code="S-1", name="油烟直排", looks_like="x", photograph="x",
                             first_action="x", urgency="urgent")  # fmt: skip
    client.force_login(w.worker)
    client.post(reverse("engagement:field_report"), at_point(INSIDE, situation="S-1", category=w.category.pk))
    case = Case.objects.get()
    assert (case.situation.code, case.category, case.urgency) == ("S-1", w.other_category, "urgent")


def test_a_sign_in_that_ran_out_loses_no_word(w, client):
    client.force_login(w.clerk)
    client.get(reverse("engagement:clerk_report"))
    client.logout()
    there = reverse("engagement:clerk_report")
    client.post(there, said(words="说到一半", name="董小满"), headers={"referer": f"http://testserver{there}"})
    client.force_login(w.clerk)
    form = client.get(there).context["form"]
    assert (form["words"].value(), form["name"].value(), form["wants_answer"].value()) == ("说到一半", "董小满", False)


@pytest.mark.parametrize(("door", "who", "most"), list(zip(DOORS, [None, "clerk", "worker"], [3, 16, 17], strict=True)))
def test_a_form_costs_few_queries_however_many_areas_there_are(
    w, client, django_assert_max_num_queries, door, who, most
):
    parts = [Area(code=f"9901020010{n}", name=str(n), kind="community", parent=w.street) for n in range(30, 60)]
    Area.objects.bulk_create(parts)
    if who:
        client.force_login(getattr(w, who))
    with django_assert_max_num_queries(most):
        assert client.get(reverse(door)).status_code == 200


@pytest.mark.parametrize("words", ["\u200b\u2060", "\ufeff \u202e", "\u3000"])
def test_words_that_nobody_can_see_are_none(w, client, words):
    assert send(client, words=words).context["form"].has_error("words", "required")
    assert not Report.objects.exists()
