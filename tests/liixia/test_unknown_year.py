"""A year without a calendar, from what the administrator is told to the deadlines that come when it is loaded."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.calendar_loading import load_calendar
from accountability.loading import COLUMNS
from accountability.models import Clock, CoveredYear
from audit import clock
from cases.models import Case
from people.models import Role
from people.rows import Sheet
from tests import stories
from tests.present import present
from tests.world import person, seat

pytestmark = pytest.mark.django_db
TOLD = "工作日历还没有 {year} 年"


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.system_admin = seat(person("admin", "系统管理员", w.editors), Role.SYSTEM_ADMIN, w.editors)
    w.year = localdate(w.at).year
    return w


def first_page(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def verified() -> str:
    told = io.StringIO()
    call_command("verify", stdout=io.StringIO(), stderr=told)
    return told.getvalue()


def year_is_loaded(folder: Path, year: int) -> None:
    rows = {
        "calendars": "version,name,basis\n1,试验日历,试验\n",
        "work_hours": "calendar,begins,ends\n1,08:30,12:00\n1,13:30,17:30\n",
        "covered_years": f"calendar,year,basis\n1,{year},试验\n",
        "day_exceptions": f"calendar,day,kind,name\n1,{year}-01-01,holiday,元旦\n",
    }
    for name, text in rows.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    load_calendar({name: Sheet(folder / f"{name}.csv", COLUMNS[name]) for name in rows})


def test_nobody_is_told_anything_while_the_years_are_known(w, client):
    assert "covered_years.csv" not in first_page(client, w.system_admin)
    assert verified() == ""


def test_the_system_administrator_is_told_on_the_first_page_and_by_verify(w, client):
    CoveredYear.objects.filter(year=w.year).delete()
    assert TOLD.format(year=w.year) in first_page(client, w.system_admin)
    assert TOLD.format(year=w.year) in verified()


def test_who_cannot_load_it_is_not_told(w, client):
    CoveredYear.objects.filter(year=w.year).delete()
    assert "covered_years.csv" not in first_page(client, w.dispatcher)


def test_a_case_is_taken_says_that_it_waits_and_gets_its_moment_when_the_year_is_loaded(w, client, tmp_path):
    CoveredYear.objects.filter(year=w.year).delete()
    case = stories.reported(w)
    client.force_login(w.dispatcher)
    page = reverse("desk:case", args=[case.number])
    assert "等日历" in client.get(page).content.decode()
    year_is_loaded(tmp_path, w.year)
    call_command("sweep", once=True)
    assert "等日历" not in client.get(page).content.decode()
    assert Case.objects.get(pk=case.pk).due_at > clock.now()
    assert not Clock.objects.running().filter(due_at=None).exists()
    assert TOLD.format(year=w.year) not in first_page(client, w.system_admin)
