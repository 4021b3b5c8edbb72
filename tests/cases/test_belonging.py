"""A case goes by an item of the list or by what a department does beyond it: chosen by a person, kept, told, called."""

import re

import pytest
from django.urls import reverse

from accountability.models import Function, FunctionList
from cases import actions
from cases.models import Case, State, Step, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.beyond import HOUSE, SCHOOL, SCHOOLING, with_functions
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch, tmp_path):
    return with_functions(lately(monkeypatch), monkeypatch, tmp_path)


def school_case(w) -> Case:
    """At the desk: no street is known."""
    return stories.reported(w, area=w.district)


def accepted(w, case, **more) -> Case:
    return actions.accept(
        case, by=w.of(w.desk_officer), at=w.at, summary="学位不够", category=w.category, urgency="normal", **more
    )


def accepting(case) -> str:
    return reverse("cases:move", args=[case.number, "accept"])


def test_the_desk_accepts_it_under_a_function_which_case_and_history_then_tell(client, w):
    case = school_case(w)
    client.force_login(w.desk_officer)
    form = client.get(accepting(case)).context["form"]
    said = {name: form[name].value() for name in ("seen", "seen_step", "category", "urgency")}
    answer = client.post(accepting(case), {**said, "summary": "学位不够", "item": SCHOOL})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.item, case.function) == (None, w.school)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "data-function" in page
    assert "区市监局" in page
    assert f"?version=1#{SCHOOL}" in page
    assert Step.objects.get(case=case, verb=Verb.ACCEPT).facts["function"] == SCHOOL
    assert page.count(SCHOOL) >= 3  # the function, its address, the step


def test_the_whistle_names_its_unit_with_the_function_as_the_reason_and_waits_at_the_desk(client, w):
    case = accepted(w, school_case(w), function=w.school)
    client.force_login(w.desk_officer)
    form = client.get(reverse("cases:whistle", args=[case.number])).context["form"]
    (row,) = form.rows
    assert (row.unit, row.tick.value()) == (w.market, True)
    assert SCHOOL in row.why.value()
    said = {one.html_name: one.value() for one in form if one.value() not in (None, False)}
    typed = {"first_action": "已核实住址", "why": "由教育部门答复", "kind": "prominent"}
    assert client.post(reverse("cases:whistle", args=[case.number]), {**said, **typed}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.function) == (State.AT_DESK, w.school)
    form = client.get(reverse("cases:move", args=[case.number, "dispatch"])).context["form"]
    assert [row.unit for row in form.rows] == [w.market]


def test_a_whistle_may_put_it_under_an_item_instead(w):
    case = accepted(w, stories.reported(w, area=w.district), function=w.school)
    case = actions.blow_whistle(
        case,
        by=w.of(w.desk_officer),
        at=w.at,
        kind="prominent",
        first_action="改按清单",
        item=w.item,
        calls=stories.calls(w),
    )
    assert (case.item, case.function) == (w.item, None)


def test_never_both_and_never_what_is_not_in_force(w):
    later = FunctionList.objects.create(number=2, label="下一版", in_force_from="2199-01-01", basis="试验")
    other = Function.objects.create(
        version=later, code="ZN-JY-02", area="教育", title="师德", kind="answer", answer="问学校", words="老师"
    )
    for code, given in (
        ("both_named", {"item": w.item, "function": w.school}),
        ("function_not_in_force", {"function": other}),
    ):
        with pytest.raises(MoveRefused) as refused:
            accepted(w, school_case(w), **given)
        assert refused.value.code == code


def test_what_the_case_stands_under_stays_when_the_functions_change(w):
    case = accepted(w, school_case(w), function=w.school)
    FunctionList.objects.create(number=2, label="下一版", in_force_from="2020-01-02", basis="试验")
    case = actions.blow_whistle(
        case, by=w.of(w.desk_officer), at=w.at, kind="prominent", first_action="转教育部门", item=None,
        function=w.school, calls=[],
    )  # fmt: skip
    assert case.function == w.school


def test_where_nothing_is_chosen_the_case_page_suggests_with_words_sureness_and_a_way(client, w):
    case = school_case(w)
    Case.objects.filter(pk=case.pk).update(summary=SCHOOLING)
    client.force_login(w.desk_officer)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert f'href="{accepting(case)}?item={SCHOOL}"' in page
    assert "学位" in page
    client.force_login(w.inspector)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "data-suggested" in page
    assert "?item=" not in page
    accepted(w, case, function=w.school)
    assert "data-suggested" not in client.get(reverse("desk:case", args=[case.number])).content.decode()


def test_cases_under_a_function_are_listed_counted_and_named_whatever_version_they_were_put_under(client, w):
    mine, other = accepted(w, school_case(w), function=w.school), accepted(w, school_case(w), function=w.house)
    renewed = FunctionList.objects.create(number=2, label="下一版", in_force_from="2020-01-02", basis="试验")
    Function.objects.create(
        version=renewed, code=SCHOOL, area="教育", title="入学划片与学位", kind="handle", amount=10,
        time_unit="working_day", words="学位", unit=w.market,
    )  # fmt: skip
    client.force_login(w.desk_officer)
    page = client.get(f"{reverse('desk:cases')}?function={SCHOOL}").content.decode()
    assert mine.number in page
    assert other.number not in page
    assert "入学划片与学位" in page.split("</h1>")[0]
    assert re.search(f'value="{SCHOOL}"[^>]* selected', page)
    assert f'value="{HOUSE}"' in page
    found = client.get(f"/api/v1/cases/?function={SCHOOL}").json()["results"]
    assert [one["number"] for one in found] == [mine.number]
