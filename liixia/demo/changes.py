"""Made-up changes of the rules: one in draft, some that wait for a second person, one in force, one rolled back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accountability import calendars
from changes.actions import Wanted, approve, draft, roll_back, submit
from changes.actions.applying import apply_due
from changes.kinds import Rows, kind_of
from changes.models import Change
from grids.standing import Standing
from liixia.demo.cast import Crew
from people.models import Role

DAY = timedelta(days=1)
BASIS = "演示数据，非真实文件"
# How many days ago each story began.
IN_FORCE, ROLLED_BACK = 40, 30


@dataclass(frozen=True)
class Two:
    """Who drafts and who decides in the demo."""

    author: Standing
    second: Standing


def make_changes(*, at: datetime) -> int:
    """Where no demo change is there yet, and the limits are; returns how many there are now."""
    there = all(kind_of("limits").read(urgency, at)["limits"] for urgency in ("urgent", "consult", "complex"))
    if there and not Change.objects.filter(demo=True).exists():
        crew = Crew(at)
        district = crew.grids[0].code[:6]
        two = Two(crew.desk, crew.at_place(Role.INSPECTOR, district))
        _in_force(two, at - IN_FORCE * DAY)
        _rolled_back(two, at - ROLLED_BACK * DAY)
        _waiting(two, at)
        _next_year(crew.at_place(Role.ASSESSOR, district), at)
    return Change.objects.filter(demo=True).count()


def _waiting(two: Two, at: datetime) -> None:
    """A shorter limit, a reminder that comes sooner, and one more day off soon: impacts with something to show."""
    _drafted("limits", "urgent", _limit("urgent", "respond", 4, "紧急件首次联系时限调整", at), two, at)
    _sooner(two, at)
    _clearer(two, at)
    calendar = calendars.current()
    ahead = (localdate(at) + n * DAY for n in range(2, 12))
    worked = [day for day in ahead if day.year in calendar.years and day.weekday() < 5 and calendar.is_worked(day)]
    for day in worked[:1]:
        wanted = _with_days(day.year, [day], "临时放假（演示）", at)
        _drafted("calendar", str(day.year), replace(wanted, title="临时放假一天（演示）"), two, at)


def _sooner(two: Two, at: datetime) -> None:
    """The reminder of the ladder at half the time, where there is one."""
    after = kind_of("ladder").read("all", at)
    for row in after["rungs"]:
        if row["action"] == "remind":
            row["threshold"] = 50
    if after != kind_of("ladder").read("all", at):
        wanted = _wanted("提醒提前到时限过半（演示）", after, localdate(at) + DAY, "到期前才提醒，来不及补救")
        _drafted("ladder", "all", wanted, two, at)


def _clearer(two: Two, at: datetime) -> None:
    """One more template for replies, sent and not decided."""
    after = kind_of("templates").read("reply", at)
    row = {"title": "分步解决，先行处置", "text": "{place}：{unit}已先行处置，其余部分在{due}前办结。"}
    after["templates"].append({**row, "state": None, "category": None, "basis": None})
    wanted = _wanted("答复模板：分步解决（演示）", after, localdate(at) + DAY, "原模板没有写明到什么时候")
    _drafted("templates", "reply", wanted, two, at)


def _in_force(two: Two, at: datetime) -> None:
    made = _drafted("limits", "consult", _limit("consult", "close", 2, "咨询件结案时限调整", at), two, at)
    approve(made, seen=made.version, by=two.second, at=at)
    apply_due(at + 2 * DAY)


def _rolled_back(two: Two, at: datetime) -> None:
    made = _drafted("limits", "complex", _limit("complex", "inspect", 1, "疑难件核查时限缩短", at), two, at)
    approve(made, seen=made.version, by=two.second, at=at)
    apply_due(later := at + 2 * DAY)
    made.refresh_from_db()
    day = localdate(later) + DAY
    back = roll_back(made, basis=BASIS, day=day, seen=made.version, by=two.author, at=later, reason="试行后核查来不及")
    back = _send(back, two, later)
    approve(back, seen=back.version, by=two.second, at=later)
    apply_due(later + DAY)


def _drafted(kind: str, subject: str, wanted: Wanted, two: Two, at: datetime) -> Change:
    """Drafted and sent to the second person."""
    return _send(draft(kind, subject, wanted=wanted, by=two.author, at=at, demo=True), two, at)


def _send(change: Change, two: Two, at: datetime) -> Change:
    return submit(change, seen=change.version, by=two.author, at=at)


def _limit(urgency: str, phase: str, less: int, title: str, at: datetime) -> Wanted:
    """Another amount for one phase."""
    after = kind_of("limits").read(urgency, at)
    row = next((row for row in after["limits"] if row["phase"] == phase), after["limits"][0])
    row["amount"] = row["amount"] + 1 if row["amount"] == less else less
    return _wanted(f"{title}（演示）", after, localdate(at) + DAY, "试行一个月，看能不能做到")


def _next_year(by: Standing, at: datetime) -> None:
    """The first year that the calendar does not know, begun by the assessment office."""
    year = max(calendars.current().years, default=localdate(at).year) + 1
    days = [one for one in (date(year, 1, n) for n in (1, 2, 3)) if one.weekday() < 5]
    wanted = replace(_with_days(year, days, "元旦", at), title=f"{year}年放假安排（演示，未录完）")
    draft("calendar", str(year), wanted=wanted, by=by, at=at, demo=True)


def _with_days(year: int, days: list[date], name: str, at: datetime) -> Wanted:
    after = kind_of("calendar").read(str(year), at)
    told = [{"day": day.isoformat(), "kind": "holiday", "name": name} for day in days]
    after["days"] = sorted([*after["days"], *told], key=lambda row: row["day"])
    return _wanted(name, after, localdate(at) + DAY, "")


def _wanted(title: str, after: Rows, day: date, reason: str) -> Wanted:
    return Wanted(title, BASIS, after, day, reason)
