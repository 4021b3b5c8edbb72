"""Fills the empty tables of DATABASE_URL with the district and its demo; everybody has the same password.

A program of its own, so that no test's database is touched: `python -m tests.browser.building PASSWORD`.
"""

import os
import sys
from datetime import date, time, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liixia.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from accountability.models import Calendar, CoveredYear, ListVersion  # noqa: E402
from alerts.models import QuietHours  # noqa: E402
from audit import clock  # noqa: E402
from cases.models import Channel, State  # noqa: E402
from desk.actions import bundles, exports, saved  # noqa: E402
from desk.asking import Question  # noqa: E402
from engagement.actions import make_link  # noqa: E402
from engagement.actions.linking import digest_of  # noqa: E402
from engagement.models import AnswerLink, CallHours, CallRule, Report  # noqa: E402
from files import storing  # noqa: E402
from files.receiving import drop  # noqa: E402
from gateway import actions  # noqa: E402
from people.models import Role, User  # noqa: E402
from tests.browser import places  # noqa: E402
from tests.desk.workbooks import DUTIES, ITEMS, Sheets, changed, compared, put  # noqa: E402

CASES = 40
FILE = """id,time,subject,text,label,reply,reply_time
1,2026-03-02T09:00:00+08:00,路灯不亮,巷口三盏灯坏了一周。,城乡建设,,
2,昨天,井盖缺失,路口井盖不见了。,城乡建设,,
""".encode()


def build(password: str) -> None:
    call_command("load_lixia", verbosity=0)
    QuietHours.objects.all().delete()  # tests run at any hour, and what they wait for is told at once
    next_year_is_announced()
    call_command("load_demo", cases=CASES, verbosity=0)
    imports()
    workbooks()
    kept_of_a_list()
    called_at_any_hour()
    a_link_to_answer_by()
    User.objects.update(password=make_password(password))


def next_year_is_announced() -> None:
    """Journeys ask for days to come, in December too: the holidays of the next year are known, and there are none."""
    calendar, year = Calendar.objects.order_by("version").last(), localdate(clock.now()).year + 1
    CoveredYear.objects.get_or_create(calendar=calendar, year=year, defaults={"basis": "试验"})


def called_at_any_hour() -> None:
    """Journeys call people back at whatever hour the tests run; one that is about the hours sets its own."""
    since, basis = date(2020, 1, 1), "试验"
    CallRule.objects.create(
        attempts=3, apart_minutes=0, parts=1, later_days=7, grace_minutes=0, link_hours=72, basis=basis, since=since
    )
    for day in CallHours.Day:
        CallHours.objects.create(day=day, part="noon", begins=time.min, ends=time.max, basis=basis, since=since)
    CallHours.objects.filter(urgency="extreme").delete()


def a_link_to_answer_by() -> None:
    """Good for a week, of somebody who waits to be asked; its token is known to the browser tests alone."""
    report = Report.objects.filter(case__state=State.CALLING_BACK).exclude(case__channel=Channel.GRID)[0]
    report.links.filter(used_at=None).update(replaced_at=clock.now())
    made = make_link(report, by=places.reader(Role.CLERK).standing, at=clock.now())
    digest, ends = digest_of(places.LINK), made.expires_at + timedelta(days=7)
    AnswerLink.objects.filter(digest=digest_of(made.token)).update(digest=digest, expires_at=ends)


def imports() -> None:
    """A file of another system that was tried, one row of it left out; the trial is over, so the file is not needed."""
    by = User.objects.filter(postings__role=Role.DISTRICT_DESK).order_by("pk")[0]
    one = actions.begin(size=len(FILE), name="messages.csv", by=by, at=clock.now())
    actions.add_piece(one.pk, by=by, offset=0, data=FILE, at=clock.now())
    actions.work(actions.check(one.pk, mapping="taidi", by=by, at=clock.now()).pk)
    drop(one)


def workbooks() -> None:
    """Two workbooks for the draft that is being written: one that would change it, one with faults."""
    editors = places.reader(Role.ESTABLISHMENT)
    draft = ListVersion.objects.filter(number=None, change=None)[0]
    for change in (otherwise, with_faults):
        drop(compared(draft, editors.user, changed(draft, change)))


def otherwise(found: Sheets) -> None:
    put(found, DUTIES, 2, "职责内容", "受理线索，当日到场，查处并回告")
    found[ITEMS].append(["XZ-01", *found[ITEMS][1][1:]])
    found[DUTIES].append(["XZ-01", *found[DUTIES][1][1:]])


def with_faults(found: Sheets) -> None:
    for row in range(2, 60):
        put(found, DUTIES, row, "单位代码", "NO-99")
    put(found, ITEMS, 2, "事项名称", "长" * 121)


def kept_of_a_list() -> None:
    """A view that the district desk saved, an export and a bundle it asked for; nobody takes the files, so they go."""
    at, desk = clock.now(), places.reader(Role.DISTRICT_DESK)
    question = Question({"due": "today"}, at=at, by=desk.standing)
    saved.save_view(desk.user, query=question.query, name="今日到期", shared=True)
    job = exports.ask(desk.user, question, at=at)
    exports.run(job.pk, now=clock.now)
    storing.drop(exports.file_name(job))
    bundle = bundles.ask(desk.user, desk.cases[0], at=clock.now())
    bundles.run(bundle.pk, now=clock.now)
    storing.drop(bundles.file_name(bundle))


if __name__ == "__main__":
    build(sys.argv[1])
