"""A version of the list as a workbook: out without loss, in with a preview, every fault by its place."""

import random
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.actions import ListRefused, Wording, add_item, begin, save_item, take_off
from accountability.actions.items import stamp
from accountability.actions.manuals import manual_stamp, save_manual
from accountability.duties import duty_texts
from accountability.models import Duty, Item, ItemVersion, ListKind, ListVersion, WrittenFlow, WrittenManual
from accountability.seals import digests
from accountability.wordings import WORDS
from audit import clock
from audit.models import Event, SecurityLog
from desk import tasks
from desk.actions import listimports
from desk.models import ExportJob, ListImport
from desk.views.bookpages import EVERY_SECONDS
from grids.standing import standing_of
from people.models import Role, Unit
from tests.accountability.lists import approved, begun, legal, said, second_editor, write
from tests.desk.workbooks import (
    AREAS,
    DUTIES,
    FLOWS,
    ITEMS,
    MANUALS,
    changed,
    compared,
    made,
    places,
    put,
    sent,
    sheets,
    workbook,
)
from tests.lately import lately
from tests.world import person, seat

pytestmark = pytest.mark.django_db
HOSTILE = [
    "=1+1", "+86", "-1", "@SUM(A1)", "＝1", "'=1", "''=1", "'", "' -", "_x000D_", "a_x0041_b",
    "一\r\n二",
    "一\n\n二", "\x0b\x01x",
    "<b>&amp;", "]]>", "007", "1e5", "TRUE", "#N/A", "2020-01-02", "a  b", "\u200b=1", "𠮷野家😀", '"引号"', "a\tb",
    "％s %(x)s {0}",
]  # fmt: skip


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    options = {"location": str(tmp_path / "files"), "base_url": None}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    storages._storages.pop("default", None)
    yield
    storages._storages.pop("default", None)


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.at = clock.now()
    return w


def now(user):
    at = clock.now()
    return {"by": standing_of(user, at), "at": at}


def preview(client, one, user, **asked) -> object:
    client.force_login(user)
    return client.get(f"/list/workbooks/{one.pk}/", asked)


def saved(client, one, user) -> object:
    client.force_login(user)
    return client.post(f"/list/workbooks/{one.pk}/save/")


def test_the_81_items_go_out_and_come_in_without_any_difference():
    call_command("load_lixia", verbosity=0)
    version = ListVersion.objects.get()
    editor = seat(person("editor", "编办员"), Role.ESTABLISHMENT, Unit.objects.get(code="QC-03"))
    draft = begin(version.kind, **now(editor))
    one = compared(draft, editor, workbook(version))
    assert one.counts == {"new": 0, "changed": 0, "gone": 0, "same": 81, "faults": 0}
    empty = begin(ListKind.objects.get(code="joint"), **now(editor))
    moved = compared(empty, editor, changed(version, lambda found: put(found, "清单", 2, "清单种类", empty.kind.name)))
    assert moved.counts["new"] == 81
    listimports.save(moved.pk, **now(editor))
    assert digests(empty) == digests(version)
    assert WrittenFlow.objects.filter(item_version__version=empty).exists()
    assert WrittenManual.objects.filter(item_version__version=empty).exists()


def _hostile(draft: ListVersion, units: list[Unit], by, dice: random.Random) -> None:
    """Every word of two items is one that a table program or a file format could take for something else."""
    days = [None, date(1850, 1, 1), date(1900, 2, 28), date(9999, 12, 31)]
    for item in Item.objects.filter(versions__version=draft):

        def words(mark: str) -> str:
            return dice.choice(HOSTILE) + (mark if dice.random() < 0.5 else "")

        parties = [
            Wording("lead", words("领"), units[0]), Wording("support", words("助"), units[1], party_name=words("名")),
            Wording("support", words("街"), party=Duty.Party.STREET, party_name=words("街道")),
            Wording("support", words("外"), party=Duty.Party.OTHER, party_name=words("外方")),
        ]  # fmt: skip
        own = {name: words(name) for name in WORDS}
        told = said(draft, item, basis_from=dice.choice(days), basis_until=None, **own)
        duties = [*parties[:1], *dice.sample(parties[1:], 3)]
        save_item(draft, item, said=replace(told, duties=duties), seen=stamp(draft, item), **by)


def test_whatever_is_written_in_an_item_survives_the_way_out_and_in(w):
    draft, other, dice = begun(w), begun(w), random.Random(5)
    for _round in range(12):
        _hostile(draft, [w.market, w.works], now(w.establishment), dice)
        one = compared(other, w.establishment, workbook(draft))
        assert list(one.faults.all()) == []
        listimports.save(one.pk, **now(w.establishment))
        assert digests(other) == digests(draft)
        assert list(_rows(other)) == list(_rows(draft))


def _rows(draft):
    names = [field.attname for field in Duty._meta.fields if field.name not in ("id", "item_version", "order")]
    own = [
        field.attname
        for field in ItemVersion._meta.fields
        if field.name not in ("id", "version", "edited_at", "edited_by")
    ]
    for row in draft.items.order_by("item__code"):
        yield [getattr(row, name) for name in own]
        yield [[getattr(duty, name) for name in names] for duty in row.duties.order_by("kind", "order", "pk")]


@pytest.mark.parametrize("words", HOSTILE[:7])
def test_no_cell_of_the_file_begins_like_a_formula(w, words):
    draft = begun(w)
    write(w, draft, words)
    data = workbook(draft)
    with zipfile.ZipFile(BytesIO(data)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
    cells = [cell for rows in sheets(data).values() for row in rows for cell in row if isinstance(cell, str)]
    assert not [cell for cell in cells if cell[:1] in "=+-@＝" and cell]
    assert f"'{words}" in cells


def test_the_headings_are_chinese_whatever_the_readers_language(client, w):
    client.force_login(w.works_officer)
    client.cookies["django_language"] = "en"
    answer = client.post(f"/list/exports/{w.version.pk}/")
    job = ExportJob.objects.get()
    assert answer.headers["Location"] == f"/cases/exports/{job.pk}/"
    tasks.write_export(str(job.pk))
    found = sheets(client.get(f"/cases/exports/{job.pk}/file/").content)
    assert list(found) == ["清单", AREAS, ITEMS, DUTIES, FLOWS, MANUALS]
    assert found[ITEMS][0][:4] == ["事项代码", "分类", "所属部分", "事项名称"]
    assert found["清单"][1][0] == w.list_kind.name


def test_who_takes_the_file_is_noted(client, w):
    client.force_login(w.works_officer)
    client.post(f"/list/exports/{w.version.pk}/")
    job = ExportJob.objects.get()
    assert not SecurityLog.objects.filter(event=Event.EXPORTED).exists()
    tasks.write_export(str(job.pk))
    client.get(f"/cases/exports/{job.pk}/file/")
    line = SecurityLog.objects.get(event=Event.EXPORTED)
    assert (line.actor, line.subject_id) == (w.works_officer, str(job.pk))
    assert f"version={w.version.pk}" in line.reason


def test_a_draft_is_exported_by_those_alone_who_read_it(client, w):
    draft = begun(w)
    for user, status in ((w.establishment, 302), (legal(w), 302), (w.works_officer, 404), (w.desk_officer, 404)):
        client.force_login(user)
        assert client.post(f"/list/exports/{draft.pk}/").status_code == status, user
    job = ExportJob.objects.filter(owner=w.establishment).get()
    client.force_login(w.establishment)
    client.post(f"/list/drafts/{draft.pk}/discard/")
    tasks.write_export(str(job.pk))
    assert ExportJob.objects.get(pk=job.pk).refusal == "no_version"
    assert client.get(f"/cases/exports/{job.pk}/").status_code == 200


def test_the_preview_counts_and_shows_word_by_word_and_saves_all_of_it(client, w):
    draft = begun(w)
    data = changed(draft, _three_changes)
    one = compared(draft, w.establishment, data)
    assert one.counts == {"new": 1, "changed": 1, "gone": 1, "same": 0, "faults": 0}
    page = preview(client, one, w.establishment)
    assert [(item.code, item.what) for item in page.context["items"]] == [
        ("STHJ-01", "gone"), ("ZHZF-01", "changed"), ("ZHZF-88", "new"),
    ]  # fmt: skip
    assert "<ins>，当日到场</ins>" in page.content.decode()
    assert duty_texts(w.item, draft)[0].text == "负责查处"
    assert saved(client, one, w.establishment).headers["Location"] == f"/list/drafts/{draft.pk}/"
    assert duty_texts(w.item, draft)[0].text == "负责查处，当日到场"
    assert set(draft.items.values_list("item__code", flat=True)) == {"ZHZF-01", "ZHZF-88"}
    assert ItemVersion.objects.get(version=draft, item=w.item).edited_by == w.establishment
    assert w.establishment in draft.editors.all()
    assert saved(client, one, w.establishment).status_code == 302  # pressed twice
    assert compared(draft, w.establishment, data).counts["same"] == 2


def _three_changes(found):
    codes = [row[0] for row in found[ITEMS]]
    first = [row[0] for row in found[DUTIES]].index("ZHZF-01") + 1
    put(found, DUTIES, first, "职责内容", "负责查处，当日到场")
    new = list(found[ITEMS][codes.index("ZHZF-01")])
    new[0], new[3] = "ZHZF-88", "共享单车"
    found[ITEMS] = [row for row in found[ITEMS] if row[0] != "STHJ-01"] + [new]
    lead = list(found[DUTIES][first - 1])
    found[DUTIES] = [row for row in found[DUTIES] if row[0] != "STHJ-01"] + [["ZHZF-88", *lead[1:]]]


def test_a_unit_may_be_named_instead_of_its_code_and_an_order_is_a_change(client, w):
    draft = begun(w)

    def otherwise(found):
        for row in range(2, len(found[DUTIES]) + 1):
            put(found, DUTIES, row, "单位代码", "")

    assert compared(draft, w.establishment, changed(draft, otherwise)).counts["changed"] == 0
    write(
        w,
        draft,
        duties=[Wording("lead", "管", w.works), Wording("support", "助", w.market), Wording("support", "帮", w.police)],
    )

    def swapped(found):
        rows = [row for row in found[DUTIES] if row[0] == "ZHZF-01"]
        found[DUTIES] = [row for row in found[DUTIES] if row not in rows] + [rows[0], rows[2], rows[1]]

    one = compared(draft, w.establishment, changed(draft, swapped))
    assert one.counts["changed"] == 1
    assert "<del>" in preview(client, one, w.establishment).content.decode()


FAULTS = [
    ("an unknown unit", DUTIES, 2, "单位代码", "NO-99", "D 单位代码"),
    ("an unknown area", ITEMS, 2, "所属部分", "没有的部分", "C 所属部分"),
    ("a bad day", ITEMS, 2, "依据施行日期", "去年", "G 依据施行日期"),
    ("a day that is none", ITEMS, 2, "依据失效日期", "2020-02-30", "H 依据失效日期"),
    ("too long", ITEMS, 2, "事项名称", "长" * 121, "D 事项名称"),
    ("too long a duty", DUTIES, 2, "职责内容", "长" * 401, "F 职责内容"),
    ("no title", ITEMS, 2, "事项名称", "", "D 事项名称"),
    ("no code", ITEMS, 2, "事项代码", "", "A 事项代码"),
    ("an unknown category", ITEMS, 2, "分类", "没有", "B 分类"),
    ("an unknown kind of duty", DUTIES, 2, "职责", "领导", "B 职责"),
    ("an unknown kind of party", DUTIES, 2, "责任方类型", "个人", "C 责任方类型"),
    ("no words of a duty", DUTIES, 2, "职责内容", " ", "F 职责内容"),
    ("an item that is not there", DUTIES, 2, "事项代码", "NO-99", "A 事项代码"),
    ("the street leads, it says", ITEMS, 2, "街道主责", "是", "E 街道主责"),
    ("another kind of list", "清单", 2, "清单种类", "基本履职事项清单", "A 清单种类"),
    ("an unknown column", ITEMS, 1, "办结标准", "结论", "K 结论"),
    ("figures cut by Excel", ITEMS, 2, "办理时限", 1e17, "J 办理时限"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "row", "header", "value", "column"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_a_fault_is_named_by_sheet_row_and_column(client, w, title, row, header, value, column):
    draft, before = begun(w), digests(w.version)
    one = compared(draft, w.establishment, changed(draft, lambda found: put(found, title, row, header, value)))
    assert (title, row, column) in places(one)
    page = preview(client, one, w.establishment).content.decode()
    assert column in page
    assert "/save/" not in page
    assert saved(client, one, w.establishment).status_code == 422
    assert digests(draft) == before


def test_all_faults_of_a_file_are_told_at_once_and_each_cell_once(client, w):
    draft = begun(w)

    def broken(found):
        found[DUTIES] = [row for row in found[DUTIES] if not (row[0] == "STHJ-01" and row[1] == "主体责任")]
        put(found, DUTIES, 2, "单位代码", "NO-99")
        found[ITEMS].append(list(found[ITEMS][1]))
        put(found, ITEMS, 3, "依据施行日期", "x")
        found[DUTIES].append(["ZHZF-01", "配合责任", "单位", "", "", "协助"])
        found["别的"] = [["a"]]
        found[ITEMS][1].append("多出来")

    one = compared(draft, w.establishment, changed(draft, broken))
    codes = {row: cell[0] for row, cell in enumerate(sheets(workbook(draft))[ITEMS], 1)}
    lonely = next(row for row, code in codes.items() if code == "STHJ-01")
    last = len(sheets(workbook(draft))[DUTIES])
    found = places(one)
    wanted = {(ITEMS, lonely, "A 事项代码"), (DUTIES, 2, "D 单位代码"), (ITEMS, 4, "A 事项代码"), (ITEMS, 2, "L"),
              (ITEMS, 3, "G 依据施行日期"), ("别的", 1, "")}  # fmt: skip
    assert wanted <= found
    assert any(sheet == DUTIES and column == "E 责任方" for sheet, _row, column in found), last
    assert len(found) == one.faults.count() == one.counts["faults"]


def test_a_missing_sheet_and_a_missing_column_are_named(w):
    draft = begun(w)
    one = compared(draft, w.establishment, changed(draft, lambda found: found.pop(DUTIES)))
    assert (DUTIES, 1, "") in places(one)

    def narrower(found):
        for row in found[ITEMS]:
            del row[8]

    assert (ITEMS, 1, "办结凭据") in places(compared(draft, w.establishment, changed(draft, narrower)))


def test_a_new_area_is_written_on_its_sheet_too(w):
    draft = begun(w)

    def new_area(found):
        put(found, ITEMS, 2, "所属部分", "新部分")
        found[AREAS].append(["新部分"])

    assert compared(draft, w.establishment, changed(draft, new_area)).counts["faults"] == 0


@pytest.mark.parametrize(
    ("title", "place", "column"), [(ITEMS, "D2", "D 事项名称"), ("清单", "B2", "B 版本"), (DUTIES, "H9", "H")]
)
def test_a_formula_is_refused_by_its_place_and_never_counted(w, title, place, column):
    draft = begun(w)
    found = sheets(workbook(draft))
    one = compared(draft, w.establishment, made(found, {(title, place): "=1+4710"}))
    assert places(one) == {(title, int(place[1:]), column)}
    assert "4711" not in str(list(one.faults.values("why", "column")))


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b"0" * (70 * 1024 * 1024))
    return out.getvalue()


def with_macro(data: bytes) -> bytes:
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


UNREADABLE = "不是可读的 Excel 文件。请重新存为 .xlsx。"
NO_WORKBOOKS = {
    "a bomb": (lambda data: bomb(), "解开后太大"),
    "a macro": (with_macro, "宏"),
    "half a file": (lambda data: data[: len(data) // 2], UNREADABLE),
    "an old .xls": (lambda data: b"\xd0\xcf\x11\xe0" + data, UNREADABLE),
    "text": (lambda data: "事项代码,分类".encode(), UNREADABLE),
}


@pytest.mark.parametrize("kind", NO_WORKBOOKS)
def test_what_is_no_plain_workbook_is_refused_as_a_whole(client, w, kind):
    draft = begun(w)
    broken, why = NO_WORKBOOKS[kind]
    one = compared(draft, w.establishment, broken(workbook(draft)))
    assert one.state == "refused"
    assert why in preview(client, one, w.establishment).content.decode()
    assert saved(client, one, w.establishment).status_code == 422


def test_a_longer_list_than_is_taken_is_refused(w, monkeypatch):
    draft = begun(w)
    monkeypatch.setitem(listimports.read.__globals__["BOUNDS"], ITEMS, 1)
    one = compared(draft, w.establishment, workbook(draft))
    assert one.state == "refused"
    assert ITEMS in one.refusal


@pytest.mark.parametrize("how", ["written", "added", "taken off"])
def test_a_draft_that_somebody_changed_since_is_not_written_over(client, w, how):
    draft, other = begun(w), second_editor(w)
    one = compared(draft, w.establishment, changed(draft, _three_changes))
    if how == "written":
        write(w, draft, "别人写的", by=other)
    elif how == "added":
        add_item(draft, code="ZHZF-99", category=w.category, said=said(draft, w.item), **now(other))
    else:
        take_off(draft, w.item, seen=stamp(draft, w.item), **now(other))
    before = digests(draft)
    answer = saved(client, one, w.establishment)
    assert answer.status_code == 409
    assert ("ZHZF-99" if how == "added" else "ZHZF-01") in [code for code, _said in answer.context["moved"]]
    assert digests(draft) == before
    assert client.post(f"/list/workbooks/{one.pk}/again/").status_code == 302
    listimports.run(one.pk, now=clock.now)
    assert saved(client, one, w.establishment).status_code == 302
    assert duty_texts(w.item, draft)[0].text == "负责查处，当日到场"


def test_a_draft_that_was_sent_meanwhile_stays_as_it_was_sent(client, w):
    draft = begun(w)
    write(w, draft)
    one = compared(draft, w.establishment, changed(draft, _three_changes))
    approved(w, draft)
    assert saved(client, one, w.establishment).status_code == 409
    assert draft.items.count() == 2


def test_it_is_there_for_its_sender_alone_and_sent_only_by_who_writes(client, w):
    draft = begun(w)
    one = compared(draft, w.establishment, workbook(draft))
    new, begin_at = f"/list/drafts/{draft.pk}/workbook/", f"/list/drafts/{draft.pk}/workbook/files/"
    for user, seen, sends in ((second_editor(w), 200, 201), (legal(w), 403, 403), (w.works_officer, 404, 404)):
        client.force_login(user)
        assert client.get(new).status_code == seen, user
        assert client.post(begin_at, {"name": "a.xlsx", "size": 9}).status_code == sends, user
        assert client.get(f"/list/workbooks/{one.pk}/").status_code == 404
        for verb in ("save", "again", "give-up"):
            assert client.post(f"/list/workbooks/{one.pk}/{verb}/").status_code == 404
        assert client.get(f"{begin_at}{one.pk}/status/").status_code == 404
        piece = client.post(f"{begin_at}{one.pk}/pieces/0/", b"x", content_type="application/octet-stream")
        assert piece.status_code == 404
    assert preview(client, one, w.establishment).status_code == 200


def test_who_writes_no_lists_any_more_saves_nothing(client, w):
    draft = begun(w)
    one = compared(draft, w.establishment, changed(draft, _three_changes))
    w.establishment.unit_roles.all().delete()
    assert saved(client, one, w.establishment).status_code == 404
    with pytest.raises(ListRefused) as refused:
        listimports.save(one.pk, **now(w.establishment))
    assert refused.value.code == "wrong_person"


def test_it_comes_in_pieces_waits_by_itself_and_goes_when_it_is_over(client, w):
    draft = begun(w)
    data = workbook(draft)
    client.force_login(w.establishment)
    files = f"/list/drafts/{draft.pk}/workbook/files/"
    key = client.post(files, {"name": "清单.xlsx", "size": len(data)}).json()["id"]
    assert client.post(f"/list/drafts/{draft.pk}/workbook/", {"file": key}).status_code == 422
    told = client.post(f"{files}{key}/pieces/0/", data, content_type="application/octet-stream").json()
    assert told["received"] == len(data) == client.get(f"{files}{key}/status/").json()["received"]
    answer = client.post(f"/list/drafts/{draft.pk}/workbook/", {"file": key})
    assert answer.headers["Location"] == f"/list/workbooks/{key}/"
    assert client.get(f"/list/workbooks/{key}/").headers["Refresh"] == str(EVERY_SECONDS)
    tasks.read_workbook(key)
    assert "Refresh" not in client.get(f"/list/workbooks/{key}/").headers
    client.post(f"/list/workbooks/{key}/give-up/")
    assert client.get(f"/list/workbooks/{key}/").status_code == 404
    tasks.sweep_away()
    assert not ListImport.objects.exists()


def test_of_a_draft_that_was_given_up_nothing_is_shown(client, w):
    draft = begun(w)
    one = sent(draft, w.establishment, workbook(draft))
    client.force_login(w.establishment)
    client.post(f"/list/drafts/{draft.pk}/workbook/", {"file": one.pk})
    assert client.post(f"/list/drafts/{draft.pk}/discard/").status_code == 302
    tasks.read_workbook(str(one.pk))
    assert ListImport.objects.get().state == "refused"
    assert client.get(f"/list/workbooks/{one.pk}/").status_code == 404


def longer(count: int):
    """So many more items, and each of them led by the unit that leads the first."""

    def change(found):
        item, lead = list(found[ITEMS][1]), list(found[DUTIES][1])
        for number in range(count):
            found[ITEMS].append([f"XZ-{number:04d}", *item[1:]])
            found[DUTIES].append([f"XZ-{number:04d}", *lead[1:]])

    return change


def queries(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        work()
    return len(asked)


def test_more_items_ask_no_more_questions(client, w):
    draft = begun(w)
    few = compared(draft, w.establishment, changed(draft, longer(30)))
    many = compared(draft, w.establishment, changed(draft, longer(90)))
    client.force_login(w.establishment)
    assert len(preview(client, many, w.establishment).context["items"]) == 20
    asked = [queries(lambda one=one: preview(client, one, w.establishment)) for one in (few, many)]
    assert asked[0] == asked[1] <= 24
    by, at = now(w.establishment).values()
    saving = queries(lambda: listimports.save(many.pk, by=by, at=at))
    assert saving <= 30
    assert draft.items.count() == 92


def test_the_preview_goes_on_page_by_page_and_by_sort(client, w):
    draft = begun(w)
    one = compared(draft, w.establishment, changed(draft, longer(25)))
    first = preview(client, one, w.establishment)
    assert len(first.context["items"]) == 20
    client.force_login(w.establishment)
    second = client.get(f"/list/workbooks/{one.pk}/{first.context['older'].split('#')[0]}")
    codes = [item.code for page in (first, second) for item in page.context["items"]]
    assert codes == sorted(codes)
    assert len(codes) == 25
    assert preview(client, one, w.establishment, what="gone").context["items"] == []
    assert preview(client, one, w.establishment, what="odd").status_code == 404


def test_many_faults_are_listed_page_by_page_and_the_first_thousand_said_so(client, w):
    draft = begun(w)

    def broken(found):
        longer(1100)(found)
        for row in found[ITEMS][3:]:
            row[2] = "没有"

    one = compared(draft, w.establishment, changed(draft, broken))
    assert (one.counts["faults"], one.faults.count()) == (1100, 1000)
    page = preview(client, one, w.establishment)
    assert len(page.context["faults"]) == 50
    assert "1000" in page.content.decode().replace(",", "")
    assert preview(client, one, w.establishment, after=50).context["faults"][0].number == 51


def test_without_their_sheets_flow_and_manual_stay_as_they_are_and_theirs_is_seen_too(client, w):
    def without(found):
        _three_changes(found)
        del found[FLOWS], found[MANUALS]

    draft = begun(w)
    save_manual(draft, w.item, parts={"how": "先看"}, seen="", **now(w.establishment))
    one = compared(draft, w.establishment, changed(draft, without))
    save_manual(draft, w.item, parts={"how": "先看再问"}, seen=manual_stamp(draft, w.item), **now(w.establishment))
    assert saved(client, one, w.establishment).status_code == 409
    listimports.compare(one.pk, **now(w.establishment))
    listimports.run(one.pk, now=clock.now)
    assert saved(client, one, w.establishment).status_code == 302
    said_now = ItemVersion.objects.get(version=draft, item=w.item)
    assert said_now.manual.how == "先看再问"
    assert digests(draft)["ZHZF-01"] == said_now.digest
