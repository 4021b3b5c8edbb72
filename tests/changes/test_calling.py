"""Calling back and quiet hours by reviewed change: new rows from a day on, for who still waits then too."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from accountability.models import Urgency
from alerts.invariants import faults as quiet_faults
from alerts.models import Alert, QuietHours
from alerts.quiet import in_force
from changes.actions import Wanted, apply_due, approve, roll_back, submit
from changes.kinds import ChangeRefused, kind_of
from changes.models import State
from engagement.calling import plan_of, rule_at
from engagement.invariants import faults
from engagement.models import CallHours, CallLine, CallRule
from tests import stories
from tests.changes.drafting import approved, drafted, rows_of, sent
from tests.engagement.calling import called, on, waiting, with_hours
from tests.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOURS, RULE, SCRIPT = ({"kind": "calling", "subject": part} for part in ("hours", "rule", "script"))
QUIET = {"kind": "quiet", "subject": "all"}


@pytest.fixture
def w():
    QuietHours.objects.create(begins="21:30", ends="07:30", loud="urgent extreme", basis="缺省", since="2020-01-01")
    return with_hours(world())


def wanted(w, after, days=1) -> Wanted:
    return Wanted("改规则", "试验文号", after, localdate(w.at) + timedelta(days))


def rows(w, kind) -> dict:
    return rows_of(kind["kind"], kind["subject"], w.at)


def hours(w, out=(), more=(), **cells) -> Wanted:
    """The hours of all mornings otherwise, some rows less and some more."""
    after = rows(w, HOURS)
    after["hours"] = [row for row in after["hours"] if row["urgency"] not in out]
    next((row for row in after["hours"] if row["begins"] == "09:00"), {}).update(cells)
    after["hours"] += more
    return wanted(w, after)


def rule(w, **cells) -> Wanted:
    after = rows(w, RULE)
    after["rule"][0].update(cells)
    return wanted(w, after)


def script(w, *texts) -> Wanted:
    return wanted(w, {"lines": [{"order": n, "text": text, "basis": None} for n, text in enumerate(texts, 1)]})


def quiet(w, loud="extreme urgent", **cells) -> Wanted:
    after = rows(w, QUIET)
    after["hours"][0].update(cells)
    for row in after["loud"]:
        row["told"] = "now" if row["urgency"] in loud.split() else "morning"
    return wanted(w, after)


def starts(at, urgency="normal") -> list[str]:
    return [f"{row.begins:%H:%M}" for row in plan_of(urgency, at).hours if row.day == "workday"]


def code_of(action, *args, **more) -> str:
    with pytest.raises(ChangeRefused) as refused:
        action(*args, **more)
    assert "%" not in refused.value.sentence
    return refused.value.code


def impact_of(w, kind, said: Wanted):
    return kind_of(kind["kind"]).impact(kind["subject"], rows(w, kind), said.after, said.day, w.at)


def test_hours_hold_from_their_day_on_and_those_of_an_urgency_end_and_come_back(w):
    other = {"urgency": None, "day": "workday", "part": "noon", "begins": "12:10", "ends": "13:00", "basis": None}
    change = approved(w, hours(w, out=("extreme",), more=(other,)), **HOURS)
    apply_due(at := w.at + DAY)
    change.refresh_from_db()
    assert change.state == State.APPLIED
    assert starts(w.at) == ["09:00", "14:00", "18:30"]
    assert starts(at) == starts(at, "extreme") == ["09:00", "12:10", "14:00", "18:30"]
    assert {row.basis for row in CallHours.objects.filter(change=change, part="noon")} == {change.basis}
    said = {"basis": "复核", "day": localdate(at) + DAY, "seen": change.version, "at": at}
    back = roll_back(change, by=w.of(w.assessor), **said)
    back = submit(back, seen=back.version, by=w.of(w.assessor), at=at)
    approve(back, seen=back.version, by=w.of(w.inspector), at=at)
    apply_due(at + DAY)
    assert (starts(at + DAY), starts(at + DAY, "extreme")[0]) == (["09:00", "14:00", "18:30"], "07:00")
    assert list(faults(at + DAY)) == []


def test_the_rule_and_the_sentences_hold_from_their_day_on(w):
    approved(w, rule(w, attempts=4, apart_minutes=0), **RULE)
    approved(w, script(w, "您好，我是{caller}。"), **SCRIPT)
    apply_due(at := w.at + DAY)
    assert (rule_at(w.at).attempts, rule_at(at).attempts, rule_at(at).apart_minutes) == (3, 4, 0)
    newest = CallLine.objects.filter(since=localdate(at))
    assert [(one.text, one.basis) for one in newest] == [("您好，我是{caller}。", "试验文号")]


def test_quiet_hours_hold_from_their_day_on(w):
    approved(w, quiet(w, begins="22:00", loud="extreme"), **QUIET)
    apply_due(at := w.at + DAY)
    assert (str(in_force(w.at)), str(in_force(at))) == ("21:30–07:30", "22:00–07:30")
    assert [one for one in Urgency.values if in_force(at).is_loud(one)] == ["extreme"]
    assert list(quiet_faults(at)) == []
    QuietHours.objects.create(begins="23:00", ends="06:00", basis="后门", since=localdate(at) + DAY)
    assert len(list(quiet_faults(at))) == 1


def test_what_makes_no_sense_is_refused(w):
    lies_within = {"urgency": None, "day": "workday", "part": "noon", "begins": "11:00", "ends": "13:00", "basis": None}
    refused = [
        ("odd_hours", hours(w, more=(lies_within,)), HOURS),
        ("hours_missing", hours(w, out=(None,)), HOURS),
        ("odd_parts", rule(w, parts=4), RULE),
        ("odd_number", rule(w, attempts=99), RULE),
        ("unknown_gap", script(w, "{phone}"), SCRIPT),
        ("nothing_to_say", script(w), SCRIPT),
        ("odd_hours", quiet(w, begins="07:30"), QUIET),
        ("extreme_waits", quiet(w, loud="urgent"), QUIET),
    ]
    for code, said, kind in refused:
        assert code_of(drafted, w, said, **kind) == code
    assert code_of(drafted, w, rule(w, attempts=4), kind="calling", subject="x") == "unknown_subject"


@pytest.mark.parametrize("kind", [HOURS, RULE, SCRIPT, QUIET], ids=lambda kind: kind["subject"])
def test_the_rules_of_every_change_hold(w, kind):
    says = {"hours": lambda: hours(w, begins="09:30"), "rule": lambda: rule(w, attempts=4),
            "script": lambda: script(w, "您好"), "all": lambda: quiet(w, begins="22:00")}[kind["subject"]]  # fmt: skip
    past = Wanted("x", "y", says().after, localdate(w.at))
    assert code_of(drafted, w, past, **kind) == "in_past"
    assert code_of(drafted, w, says(), by=w.clerk, **kind) == "wrong_person"
    change = sent(w, says(), **kind)
    second = drafted(w, says(), by=w.assessor, **kind)
    assert code_of(approve, change, seen=change.version, by=w.of(w.desk_officer), at=w.at) == "same_person"
    assert code_of(submit, second, seen=second.version, by=w.of(w.assessor), at=w.at) == "overlaps"
    approve(change, seen=change.version, by=w.of(w.inspector), at=w.at)
    apply_due(w.at + DAY)
    assert code_of(drafted, w, says(), **kind) == "another_from_that_day"


def test_nobody_who_waits_is_given_up_by_a_rule(w, monkeypatch):
    report = waiting(w, monkeypatch)
    called(w, report, "Mon 14:30"), called(w, report, "Mon 18:40")
    w.at = on("Mon 19:00")
    assert code_of(drafted, w, rule(w, attempts=2), **RULE) == "given_up_by_rule"
    assert drafted(w, rule(w, attempts=4), **RULE).state == State.DRAFT


def test_the_impact_counts_whose_next_call_would_move(w, monkeypatch):
    report = waiting(w, monkeypatch)
    w.at = on("Mon 19:00")
    after = rows(w, HOURS)
    for row in after["hours"]:
        if row["begins"] == "09:00":
            row["begins"] = "10:00"
    (row,) = impact_of(w, HOURS, wanted(w, after)).touched
    assert (row.count, row.behind) == (1, [("case", report.case_id)])
    assert impact_of(w, RULE, rule(w, attempts=5)).touched == []
    assert "1" in impact_of(w, SCRIPT, script(w, "您好")).lines[0]


def test_the_impact_of_quiet_hours_counts_messages(w):
    case = stories.whistled(w)
    step = case.steps.latest("seq")
    night = on("Mon 21:45")
    Alert.objects.create(recipient=w.works_officer, case=case, step=step, told_at=night, shown_at=night)
    w.at = night + DAY
    (row,) = impact_of(w, QUIET, quiet(w, begins="22:00")).touched
    assert (row.unit, row.count, row.behind) == (str(w.works_officer.unit), 1, [("case", case.pk)])


def test_verify_names_hours_that_went_past_the_review(w):
    approved(w, rule(w, attempts=4), **RULE)
    apply_due(w.at + DAY)
    said = {name: getattr(CallRule.objects.latest("since"), name) for name in ("parts", "later_days", "link_hours")}
    CallRule.objects.create(attempts=9, apart_minutes=0, grace_minutes=0, basis="后门", since=date(2027, 1, 1), **said)
    assert len(list(faults(w.at))) == 1
