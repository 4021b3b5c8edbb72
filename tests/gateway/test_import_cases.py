"""Messages of another system become reports and cases with their own times; what is wrong with a row is named."""

from datetime import UTC, date, datetime

import pytest

from accountability import sweep
from accountability.models import Clock, ListVersion
from alerts.models import Alert
from audit import clock
from cases import actions as moves
from cases.actions.past import Play
from cases.models import Case, State, Step, Verb
from cases.moves import MoveRefused
from engagement.actions import call_back
from engagement.models import Report
from gateway.mapping import named
from outbox.models import Message
from people.models import User
from tests.gateway.bringing import bring_in
from tests.gateway.conftest import ANSWERED, HEADING, RECEIVED, WAITS


def case(number: int) -> Case:
    return Case.objects.get(external_number=f"taidi-{number}")


def changed(row: list[str], **cells: str) -> list[str]:
    return [cells.get(name, value) for name, value in zip(HEADING, row, strict=True)]


def test_a_message_waits_at_the_desk_with_its_own_time_and_a_clock_from_now(w, file):
    began = clock.now()
    bring_in(file())
    waiting = case(11)
    assert (waiting.state, waiting.origin, waiting.channel, waiting.area) == ("reported", "import", "04", w.district)
    assert waiting.opened_at == waiting.steps.get().at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    accept = Clock.objects.of("case", [waiting.pk]).get()
    assert (accept.phase, accept.holder, accept.stopped_at) == ("accept", w.desk, None)
    assert began <= accept.started_at < accept.due_at


def test_what_was_merely_received_stands_accepted(w, file):
    bring_in(file())
    received = case(12)
    assert (received.state, received.accepted_at) == ("accepted", datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert received.steps.get(verb="accept").note == RECEIVED[5]
    assert Clock.objects.of("case", [received.pk]).get(phase="accept").lapsed_at is not None


def test_what_was_answered_is_to_be_inspected_and_its_phases_have_their_own_times(w, file):
    bring_in(file())
    answered, replied_at = case(13), datetime(2026, 3, 6, 3, tzinfo=UTC)
    call = answered.summonses.get()
    assert (answered.state, call.unit, call.state) == ("inspecting", w.desk, "replied")
    ended = {c.phase: (c.started_at, c.stopped_at) for c in Clock.objects.of("summons", [call.pk])}
    assert ended == dict.fromkeys(["respond", "result"], (answered.opened_at, replied_at))
    running = Clock.objects.of("case", [answered.pk]).running()
    assert {c.phase for c in running} == {"inspect", "promise"}
    assert all(c.started_at > replied_at for c in running)


def test_the_words_stand_in_the_report_alone_and_no_number_leaves_it(w, file):
    bring_in(file())
    assert Report.objects.get(case=case(13)).words == f"{ANSWERED[2]}\n{ANSWERED[3]}"
    assert Report.objects.get(case=case(11)).received_at == case(11).opened_at
    told = [c.summary for c in Case.objects.all()] + [s.note for s in Step.objects.all()]
    assert not any(number in line for line in told for number in ("13800000427", "13912345678", "0531", "88001234"))


def test_a_second_run_writes_nothing(w, file):
    bring_in(file())
    before = [model.objects.count() for model in (Case, Report, Step, Clock, Message, User)]
    told, _ = bring_in(file())
    assert [model.objects.count() for model in (Case, Report, Step, Clock, Message, User)] == before
    assert "3 " in told.splitlines()[-1]


def test_replies_can_be_ignored_so_that_every_message_waits(w, file):
    bring_in(file(), ignore_replies=True)
    assert set(Case.objects.values_list("state", flat=True)) == {"reported"}
    assert Step.objects.count() == 3


def test_a_dry_run_tries_every_row_and_saves_none(w, file):
    before = User.objects.count()
    _, refused = bring_in(file(WAITS, changed(WAITS, text="另一件事"), ANSWERED), dry_run=True)
    assert "row 3, column id" in refused
    assert (Case.objects.count(), Step.objects.count(), User.objects.count()) == (0, 0, before)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"time": "2026年3月2日"}, "time"),
        ({"time": ""}, "time"),
        ({"time": "2999-01-01T00:00:00+08:00"}, "time"),
        ({"text": "  "}, "text"),
        ({"id": ""}, "id"),
        ({"id": "7" * 60}, "id"),
        ({"text": "字" * 20_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"reply": "已办", "reply_time": ""}, "reply_time"),
        ({"reply": "已办", "reply_time": "2026-03-01T00:00:00+08:00"}, "reply_time"),
        ({"reply": "已办", "reply_time": "9999-12-31T23:59:59-14:00"}, "reply_time"),
        ({"id": "11", "text": "另一件事"}, "id"),
    ],
)
def test_a_bad_row_is_named_by_row_and_column_and_the_rest_is_saved(w, file, cells, column):
    bad = changed(["21", *WAITS[1:]], **cells)
    told, refused = bring_in(file(WAITS, bad, ANSWERED))
    assert refused.startswith(f"messages.csv, row 3, column {column}: ")
    assert sorted(Case.objects.values_list("external_number", flat=True)) == ["taidi-11", "taidi-13"]
    assert told.splitlines()[-1].startswith("1 ")


def test_a_row_with_more_cells_than_the_heading_is_refused(w, file):
    _, refused = bring_in(file([*WAITS, "多一格"]))
    assert "row 2, column -" in refused
    assert not Case.objects.exists()


def test_nothing_of_a_row_that_fails_half_way_is_saved(w, file, monkeypatch):
    def fails(row, number, on):
        if row.external_number == "taidi-13":
            raise MoveRefused("Not today.", code="not_today")
        return Play(row, number, on)

    monkeypatch.setattr("cases.actions.bringing.Play", fails)
    _, refused = bring_in(file())
    assert "row 4, column -: Not today." in refused
    assert not Report.objects.filter(case__external_number="taidi-13").exists()
    assert Case.objects.count() == 2


def test_a_case_older_than_the_list_has_no_version_and_says_so(w, file):
    ListVersion.objects.update(in_force_from=date(2026, 3, 3))
    bring_in(file())
    assert case(13).list_version is None
    assert named("taidi").steps["before_the_list"] in case(13).steps.get(verb="accept").note
    assert case(12).list_version == w.version
    assert named("taidi").steps["before_the_list"] not in case(12).steps.get(verb="accept").note


def test_a_label_becomes_a_category_and_an_unknown_one_takes_the_last(w, file):
    w.category.code = "housing"
    w.category.save()
    bring_in(file())
    assert (case(11).category, case(13).category) == (w.category, w.other_category)


def test_nobody_signs_in_as_the_importer_and_old_steps_alert_nobody(w, file):
    bring_in(file())
    machine = User.objects.get(username="import")
    assert (machine.is_active, machine.has_usable_password(), machine.unit) == (False, False, w.desk)
    sweep.run_once(clock.now())
    assert not Message.objects.filter(fate="waiting").exists()
    assert not Alert.objects.exists()


def test_an_imported_message_walks_the_loop_by_hand(w, file):
    bring_in(file())
    at = clock.now()
    waiting = moves.place(case(11), by=w.of(w.desk_officer, at), at=at, area=w.street)
    accepted = moves.accept(
        waiting, by=w.of(w.dispatcher, at), at=at, summary="路灯坏", category=w.category, urgency="normal", item=w.item
    )
    assert (accepted.state, accepted.list_version, accepted.office) == ("accepted", w.version, w.office)


def test_an_answered_message_is_inspected_and_called_back_by_others(w, file):
    bring_in(file())
    at = clock.now()
    answered = moves.advance(case(13), Verb.PASS, by=w.of(w.inspector, at), at=at, note="已看")
    assert answered.state == State.CALLING_BACK
    asked = {"outcome": "reached", "solved": True, "grade": "satisfied", "by": w.of(w.clerk, at), "at": at}
    call_back(answered.reports.get(), **asked)
    assert case(13).state == State.CLOSING


@pytest.mark.parametrize(
    ("reply", "answers"),
    [
        ("网友：您好！留言已收悉", False),
        ("您的留言已收悉。关于您反映的问题，已转市公安局调查处理。", False),
        ("2026年3月5日", False),
        ("网友：您好！2026年3月5日", False),
        ("雨水口已疏通。", True),
        ("您的留言已收悉。" + "经现场核实，该处围挡系施工单位设置，工期至月底，届时恢复。" * 2, True),
    ],
)
def test_a_reply_that_says_no_more_than_received_answers_nothing(reply, answers):
    assert named("taidi").answers(reply) is answers


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"id,time\n1,2026-03-02", "has no column text, subject"),
        ("id,time,subject,text,label,reply,reply_time\n1,2,路灯".encode("gbk"), "is not UTF-8"),
        (b'id,time,subject,text,label,reply,reply_time\n1,2,"a"b,c,,,\n', "stops being a table at line 2"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_a_sentence(w, tmp_path, content, sentence):
    path = tmp_path / "messages.csv"
    path.write_bytes(content)
    told, _ = bring_in(path)
    assert sentence in told


def test_a_missing_file_or_mapping_is_a_sentence(w, file, tmp_path):
    assert "cannot be opened" in bring_in(tmp_path / "none.csv")[0]
    assert "There is no mapping" in bring_in(file(), mapping="nonesuch")[0]


def test_without_a_district_it_says_what_to_load(db, file):
    assert "load_lixia" in bring_in(file())[0]
