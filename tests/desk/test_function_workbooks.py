"""The functions of departments as a workbook: out without loss, in by a reviewed change, each fault by its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability import catalogue
from accountability.models import FunctionList
from audit import clock
from cases.changing.functions import WHOLE, tables
from changes.actions import apply_due
from changes.models import Change
from desk import tasks
from desk.actions import listimports
from desk.functionbook import written
from desk.models import ExportJob, ListImport
from files.models import PIECE_BYTES
from people.models import User
from tests.accountability.lists import legal
from tests.beyond import HOUSE, SCHOOL, with_functions
from tests.desk.workbooks import Sheets, made, sheets
from tests.lately import lately

pytestmark = pytest.mark.django_db
BEGIN, NEW = reverse("desk:functions_book_begin"), reverse("desk:functions_book_new")
ROWS = "职能"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    options = {"location": str(tmp_path / "files"), "base_url": None}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def w(monkeypatch, tmp_path):
    return with_functions(lately(monkeypatch), monkeypatch, tmp_path)


def book(w, change: Callable[[list[list]], object] = lambda rows: None, **more: list) -> bytes:
    found: Sheets = sheets(written(w.functions, clock.now())[0])
    change(found[ROWS])
    return made({**found, **more})


def sent(client, user: User, data: bytes) -> str:
    """As the page sends it: in pieces, then compared by a worker; the address of what was found."""
    client.force_login(user)
    begun = client.post(BEGIN, {"name": "职能.xlsx", "size": len(data)})
    assert begun.status_code == 201, begun.content
    file = begun.json()["id"]
    for offset in range(0, len(data), PIECE_BYTES):
        there = reverse("desk:functions_book_piece", args=[file, offset])
        client.post(there, data[offset : offset + PIECE_BYTES], content_type="application/octet-stream")
    answer = client.post(NEW, {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    listimports.run(file, now=clock.now)
    return answer.headers["location"]


def draft(client, there: str, w, **more):
    day = localdate(w.at) + timedelta(days=9)
    return client.post(there, {"title": "职能调整", "basis": "试验依据", "reason": "", "day": day.isoformat(), **more})


def cell(rows: list[list], header: str) -> int:
    return rows[0].index(header)


def places(client, there: str) -> list[tuple]:
    return [(one.sheet, one.row, one.column) for one in client.get(there).context["faults"]]


def test_it_goes_out_and_comes_in_again_without_any_difference(client, w):
    client.force_login(w.dispatcher)
    asked = client.post(reverse("desk:functions_export", args=[1]))
    job = ExportJob.objects.latest("asked_at")
    tasks.write_export(str(job.pk))
    page = client.get(asked.headers["location"])
    assert reverse("engagement:functions") in page.content.decode()
    data = client.get(reverse("desk:export_file", args=[job.pk])).content
    there = sent(client, w.establishment, data)
    page = client.get(there)
    assert page.context["all"] == 0
    assert 'name="title"' not in page.content.decode()


def test_what_it_changes_is_shown_then_drafted_decided_by_another_and_in_force_from_its_day(client, w):
    def change(rows):
        rows[1][cell(rows, "职能名称")] = "公积金提取和贷款"
        rows[2][cell(rows, "时限")] = 7
        rows.append(["ZN-XF-01", "消费", "预付卡", "要办理", "", w.market.name, 5, "工作日", "", "预付卡 跑路"])

    there = sent(client, w.establishment, book(w, change))
    page = client.get(there).content.decode()
    assert all(words in page for words in ("公积金提取和贷款", "ZN-XF-01", "预付卡"))
    assert draft(client, there, w, title="").status_code == 422
    answer = draft(client, there, w)
    found = Change.objects.get(subject=WHOLE)
    assert answer.headers["location"] == reverse("desk:change", args=[found.pk])
    steps = {verb: reverse("desk:change_act", args=[found.pk, verb]) for verb in ("submit", "approve")}
    client.post(steps["submit"], {"seen": found.version})
    found.refresh_from_db()
    assert client.post(steps["approve"], {"seen": found.version}).status_code == 403
    client.force_login(legal(w))
    assert client.post(steps["approve"], {"seen": found.version}).status_code == 302
    later = clock.now() + timedelta(days=10)
    assert apply_due(later) == 1
    now = {one.code: one for one in catalogue.standing(localdate(later))}
    assert (now[HOUSE].title, now[SCHOOL].amount, now["ZN-XF-01"].unit) == ("公积金提取和贷款", 7, w.market)
    assert list(catalogue.faults()) == []


def test_a_function_is_told_by_what_it_is_and_not_by_a_day_or_a_part_of_a_case(w):
    (table,) = tables(WHOLE)
    labels = {column.name: str(column.label) for column in table.columns}
    assert (labels["area"], labels["title"]) == ("所属部分", "职能名称")


def test_the_same_person_sends_another_workbook_into_the_same_draft(client, w):
    for title in ("一改", "二改"):
        there = sent(client, w.establishment, book(w, lambda rows, title=title: rows[1].__setitem__(2, title)))
        draft(client, there, w)
    found = Change.objects.get(subject=WHOLE)
    assert [row["title"] for row in found.after["functions"] if row["code"] == HOUSE] == ["二改"]
    assert client.get(reverse("desk:change_edit", args=[found.pk])).headers["location"] == NEW


WRONG = {
    "职能代码": ("zn 1", "ZHZF-01", SCHOOL, ""), "所属部分": ("", "长" * 41), "职能名称": ("", "长" * 81),
    "办理方式": ("随便", ""), "单位代码": ("NIRGENDS",), "时限": ("很快", "0", ""), "时限单位": ("光年",),
    "日常说法": ("",),
}  # fmt: skip


@pytest.mark.parametrize("header", WRONG)
def test_what_cannot_stand_is_named_by_row_and_column_and_nothing_is_saved(client, w, header):
    for said in WRONG[header]:

        def change(rows, said=said):
            school = next(row for row in rows if row[0] == SCHOOL)
            new = [*school[: cell(rows, "单位")], "", *school[cell(rows, "单位") + 1 :]]
            new[0], new[cell(rows, header)] = "ZN-JY-09", said
            new[0] = said if header == "职能代码" else new[0]
            rows.append(new)

        there = sent(client, w.establishment, book(w, change))
        found = places(client, there)
        assert [(sheet, row) for sheet, row, _column in found] == [(ROWS, 4)], (said, found)
        assert header in found[0][2]
        assert draft(client, there, w).status_code == 422
    assert not Change.objects.filter(subject=WHOLE).exists()


def test_a_formula_a_strange_sheet_and_a_missing_one_are_named(client, w):
    data = made(sheets(book(w)), {(ROWS, "C2"): "=1+1"})
    assert places(client, sent(client, w.establishment, data)) == [(ROWS, 2, "C 职能名称")]
    assert places(client, sent(client, w.establishment, book(w, 别的=[["x"]]))) == [("别的", 1, "")]
    assert places(client, sent(client, w.establishment, made({"别的": [["x"]]})))[0][0] == "别的"


def test_it_is_the_establishment_offices_alone(client, w):
    there = sent(client, w.establishment, book(w))
    for user, status in ((legal(w), 403), (w.dispatcher, 404)):
        client.force_login(user)
        assert client.get(NEW).status_code == status
        assert client.post(BEGIN, {"name": "a.xlsx", "size": 9}).status_code == status
        assert client.get(there).status_code == 404
        assert draft(client, there, w).status_code == 404
    assert ListImport.objects.count() == 1


def test_nobody_reads_a_workbook_of_functions_as_one_of_the_list(client, w):
    there = sent(client, w.establishment, book(w))
    pk = there.strip("/").split("/")[-1]
    for name in ("list_import", "list_import_save", "list_import_again"):
        address = reverse(f"desk:{name}", args=[pk])
        assert (client.get if name == "list_import" else client.post)(address).status_code == 404


def test_given_up_it_is_gone(client, w):
    there = sent(client, w.establishment, book(w))
    assert client.post(f"{there}give-up/").status_code == 302
    assert client.get(there).status_code == 404
    listimports.sweep_away(clock.now())
    assert not ListImport.objects.exists()


def test_what_came_in_force_meanwhile_is_not_written_over_unseen(client, w):
    there = sent(client, w.establishment, book(w, lambda rows: rows[1].__setitem__(2, "改名")))
    FunctionList.objects.create(number=2, label="新版", in_force_from=localdate(w.at), basis="试验")
    answer = draft(client, there, w)
    assert answer.status_code == 422
    assert "请重新选择文件" in answer.content.decode()
    assert not Change.objects.filter(subject=WHOLE).exists()
