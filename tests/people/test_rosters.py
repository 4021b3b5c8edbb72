"""Who is on duty: by days, weekdays and hours that cross midnight; who may say so, and what is refused."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import SecurityLog
from people.actions import set_roster
from people.models import DutyRoster, Role
from people.rosters import RosterRefused, on_duty
from tests.world import person, seat, world

EVENING, MORNING = time(17, 30), time(8, 30)
FRIDAY, SATURDAY = 5, 6
HEADING = "unit,since,until,weekday,begins,ends,who,phone,basis\n"


def row(who="值班室", **more) -> DutyRoster:
    given = {"begins": EVENING, "ends": MORNING, "phone": "0531-1", "basis": "试验", "unit_id": 1, **more}
    return DutyRoster(who=who, **given)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def named(at: str, *rows: DutyRoster) -> str:
    found = on_duty(rows, local(at))
    return found[1].who if found else ""


# ---- Who it is


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ("2026-03-13 17:29:59", ""),
        ("2026-03-13 17:30", "值班室"),
        ("2026-03-13 23:59", "值班室"),
        ("2026-03-14 08:29:59", "值班室"),
        ("2026-03-14 08:30", ""),
    ],
)
def test_a_night_goes_on_until_the_morning_and_ends_with_its_last_moment(at, who):
    assert named(at, row()) == who


@pytest.mark.parametrize(
    ("at", "who"), [("2026-03-14 02:00", "周五"), ("2026-03-13 02:00", ""), ("2026-03-14 18:00", "")]
)
def test_the_small_hours_are_of_the_weekday_on_which_duty_began(at, who):
    assert named(at, row("周五", weekday=FRIDAY)) == who


def test_the_same_begin_and_end_is_round_the_clock():
    always = row(begins=time(), ends=time())
    assert all(named(f"2026-03-13 {clock}", always) for clock in ("00:00", "12:00", "23:59:59"))


def test_certain_days_go_before_a_weekday_and_that_before_every_day():
    every, weekday = row("每天"), row("周五", weekday=FRIDAY)
    days = row("节日", since=date(2026, 3, 13), until=date(2026, 3, 13))
    assert named("2026-03-13 20:00", days, weekday, every) == "节日"
    assert named("2026-03-20 20:00", days, weekday, every) == "周五"
    assert named("2026-03-14 20:00", days, weekday, every) == "每天"


def test_the_night_of_the_last_day_is_still_of_it():
    last = row(since=date(2026, 3, 10), until=date(2026, 3, 13))
    assert named("2026-03-14 08:00", last)
    assert not named("2026-03-14 18:00", last)


def test_each_unit_has_its_own():
    found = on_duty([row("甲"), row("乙", unit_id=2)], local("2026-03-13 20:00"))
    assert {unit: one.who for unit, one in found.items()} == {1: "甲", 2: "乙"}


# ---- Setting it


@pytest.fixture
def w(db):
    return world()


def refused(w, *rows, by=None) -> str:
    with pytest.raises(RosterRefused) as told:
        set_roster(w.works, rows, by=by, at=w.at)
    assert not DutyRoster.objects.exists()
    return told.value.code


def test_a_person_of_the_unit_sets_it_in_place_of_what_it_said(w):
    set_roster(w.works, [row("旧"), row("周五", weekday=FRIDAY)], by=None, at=w.at)
    set_roster(w.works, [row("新")], by=w.works_officer, at=w.at)
    assert list(w.works.rosters.values_list("who", flat=True)) == ["新"]
    noted = SecurityLog.objects.filter(event="roster_set").latest("pk")
    assert (noted.actor, noted.subject_id) == (w.works_officer, w.works.code)


def test_the_system_administrator_sets_any(w):
    admin = seat(person("admin", "系统管理员", w.editors), Role.SYSTEM_ADMIN, w.editors)
    set_roster(w.works, [row()], by=admin, at=w.at)
    assert w.works.rosters.count() == 1


def test_another_unit_does_not(w):
    assert refused(w, row(), by=w.police_officer) == "wrong_person"


@pytest.mark.parametrize("missing", ["who", "phone", "basis"])
def test_whom_to_ring_and_why_must_be_said(w, missing):
    assert refused(w, row(**{missing: ""})) == "nobody_named"


def test_the_last_day_does_not_lie_before_the_first(w):
    assert refused(w, row(since=date(2026, 3, 2), until=date(2026, 3, 1))) == "days_reversed"


@pytest.mark.parametrize(
    "hours",
    [(time(20), time(22)), (time(2), time(3)), (time(8), time(17, 31)), (EVENING, MORNING), (time(), time())],
)
def test_two_at_once_are_refused(w, hours):
    assert refused(w, row("甲"), row("乙", begins=hours[0], ends=hours[1])) == "two_at_once"


def test_who_relieves_another_is_not_there_at_once(w):
    set_roster(w.works, [row("夜"), row("昼", begins=MORNING, ends=EVENING)], by=None, at=w.at)
    assert w.works.rosters.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"weekday": 8}, {"since": date(2026, 3, 2), "until": date(2026, 3, 1)}, {"phone": ""}]
)
def test_the_database_refuses_it_too(w, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(**{"unit_id": w.works.pk, **wrong}).save()


# ---- Loading it


def loaded(tmp_path, text: str) -> None:
    file = tmp_path / "rosters.csv"
    file.write_text(HEADING + text, encoding="utf-8")
    call_command("load_rosters", file)


def test_a_file_replaces_the_rosters_of_the_units_that_it_names(w, tmp_path):
    set_roster(w.police, [row("公安")], by=None, at=w.at)
    loaded(tmp_path, "CG,,,,17:30,08:30,夜班,0531-2,值班表\nCG,2026-10-01,2026-10-07,,00:00,00:00,节日,0531-3,值班表\n")
    loaded(tmp_path, "CG,,,6,17:30,08:30,周六,0531-4,值班表\n")
    assert [(one.who, one.weekday) for one in w.works.rosters.all()] == [("周六", SATURDAY)]
    assert w.police.rosters.get().who == "公安"


def test_a_second_run_writes_nothing(w, tmp_path):
    text = "CG,,,,17:30,08:30,夜班,0531-2,值班表\n"
    loaded(tmp_path, text)
    before = w.works.rosters.get().pk
    loaded(tmp_path, text)
    assert w.works.rosters.get().pk == before


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("XX,,,,17:30,08:30,夜班,0531-2,值班表\n", "unit"),
        ("CG,,,9,17:30,08:30,夜班,0531-2,值班表\n", "weekday"),
        ("CG,,,,17:30,08:30,,0531-2,值班表\n", "who"),
        ("CG,,,,17:30,08:30,甲,0531-2,值班表\nCG,,,,18:00,20:00,乙,0531-2,值班表\n", "unit"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_saved(w, tmp_path, text, column):
    with pytest.raises(CommandError, match=rf"rosters\.csv.*{column}"):
        loaded(tmp_path, text)
    assert not DutyRoster.objects.exists()
