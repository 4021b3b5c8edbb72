"""Whoever writes over, adds or deletes a reference row in the database is found: `verify` names the row."""

import pytest
from django.db import DatabaseError, transaction

from accountability import invariants as of_lists
from accountability.loading import COLUMNS as FILES
from accountability.loading import DATA as LISTS
from accountability.loading import load_list_kinds
from accountability.models import ListKind, Situation
from accountability.situation_loading import COLUMNS, GROUP_COLUMNS, load_situations
from admission import invariants as of_admission
from admission.loading import DATA, load_kinds, load_notices, read_kinds, read_notices
from admission.models import ExpiryNotice, MatterKind
from audit import loaded
from audit.models import LoadedRow
from people.rows import Sheet
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(tmp_path):
    """Two situations from files."""
    w = world()
    w.groups, w.sheet = tmp_path / "groups.csv", tmp_path / "situations.csv"
    w.groups.write_text("code,name,name_en,icon,order\nstreet,街面,Street,store,1\n", encoding="utf-8")
    says(w, "一", "二")
    return w


def says(w, *codes: str, first: str = "先劝离") -> None:
    lines = [",".join(COLUMNS)]
    for code in codes:
        lines.append(f"{w.item.code},{code},street,占道{code},烧烤,炉子,整条街,{first},执法队,normal")
    w.sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_situations(Sheet(w.groups, GROUP_COLUMNS), Sheet(w.sheet, COLUMNS))


def told() -> list[str]:
    return list(loaded.faults(Situation, ["code"], "情形"))


def test_what_stands_as_it_was_loaded_is_sound_however_often_it_is_loaded(w):
    says(w, "一", "二", first="另一份文件")
    assert told() == []
    assert LoadedRow.objects.count() == 3  # the group and both


def test_a_row_that_was_written_over_is_named(w):
    Situation.objects.filter(code="二").update(first_action="不用管")
    assert told() == ["情形“二”与载入时不一致。"]


def test_a_row_that_came_past_the_file_and_one_that_is_gone_are_named(w):
    row = Situation.objects.get(code="一")
    Situation.objects.filter(code="二").update(code="三")
    assert told() == ["情形“三”不是由文件载入的。", "情形“二”曾经载入，现已不在。"]
    assert row in Situation.objects.all()


def test_a_column_that_came_later_changes_nothing_that_was_loaded_before(w):
    rows = list(LoadedRow.objects.filter(table=Situation._meta.db_table).values("table", "key", "columns"))
    for row in rows:  # as a version of the product left them that did not know the column “urgency”
        columns = [name for name in row["columns"].split(",") if name != "urgency"]
        digest = loaded._digest(Situation.objects.filter(code=row["key"]).values().get(), columns)
        LoadedRow.objects.create(table=row["table"], key=row["key"], columns=",".join(columns), digest=digest)
    assert told() == []
    says(w, "一", "二")
    Situation.objects.filter(code="二").update(urgency="extreme")
    assert told() == ["情形“二”与载入时不一致。"]


def test_what_was_loaded_is_never_written_over(w):
    for change in (LoadedRow.objects.all().delete, lambda: LoadedRow.objects.update(digest="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_whoever_lifts_a_ban_in_the_database_is_found(w):
    load_kinds(read_kinds(DATA / "matter_kinds.csv"))
    assert list(of_admission.faults(w.at)) == []
    MatterKind.objects.filter(code="investment").update(blocked=False)
    (said,) = of_admission.faults(w.at)
    assert "investment" in said
    load_kinds(read_kinds(DATA / "matter_kinds.csv"))
    assert list(of_admission.faults(w.at)) == [said]


def test_whoever_takes_a_notice_away_or_lets_cases_go_by_another_kind_of_list_is_found(w):
    load_notices(read_notices(DATA / "expiry_notices.csv"))
    load_list_kinds(Sheet(LISTS / "list_kinds.csv", FILES["list_kinds"]))
    before = {*of_admission.faults(w.at), *of_lists.faults(w.at)}
    ExpiryNotice.objects.filter(days=7).delete()
    ListKind.objects.filter(calls=True).update(calls=False)
    told = {*of_admission.faults(w.at), *of_lists.faults(w.at)} - before
    assert {"到期提醒“7”曾经载入，现已不在。", "清单种类“2019”与载入时不一致。"} <= told
