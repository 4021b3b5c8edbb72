"""The files of calling back: what is shipped holds, and what cannot be is named by row and column."""

import pytest

from engagement import loading
from people.rows import RefusedRows

HOURS = "day,part,begins,ends,urgency,basis,since\n"
RULE = "attempts,apart_minutes,parts,later_days,grace_minutes,link_hours,basis,since\n"
SCRIPT = "order,text,basis,since\n"


@pytest.mark.parametrize("name", ["call_hours", "call_rules", "call_script"])
def test_what_is_ours_says_so(name):
    read = {"call_hours": loading.read_hours, "call_rules": loading.read_rule, "call_script": loading.read_script}[name]
    rows = read(loading.DATA / f"{name}.csv").rows
    assert all(row["basis"].startswith(("缺省", "本项目自拟")) for row in rows)


@pytest.mark.parametrize(
    ("read", "text", "column"),
    [
        (loading.read_hours, f"{HOURS}workday,morning,12:00,09:00,,试验,2026-01-01\n", "ends"),
        (
            loading.read_hours,
            f"{HOURS}workday,morning,09:00,12:00,,试验,2026-01-01\nworkday,noon,11:30,13:00,,试验,2026-01-01\n",
            "begins",
        ),
        (loading.read_rule, f"{RULE}0,0,0,7,0,72,试验,2026-01-01\n", "attempts"),
        (loading.read_rule, f"{RULE}2,0,3,7,0,72,试验,2026-01-01\n", "parts"),
        (loading.read_script, f"{SCRIPT}1,您好 {{phone}},试验,2026-01-01\n", "text"),
        (loading.read_script, f"{SCRIPT}1,您好 {{,试验,2026-01-01\n", "text"),
    ],
)
def test_a_row_that_cannot_be_is_refused(tmp_path, read, text, column):
    path = tmp_path / "rows.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedRows) as refused:
        read(path)
    assert {fault.column for fault in refused.value.faults} == {column}
