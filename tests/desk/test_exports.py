"""Exports: exactly what the list shows, for whom it shows it, in cells that nothing evaluates."""

import io
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from accountability.worktime import LOCAL
from audit import clock
from audit.models import Event, SecurityLog
from cases.models import Case
from desk import tasks
from desk.actions import exports, jobs
from desk.models import ExportJob, JobState
from desk.registers import COLUMNS
from engagement.models import Report
from people.models import UnitRole
from tests import stories
from tests.admission.ground import applied, granted, ground
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    options = {"location": str(tmp_path / "files"), "base_url": None}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    storages._storages.pop("default", None)
    yield tmp_path / "files"
    storages._storages.pop("default", None)


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def asked(client, user, query: str = "state=open") -> ExportJob:
    client.force_login(user)
    answer = client.post("/cases/exports/", {"query": query})
    return ExportJob.objects.get(pk=answer.url.split("/")[-2])


def exported(client, user, query: str = "state=open") -> list[list]:
    job = asked(client, user, query)
    tasks.write_export(str(job.pk))
    return rows(client.get(f"/cases/exports/{job.pk}/file/"))


def rows(answer) -> list[list]:
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def numbers(client, address: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/([^/]+)/"', client.get(address).content.decode())


@pytest.mark.parametrize("query", ["state=open", "state=all", "state=open&due=later", "state=open&category=env"])
def test_the_file_holds_what_the_list_shows_in_its_order(client, w, query):
    stories.closed(w), stories.reported(w, area=w.far_grid), stories.whistled(w), stories.reported(w)
    for user in (w.desk_officer, w.dispatcher, w.works_officer, w.worker):
        found = exported(client, user, query)
        assert [row[0] for row in found[1:]] == numbers(client, f"/cases/?{query}")


FORMULAS = [
    "=1+1", "+86", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "\t=1", "\r=1", "\n=1", "  =1", "\u3000＝1",
    "\ufeff=1",
    '=HYPERLINK("http://x")',
]  # fmt: skip


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_begins_like_a_formula(client, w, words):
    Case.objects.filter(pk=stories.reported(w).pk).update(summary=words, place=words)
    found = exported(client, w.dispatcher)[1]
    assert found[1].startswith("'")
    assert found[1].replace("\r", "") == f"'{words}".replace("\r", "")
    assert found[8].startswith("'")


def test_plain_words_stay_as_they_are(client, w):
    Case.objects.filter(pk=stories.reported(w).pk).update(summary="1号楼 = 5 户，电梯停运")
    assert exported(client, w.dispatcher)[1][1] == "1号楼 = 5 户，电梯停运"


def test_no_cell_is_a_formula_for_the_program_that_opens_it(client, w, store):
    Case.objects.filter(pk=stories.reported(w).pk).update(summary="=1+1")
    job = asked(client, w.dispatcher)
    tasks.write_export(str(job.pk))
    with ZipFile(io.BytesIO(client.get(f"/cases/exports/{job.pk}/file/").content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_times_are_dates_of_shanghai(client, w):
    case = stories.reported(w)
    found = exported(client, w.dispatcher)[1]
    wanted = timezone.localtime(case.opened_at, LOCAL).replace(tzinfo=None)
    assert abs(found[12] - wanted) < timedelta(seconds=1)


def test_nothing_of_the_citizen_is_in_it(client, w):
    case = stories.reported(w)
    Report.objects.create(
        case=case, receipt="A" * 12, words="王先生的原话", phone="13812340427", name="王先生", received_at=w.at
    )
    text = str(exported(client, w.desk_officer))
    assert "13812340427" not in text
    assert "王先生" not in text


def test_the_file_lies_sealed_and_goes_after_a_day(client, w, store):
    stories.reported(w)
    job = asked(client, w.dispatcher)
    tasks.write_export(str(job.pk))
    (path,) = [path for path in store.rglob("*") if path.is_file()]
    assert not path.read_bytes().startswith(b"PK")
    exports.sweep_away(clock.now() + timedelta(hours=23))
    assert path.exists()
    exports.sweep_away(clock.now() + timedelta(hours=25))
    assert not path.exists()
    assert not ExportJob.objects.exists()


def test_only_its_owner_follows_and_downloads_it(client, w):
    stories.reported(w)
    job = asked(client, w.dispatcher)
    tasks.write_export(str(job.pk))
    client.force_login(w.desk_officer)
    for address in (f"/cases/exports/{job.pk}/", f"/cases/exports/{job.pk}/file/"):
        assert client.get(address).status_code == 404
    assert not SecurityLog.objects.filter(event=Event.EXPORTED).exists()


def test_a_download_is_a_line_in_the_security_log(client, w):
    stories.reported(w)
    exported(client, w.dispatcher, "state=open&category=city")
    line = SecurityLog.objects.get(event=Event.EXPORTED)
    assert (line.actor, line.reason) == (w.dispatcher, "1 state=open&category=city")


def test_who_lost_the_role_before_it_was_written_gets_no_file(client, w):
    stories.whistled(w)
    job = asked(client, w.works_officer)
    UnitRole.objects.filter(user=w.works_officer).update(until=clock.now())
    tasks.write_export(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.refusal) == (JobState.REFUSED, "no_role")


def test_who_lost_the_role_after_it_was_written_cannot_take_it(client, w):
    stories.whistled(w)
    job = asked(client, w.works_officer)
    tasks.write_export(str(job.pk))
    UnitRole.objects.filter(user=w.works_officer).update(until=clock.now())
    assert client.get(f"/cases/exports/{job.pk}/file/").status_code == 404
    assert "file/" not in client.get(f"/cases/exports/{job.pk}/").content.decode()


def test_too_many_rows_are_refused_with_what_to_do(client, w, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    stories.reported(w)
    job = asked(client, w.dispatcher)
    stories.reported(w)
    answer = client.post("/cases/exports/", {"query": "state=open"})
    assert answer.status_code == 422
    tasks.write_export(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.refusal) == (JobState.REFUSED, "too_many")


def test_what_is_not_understood_is_not_exported(client, w):
    client.force_login(w.dispatcher)
    assert client.post("/cases/exports/", {"query": "state=gone"}).status_code == 422


def test_nobody_fills_the_queue_alone(client, w):
    stories.reported(w)
    for _ in range(jobs.MOST_AT_ONCE):
        asked(client, w.dispatcher)
    assert client.post("/cases/exports/", {"query": "state=open"}).status_code == 422


def test_the_page_waits_by_itself_and_then_shows_the_file(client, w):
    stories.reported(w)
    job = asked(client, w.dispatcher)
    waiting = client.get(f"/cases/exports/{job.pk}/")
    assert waiting["Refresh"] == "3"
    tasks.write_export(str(job.pk))
    ready = client.get(f"/cases/exports/{job.pk}/")
    assert "Refresh" not in ready
    assert f"/cases/exports/{job.pk}/file/" in ready.content.decode()


def test_a_job_whose_worker_died_is_taken_up_again_and_one_at_work_is_not(client, w):
    stories.reported(w)
    job, at = asked(client, w.dispatcher), clock.now()
    assert jobs.take(ExportJob.objects.all(), job.pk, at).attempts == 1
    sent: list[str] = []
    assert jobs.queue(ExportJob.objects.all(), at + timedelta(seconds=30), sent.append) == 0
    assert jobs.take(ExportJob.objects.all(), job.pk, at + timedelta(seconds=30)) is None
    assert jobs.queue(ExportJob.objects.all(), at + timedelta(seconds=61), sent.append) == 1
    exports.run(job.pk, now=lambda: at + timedelta(seconds=62))
    job.refresh_from_db()
    assert (job.state, job.done, sent) == (JobState.READY, 1, [str(job.pk)])


def test_a_worker_that_lost_its_job_leaves_no_trace(client, w, store):
    stories.reported(w)
    job, at = asked(client, w.dispatcher), clock.now()
    slow = jobs.take(ExportJob.objects.all(), job.pk, at)
    jobs.take(ExportJob.objects.all(), job.pk, at + timedelta(seconds=61))
    with pytest.raises(jobs.Overtaken):
        exports._write(slow, clock.now)
    assert not store.exists()


def test_a_job_that_kills_its_workers_is_given_up(client, w):
    job, at = asked(client, w.dispatcher), clock.now()
    for nth in range(jobs.ATTEMPTS):
        jobs.take(ExportJob.objects.all(), job.pk, at + timedelta(minutes=2 * nth))
    exports.run(job.pk, now=lambda: at + timedelta(minutes=20))
    job.refresh_from_db()
    assert (job.state, job.refusal) == (JobState.REFUSED, "failed")


def test_a_job_done_twice_is_written_once(client, w, monkeypatch):
    stories.reported(w)
    job = asked(client, w.dispatcher)
    tasks.write_export(str(job.pk))
    monkeypatch.setattr(exports, "_write", lambda *given: pytest.fail("written again"))
    tasks.write_export(str(job.pk))


def test_a_permit_has_a_number_of_its_own_and_not_that_of_a_case(client):
    w = ground()
    granted(w)
    client.force_login(w.establishment)
    assert "案件号" not in client.get(reverse("admission:permits") + "?group=all").content.decode()
    assert COLUMNS["permits"].heads[0] == "准入编号"


def test_a_register_of_admission_comes_as_a_file_with_what_its_reader_sees(client):
    w = ground()
    w.at = clock.now()
    applied(w, matter="=1+1", until=localdate(w.at) + timedelta(days=90))
    for user, seen in ((w.establishment, 1), (w.outsider, 1), (w.police_officer, 0)):
        client.force_login(user)
        answer = client.post(reverse("desk:exports"), {"register": "applications", "query": "group=open"})
        job = ExportJob.objects.get(pk=answer.url.split("/")[-2])
        exports.run(job.pk, now=clock.now)
        assert "准入申请" in client.get(answer.url).content.decode()
        data = b"".join(client.get(reverse("desk:export_file", args=[job.pk])))
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert len(rows) == 1 + seen
        assert all(row[0].endswith("=1+1") for row in rows[1:])
    client.force_login(w.clerk)
    assert client.post(reverse("desk:exports"), {"register": "applications"}).status_code == 404
    client.force_login(w.establishment)
    assert client.post(reverse("desk:exports"), {"register": "nothing"}).status_code == 404
    strange = client.post(reverse("desk:exports"), {"register": "tasks", "query": "group=strange"})
    assert strange.status_code == 422
