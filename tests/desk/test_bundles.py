"""Evidence bundles: all of a case as its reader may have it, nothing that a word in it could change, and checkable."""

import hashlib
import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from pypdf import PdfReader

from accountability.derivation import derivation
from assessment.actions import mark
from audit import clock
from audit.models import Event, SecurityLog
from cases import actions
from cases.models import Case, Verb
from cases.timed import of_case
from desk import tasks
from desk.actions import bundles, jobs
from desk.bundle import signs
from desk.bundle.checking import check
from desk.bundle.printing import printed
from desk.bundle.reading import read
from desk.bundle.telling import told
from desk.invariants import faults
from desk.models import Bundle, JobState
from engagement.models import Report
from files import actions as files
from files.actions import Chosen
from people.models import UnitRole
from tests import stories
from tests.files import pictures
from tests.files.sending import ready
from tests.lately import lately

pytestmark = pytest.mark.django_db
PHONE, NAME = "13812340427", "董小满"
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "#panic()",
    "$ sum_(i=0)^n $ *粗* _斜_ `code` @ref <label>",
    "= 标题\n- 条\n+ 一\n/ 词: 义",
    "\\ #\\u{41} // 注 /* 释",
    '"] #eval("1+1") [',
    "A" * 400,
    "很" * 1000,
    "\u202e倒过来\u0007😀𠮷",
]


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


def asked(client, user, case, language: str = "zh-hans") -> Bundle:
    client.force_login(user)
    client.cookies["django_language"] = language
    answer = client.post(f"/cases/{case.number}/bundle/")
    return Bundle.objects.get(pk=answer.url.split("/")[-2])


def made(client, user, case, language: str = "zh-hans") -> bytes:
    bundle = asked(client, user, case, language)
    tasks.print_bundle(str(bundle.pk))
    answer = client.get(f"/bundles/{bundle.pk}/file/")
    assert answer.status_code == 200
    return answer.content


def text(data: bytes) -> str:
    """Everything that can be read in it, without the blanks that the lines and the columns brought."""
    pages = PdfReader(io.BytesIO(data)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b]+", "", words)


def reported_by_somebody(w, words="楼下烧烤摊占道，油烟很大。"):
    case = stories.whistled(w)
    said = {"words": words, "phone": PHONE, "name": NAME, "address": "甲一路12号楼501"}
    Report.objects.create(case=case, receipt="A" * 12, received_at=w.at, wants_answer=True, **said)
    return case


def with_a_photo(case: Case):
    at = clock.now()
    photo = ready(pictures.sound(size=(64, 64)), ticket="t", at=at)
    step = case.steps.order_by("seq").first()
    files.attach(Chosen("t", (photo.pk,)), kind="case", subject_id=case.pk, step_id=step.pk)
    return photo


def test_it_holds_every_step_with_its_words_and_its_hash(client, w):
    case = stories.closed(w)
    shown = text(made(client, w.dispatcher, case))
    for step in case.steps.select_related("unit"):
        assert step.chain[:16] in shown
        assert squeezed(step.note) in shown
    assert case.steps.order_by("-seq")[0].chain in shown


def test_it_holds_every_clock_with_why_it_is_due_then(client, w):
    case = stories.closed(w)
    shown = text(made(client, w.dispatcher, case))
    rows = list(of_case(case.pk).select_related("limit"))
    assert len(rows) > 8
    for one in rows:
        for line in derivation(one):
            assert squeezed(line) in shown


def test_it_holds_the_duty_text_of_the_version_in_force_and_the_mark(client, w):
    case = stories.closed(w)
    mark([case.steps.get(verb=Verb.CLOSE)], at=clock.now())
    shown = text(made(client, w.dispatcher, case))
    assert "负责查处" in shown
    assert squeezed(w.version.label) in shown
    assert "评定" in shown or "一事一考" in shown


def test_it_holds_photos_small_with_time_and_hash(client, w):
    case = stories.whistled(w)
    photo = with_a_photo(case)
    data = made(client, w.dispatcher, case)
    images = [image for page in PdfReader(io.BytesIO(data)).pages for image in page.images]
    assert len(images) == 1
    assert photo.sha256 in text(data)


def test_it_can_be_read_aloud(client, w):
    case = reported_by_somebody(w)
    for language, said in (("zh-hans", "zh-CN"), ("en", "en-GB")):
        root = PdfReader(io.BytesIO(made(client, w.dispatcher, case, language))).trailer["/Root"]
        assert root["/Lang"] == said
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert case.summary in PdfReader(io.BytesIO(made(client, w.dispatcher, case, language))).metadata.title


def test_whoever_may_not_see_the_case_learns_nothing_of_it(client, w):
    case = stories.whistled(w)
    client.force_login(w.outsider)
    assert client.get(f"/cases/{case.number}/bundle/").status_code == 404
    assert client.post(f"/cases/{case.number}/bundle/").status_code == 404
    assert not Bundle.objects.exists()


def test_it_is_for_whoever_asked_alone(client, w):
    bundle = asked(client, w.dispatcher, stories.whistled(w))
    tasks.print_bundle(str(bundle.pk))
    client.force_login(w.desk_officer)
    assert client.get(f"/bundles/{bundle.pk}/").status_code == 404
    assert client.get(f"/bundles/{bundle.pk}/file/").status_code == 404


def test_nothing_of_the_resident_but_what_the_page_shows_masked(client, w):
    case = reported_by_somebody(w)
    for user in (w.dispatcher, w.works_officer, w.inspector):
        shown = text(made(client, user, case))
        assert "油烟很大" in shown
        assert "138****0427" in shown
        assert not [secret for secret in (PHONE, NAME, "楼501") if secret in shown]


def test_of_a_confidential_case_each_gets_what_their_page_shows(client, w):
    case = reported_by_somebody(w)
    by = w.of(w.desk_officer, clock.now())
    actions.advance(case, Verb.CONCEAL, by=by, at=clock.now(), note="怕被找上门", facts={"summary": "餐饮扰民"})
    kept, open_ = (text(made(client, user, case)) for user in (w.dispatcher, w.desk_officer))
    assert "油烟很大" not in kept
    assert "138****0427" not in kept
    assert "油烟很大" in open_


def test_what_was_made_confidential_since_is_not_handed_out_any_more(client, w):
    case = reported_by_somebody(w)
    bundle = asked(client, w.dispatcher, case)
    tasks.print_bundle(str(bundle.pk))
    by = w.of(w.desk_officer, clock.now())
    actions.advance(case, Verb.CONCEAL, by=by, at=clock.now(), note="怕被找上门", facts={"summary": "餐饮扰民"})
    assert client.get(f"/bundles/{bundle.pk}/file/").status_code == 404
    assert "file/" not in client.get(f"/bundles/{bundle.pk}/").content.decode()


def test_who_lost_the_case_meanwhile_gets_nothing(client, w):
    case = stories.whistled(w)
    before, after = asked(client, w.works_officer, case), asked(client, w.works_officer, case)
    tasks.print_bundle(str(before.pk))
    UnitRole.objects.filter(user=w.works_officer).update(until=clock.now())
    tasks.print_bundle(str(after.pk))
    after.refresh_from_db()
    assert (after.state, after.refusal) == (JobState.REFUSED, "not_seen")
    assert client.get(f"/bundles/{before.pk}/file/").status_code == 404


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_are_read_as_anything_but_words(client, w, words):
    case = reported_by_somebody(w, words)
    Case.objects.filter(pk=case.pk).update(summary=words[:200], place=words[:120])
    shown = text(made(client, w.dispatcher, Case.objects.get(pk=case.pk)))
    assert squeezed(signs.printable(words))[:60] in shown
    assert "root:" not in shown


def test_a_sign_without_a_shape_stands_as_its_number(w):
    assert signs.printable("好😀\u202e堃\n龘") == "好〔U+1F600〕〔U+202E〕堃\n龘"


def test_the_same_moment_gives_the_same_bytes(client, w):
    case = reported_by_somebody(w)
    with_a_photo(case)
    bundle = asked(client, w.dispatcher, case)
    at = clock.now()
    evidence = read(case.number, w.of(w.dispatcher, at), at)
    pictures_of = bundles._pictures(evidence, told(bundle, evidence))
    one, other = (printed(told(bundle, evidence), pictures_of, at) for _ in range(2))
    assert one == other


def test_done_twice_it_is_printed_once(client, w, monkeypatch):
    bundle = asked(client, w.dispatcher, stories.whistled(w))
    tasks.print_bundle(str(bundle.pk))
    monkeypatch.setattr(bundles, "_print", lambda *given: pytest.fail("printed again"))
    tasks.print_bundle(str(bundle.pk))


def test_a_worker_that_died_is_followed_and_one_that_lost_it_leaves(client, w, store):
    bundle, at = asked(client, w.dispatcher, stories.whistled(w)), clock.now()
    slow = jobs.take(Bundle.objects.select_related("case"), bundle.pk, at)
    assert jobs.take(Bundle.objects.all(), bundle.pk, at + timedelta(seconds=30)) is None
    bundles.run(bundle.pk, now=lambda: at + timedelta(seconds=61))
    with pytest.raises(jobs.Overtaken):
        bundles._print(slow, clock.now)
    bundle.refresh_from_db()
    assert bundle.state == JobState.READY


def test_asking_making_and_taking_are_lines_in_the_security_log(client, w):
    case = stories.whistled(w)
    data = made(client, w.dispatcher, case)
    digest = hashlib.sha256(data).hexdigest()
    lines = SecurityLog.objects.filter(subject_kind="bundle").order_by("pk")
    assert [(line.event, line.actor, line.reason) for line in lines] == [
        (Event.BUNDLE_ASKED, w.dispatcher, case.number),
        (Event.BUNDLE_MADE, w.dispatcher, f"{case.number} {digest}"),
        (Event.BUNDLE_TAKEN, w.dispatcher, digest),
    ]


def test_the_file_goes_after_a_day_and_its_hash_stays(client, w, store):
    data = made(client, w.dispatcher, stories.whistled(w))
    (path,) = [path for path in store.rglob("*") if path.is_file()]
    assert not path.read_bytes().startswith(b"%PDF")
    bundles.sweep_away(clock.now() + timedelta(hours=25))
    assert not path.exists()
    assert check(hashlib.sha256(data).hexdigest(), None)


def test_what_was_never_made_leaves_no_row(client, w):
    asked(client, w.dispatcher, stories.whistled(w))
    bundles.sweep_away(clock.now() + timedelta(hours=25))
    assert not Bundle.objects.exists()


def test_nobody_fills_the_queue_alone(client, w):
    case = stories.whistled(w)
    for _ in range(jobs.MOST_AT_ONCE):
        asked(client, w.dispatcher, case)
    answer = client.post(f"/cases/{case.number}/bundle/")
    assert answer.status_code == 422
    assert Bundle.objects.count() == jobs.MOST_AT_ONCE


def test_a_copy_is_found_by_its_hash_and_one_that_was_touched_is_not(client, w):
    case = stories.whistled(w)
    data = made(client, w.dispatcher, case)
    digest = hashlib.sha256(data).hexdigest()
    found = client.get("/bundles/check/", {"sha256": f" {digest.upper()[:32]}\n{digest[32:]} "}).content.decode()
    assert case.number in found
    assert case.steps.order_by("-seq")[0].chain in found
    touched = hashlib.sha256(data + b"\n").hexdigest()
    assert case.number not in client.get("/bundles/check/", {"sha256": touched}).content.decode()
    assert client.get("/bundles/check/", {"sha256": "abc"}).status_code == 422


def test_whoever_does_not_see_the_case_reads_no_more_than_the_copy_says(client, w):
    case = stories.whistled(w)
    digest = hashlib.sha256(made(client, w.dispatcher, case)).hexdigest()
    client.force_login(w.outsider)
    shown = client.get("/bundles/check/", {"sha256": digest}).content.decode()
    assert case.number in shown
    assert f"/cases/{case.number}/" not in shown
    assert w.dispatcher.name not in shown.split("<main")[1]


def test_the_check_tells_what_has_come_since(client, w):
    case = stories.whistled(w)
    digest = hashlib.sha256(made(client, w.dispatcher, case)).hexdigest()
    before = case.steps.count()
    stories.replies(w, case.summonses.get(leads=True), at=clock.now())
    verdict = check(digest, None)
    assert verdict.chained
    assert verdict.since == case.steps.count() - before


def test_a_changed_history_is_told(client, w):
    case = stories.whistled(w)
    digest = hashlib.sha256(made(client, w.dispatcher, case)).hexdigest()
    assert not list(faults(clock.now()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE cases_step SET chain = repeat('0', 64) WHERE case_id = %s", [case.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert not check(digest, None).chained
    assert len(list(faults(clock.now()))) == 1


def test_the_command_checks_a_file_and_a_hash(client, w, tmp_path, capsys):
    case = stories.whistled(w)
    data = made(client, w.dispatcher, case)
    (tmp_path / "copy.pdf").write_bytes(data)
    for copy in (str(tmp_path / "copy.pdf"), hashlib.sha256(data).hexdigest()):
        call_command("check_bundle", copy)
        assert case.number in capsys.readouterr().out
    (tmp_path / "copy.pdf").write_bytes(data + b"\n")
    with pytest.raises(CommandError):
        call_command("check_bundle", str(tmp_path / "copy.pdf"))
    with pytest.raises(CommandError):
        call_command("check_bundle", str(tmp_path / "none.pdf"))


def test_the_page_waits_by_itself_and_then_shows_the_file(client, w):
    bundle = asked(client, w.dispatcher, stories.whistled(w))
    assert client.get(f"/bundles/{bundle.pk}/")["Refresh"] == "3"
    tasks.print_bundle(str(bundle.pk))
    answer = client.get(f"/bundles/{bundle.pk}/")
    assert "Refresh" not in answer
    assert f"/bundles/{bundle.pk}/file/" in answer.content.decode()


def test_the_case_page_leads_to_it(client, w):
    case = stories.whistled(w)
    client.force_login(w.works_officer)
    assert f"/cases/{case.number}/bundle/" in client.get(f"/cases/{case.number}/").content.decode()
