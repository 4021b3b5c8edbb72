"""Excel says what its reader sees: whole numbers without a point, days as days, a formula's result."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from gateway import unpack
from gateway.mapping import named
from gateway.refusals import FileRefused
from gateway.tables import REFUSALS, rows_of
from tests.gateway.bringing import bring_in
from tests.gateway.conftest import ANSWERED, HEADING, WAITS

AT = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - a cell knows no zone


def book(*rows: list, sheet: str = "Sheet1", first: str = "") -> bytes:
    """An Excel file of these rows; a tuple is a formula with its result."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as made:
        if first:
            made.add_worksheet(first)
        page = made.add_worksheet(sheet)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                page.write_formula(y, x, *value) if isinstance(value, tuple) else page.write(y, x, value)
    return out.getvalue()


def cells(*row, **more) -> list:
    return next(rows_of("a.xlsx", book(list(row)), **more))[1]


def refusal(data: bytes, sheet: str = "") -> str:
    """Why the whole file is refused."""
    with pytest.raises(FileRefused) as refused:
        list(rows_of("a.xlsx", data, sheet))
    return next(why for why, says in REFUSALS.items() if says == refused.value.says)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2549, "2549"),
        (0.1 + 0.2, "0.3"),
        (date(2026, 3, 2), "2026-03-02"),
        (AT.replace(minute=30, second=15), "2026-03-02 09:30:15"),
        (("=1+1", "", 2), "2"),
        (('="路"&"灯"', "", "路灯"), "路灯"),
        (True, "TRUE"),
        ("007", "007"),
        (4403070012345678, ["digits"]),
    ],
)
def test_a_cell_says_what_its_reader_sees(value, text):
    [said] = cells(value)
    assert said == text or said == f"{text} 00:00:00"


def test_rows_keep_their_numbers_and_empty_ones_are_left_out():
    assert [row[0] for row in rows_of("a.xlsx", book(["a"], [""], ["b"]))] == [1, 3]
    assert [row[0] for row in rows_of("a.csv", b"a\n\nb\n")] == [1, 3]


def test_the_first_sheet_counts_unless_the_mapping_names_one():
    data = book(["b"], sheet="Zwei", first="Eins")
    assert list(rows_of("a.xlsx", data)) == []
    assert list(rows_of("a.xlsx", data, "Zwei")) == [(1, ["b"])]
    assert refusal(data, "Drei") == "sheet"


def test_a_file_that_unpacks_to_too_much_is_refused():
    out = io.BytesIO(book(["a"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("xl/media/big", b"\0" * (unpack.MOST_UNPACKED + 1))
    assert len(out.getvalue()) < 1_000_000
    assert refusal(out.getvalue()) == "large"


def test_a_cell_in_the_last_corner_takes_no_memory_with_it():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        page.write("A1", "a")
        page.write("XFD1048576", "b")
    assert refusal(out.getvalue()) in ("large", "damaged")


# Named, since a book says the second in which it was made: two workers would not agree on what this test is called.
@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, book(["a"])[:-200]],
    ids=["only its first signs", "noise", "cut off"],
)
def test_what_is_no_excel_file_is_refused_in_a_sentence(data):
    assert refusal(data) == "damaged"


def test_an_excel_file_comes_in_like_the_same_csv(w, tmp_path):
    path = tmp_path / "messages.xlsx"
    path.write_bytes(book(HEADING, [11, AT, *WAITS[2:]], ANSWERED))
    told, refused = bring_in(path)
    assert (told.splitlines()[0][:2], refused) == ("2 ", "")
    again, refused = bring_in(path)
    assert "2 rows were there already" in again
    assert refused == ""


def test_figures_that_excel_has_cut_are_named(w, tmp_path):
    path = tmp_path / "messages.xlsx"
    path.write_bytes(book(HEADING, [4403070012345678, *WAITS[1:]]))
    _, refused = bring_in(path)
    assert refused.startswith("messages.xlsx, row 2, column id: Excel has cut its figures")


def test_every_mapping_can_be_read_and_names_itself():
    assert all(str(named(name)) for name in ("taidi", "hangzhou", "pingshan"))
