"""What departments do beyond the list by reviewed change: a version of its own, from a day on, and sealed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accountability import catalogue
from accountability.models import Function, FunctionList
from cases.changing.functions import NEW
from cases.models import Case
from changes.actions import Wanted, apply_due, approve, submit
from changes.kinds import ChangeRefused, kind_of
from changes.models import Change, State
from people.models import Role
from tests import stories
from tests.beyond import SCHOOL, with_functions
from tests.changes.drafting import drafted, rows_of
from tests.world import person, post, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW_PAGE = "/changes/new/?kind=functions&subject=教育"


@pytest.fixture
def w(monkeypatch, tmp_path):
    made = with_functions(world(), monkeypatch, tmp_path)
    made.editor = made.establishment
    made.lawyer = post(person("lawyer", "司法乙"), Role.LEGAL, made.district)
    return made


def there(w, subject="教育"):
    return rows_of("functions", subject, w.at)["functions"]


def wanted(w, rows, days=1) -> Wanted:
    return Wanted("入学五日", "试验文号〔2026〕5号", {"functions": rows}, localdate(w.at) + timedelta(days))


def applied(w, rows, subject="教育", days=1) -> Change:
    change = drafted(w, wanted(w, rows, days), kind="functions", subject=subject, by=w.editor)
    change = submit(change, seen=change.version, by=w.of(w.editor), at=w.at)
    approve(change, seen=change.version, by=w.of(w.lawyer), at=w.at)
    apply_due(w.at + days * DAY)
    change.refresh_from_db()
    return change


def refused(w, rows, subject="教育") -> str:
    with pytest.raises(ChangeRefused) as caught:
        drafted(w, wanted(w, rows), kind="functions", subject=subject, by=w.editor)
    return caught.value.code


def test_a_part_is_changed_from_its_day_on_and_the_rest_comes_along(w):
    (row,) = there(w)
    change = applied(w, [{**row, "amount": 5}])
    version = FunctionList.objects.get(number=2)
    assert (change.state, version.change, version.in_force_from) == (State.APPLIED, change, localdate(w.at) + DAY)
    assert {one.code: one.amount for one in version.functions.all()} == {SCHOOL: 5, "ZN-GJ-01": None}
    assert Function.objects.get(version=w.functions, code=SCHOOL).amount == 10
    assert FunctionList.objects.in_force(localdate(w.at)) == w.functions
    assert list(catalogue.faults()) == []


def test_two_parts_may_change_on_the_same_day(w):
    rows = {part: there(w, part)[0] for part in ("教育", "公积金")}
    for part, row in rows.items():
        change = drafted(w, wanted(w, [{**row, "title": f"{part}改"}]), kind="functions", subject=part, by=w.editor)
        change = submit(change, seen=change.version, by=w.of(w.editor), at=w.at)
        approve(change, seen=change.version, by=w.of(w.lawyer), at=w.at)
    apply_due(w.at + DAY)
    newest = FunctionList.objects.in_force(localdate(w.at + DAY))
    assert {one.title for one in newest.functions.all()} == {"教育改", "公积金改"}
    assert list(catalogue.faults()) == []


def test_a_new_part_is_opened_and_a_row_taken_out(w):
    row = {**there(w)[0], "code": "ZN-TY-01", "area": "体育"}
    applied(w, [row], subject=NEW)
    assert [one["code"] for one in rows_of("functions", "体育", w.at + DAY)["functions"]] == ["ZN-TY-01"]
    assert ("体育", "体育") in kind_of("functions").subjects(w.of(w.editor), w.at + DAY)


@pytest.mark.parametrize(("wrong", "code"), [
    ({"code": "ZN-GJ-01"}, "named_twice"), ({"code": "ZHZF-01"}, "named_twice"), ({"code": "学"}, "odd_code"),
    ({"unit": None}, "handled_by_nobody"), ({"amount": None}, "handled_by_nobody"),
    ({"amount": 9999}, "handled_by_nobody"), ({"kind": "answer"}, "no_answer"),
    ({"kind": "answer", "answer": "问学校"}, "no_answer"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(w, wrong, code):
    assert refused(w, [{**there(w)[0], **wrong}]) == code


def test_a_part_that_is_there_is_not_opened_anew(w):
    assert refused(w, [{**there(w)[0], "code": "ZN-JY-09"}], subject=NEW) == "part_there"


def test_a_past_day_and_the_same_person_are_refused(w):
    with pytest.raises(ChangeRefused) as caught:
        drafted(w, wanted(w, [], days=0), kind="functions", subject="教育", by=w.editor)
    assert caught.value.code == "in_past"
    change = drafted(w, wanted(w, []), kind="functions", subject="教育", by=w.editor)
    change = submit(change, seen=change.version, by=w.of(w.editor), at=w.at)
    with pytest.raises(ChangeRefused) as caught:
        approve(change, seen=change.version, by=w.of(w.editor), at=w.at)
    assert caught.value.code in ("same_person", "wrong_person")


def test_the_impact_names_open_cases_whose_function_would_go_to_another_unit(w):
    case = stories.reported(w, area=w.district)
    Case.objects.filter(pk=case.pk).update(function=w.school)
    before = {"functions": there(w)}
    after = {"functions": [{**there(w)[0], "unit": w.works.code}]}
    told = kind_of("functions").impact("教育", before, after, localdate(w.at) + DAY, w.at)
    assert [(one.unit, one.count, one.behind) for one in told.touched] == [(w.works.short_name, 1, [("case", case.pk)])]


def test_the_page_drafts_it_with_difference_for_those_who_may(client, w):
    client.force_login(w.editor)
    form = client.get(NEW_PAGE).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    said = {"title": "入学五日", "basis": "试验文号", "functions_0_amount": "5"}
    page = client.post(NEW_PAGE, {**sent, **said}, follow=True).content.decode()
    assert "<del>10</del>" in page
    assert "<ins>5</ins>" in page
    client.force_login(w.dispatcher)
    assert client.get(NEW_PAGE).status_code in (403, 404)
    assert client.get(f"/changes/{Change.objects.get().pk}/").status_code == 404


def test_what_is_written_past_the_review_breaks_the_seal(w):
    applied(w, [{**there(w)[0], "amount": 5}])
    Function.objects.filter(version__number=1, code=SCHOOL).update(amount=1)
    assert len(list(catalogue.faults())) == 1
    FunctionList.objects.filter(number=2).update(basis="另一文号")
    FunctionList.objects.create(number=3, label="塞进来", in_force_from="2199-01-01", basis="-")
    told = " ".join(catalogue.faults())
    assert "2" in told
    assert len(list(catalogue.faults())) >= 4
