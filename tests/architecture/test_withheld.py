"""A case that was passed on discreetly: whoever was complained about looks for it by every way there is.

They sit in the street, the department, the hotline; they know its number, the address of its photo, and what the pages
said while it was open. Only the district desk and the inspectors of the place still find it.
"""

import re
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alerts.models import Alert
from audit import clock
from cases import actions
from cases.api.filling import filled
from cases.errand import of_case
from cases.models import Case, Verb
from desk.actions import bundles, exports
from desk.asking import Question
from desk.bundle.checking import check
from desk.bundle.happened import steps_told
from desk.bundle.reading import read as evidence_of
from engagement.callers import earlier_of
from grids.standing import standing_of
from people.models import Role
from tests import stories
from tests.architecture.ground import _photo as photo_of
from tests.architecture.test_access import ROUTES, Route, sent, taken_back
from tests.engagement.ground import received
from tests.world import person, post, world

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("withheld")]  # its ground takes long to lay
WORDS, PLACE = "窗口经营许可索要财物", "政务大厅七号窗"
KEEPERS = ("desk_officer", "inspector")
INSIDERS = ("dispatcher", "worker", "clerk", "district_leader", "works_officer")
LISTS = (
    "/", "/cases/", "/cases/?state=all", "/cases/?state=withheld", "/cases/?state=all&q={end}", "/search/?q={number}",
    "/search/?q={words}", "/queue/", "/dashboard/", "/map/", "/map/points.json?bbox=116,36,118,37", "/callbacks/",
    "/whistles/", "/supervision/", "/inbox/", "/cases/{near}/do/merge/", "/cases/{whole}/",
    "/api/v1/cases/", "/api/v1/cases/?state=all", "/api/v1/cases/?state=withheld", "/api/v1/steps/",
    "/api/v1/steps/?case={number}", "/api/v1/clocks/", "/api/v1/clocks/?case={number}", "/api/v1/steps/?verb=split",
)  # fmt: skip
FIGURES = ("/dashboard/", "/map/counts.json", "/cases/?state=all", "/cases/?state=open", "/list/ZHZF-01/")
UNSTABLE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|\d{1,2}:\d{2}|(?:\d+ ?(?:天|小时|分) ?)+'
)


@pytest.fixture(scope="module")  # what a test does is taken back, as in tests/architecture/test_access.py
def g(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        yield hidden_ground()
        transaction.set_rollback(True)


def hidden_ground() -> SimpleNamespace:
    """A case like it nearby, a case of which the hidden one is a part, and what everybody read before and since."""
    w = world()
    w.district_leader = post(person("chief", "区领导"), Role.DISTRICT_LEADER, w.district)
    g = SimpleNamespace(w=w, people={name: who for name, who in vars(w).items() if type(who).__name__ == "User"})
    g.clients = {name: Client() for name in g.people}
    for name, client in g.clients.items():
        client.force_login(g.people[name])
    g.near = received(w, words=WORDS, place="别处").case
    g.whole = _accepted(w, received(w, words="占道两件事", phone="13900000000").case, "两件事")
    g.figures = {name: figures(g, name) for name in INSIDERS}
    _the_case(g)
    g.knew = {name: set(found_by(g, name)) for name in INSIDERS}
    _passed_on(g)
    return g


def _accepted(w, case: Case, summary: str) -> Case:
    return actions.accept(
        case, by=w.of(w.dispatcher), at=w.at, summary=summary, category=w.category, urgency="normal", item=w.item
    )


def _the_case(g) -> None:
    """With photo, report, clocks, an alert unread, a bundle printed, and a part of another case beside it."""
    w = g.w
    g.report = received(w, words=f"{WORDS}，有录音。", place=PLACE)
    g.case = _accepted(w, g.report.case, WORDS)
    g.photo = photo_of(g.case)
    step = g.case.steps.first()
    for who in (w.dispatcher, w.street_leader, w.clerk):
        Alert.objects.create(recipient=who, case=g.case, step=step, told_at=w.at, shown_at=w.at)
    at = clock.now()
    g.bundle = bundles.ask(w.dispatcher, g.case, at=at)
    bundles.run(g.bundle.pk, now=clock.now)
    g.bundle.refresh_from_db()
    split = actions.split(g.whole, by=w.of(w.dispatcher), at=w.at, summary=WORDS, category=w.category, note="另办")
    g.part = split.links_down.get().child


def _passed_on(g) -> None:
    w = g.w
    g.version = g.case.version
    g.case = stories.withheld(w, g.case)
    g.part = stories.withheld(w, g.part)


def secrets(g) -> tuple[str, ...]:
    return g.case.number, g.part.number, PLACE


def found_by(g, name: str) -> list[str]:
    """Every list, search or answer of the API in which this person reads of it."""
    filled_in = {
        "number": g.case.number, "end": g.case.number[-5:], "words": WORDS, "near": g.near.number,
        "whole": g.whole.number,
    }  # fmt: skip
    pages = [address.format(**filled_in) for address in LISTS]
    found = []
    for page, address in zip(pages, LISTS, strict=True):
        with taken_back(g.clients[name]):
            said = g.clients[name].get(page).content.decode()
        asked = {one for one in secrets(g) if one in page}  # a page says again what was asked for
        if any(one in said for one in secrets(g) if one not in asked) or said.count(f"/cases/{g.case.number}/"):
            found.append(address)
    return found


def figures(g, name: str) -> dict[str, str]:
    """What pages of numbers say, but for what is new with every visit."""
    said = {}
    for page in FIGURES:
        with taken_back(g.clients[name]):
            said[page] = UNSTABLE.sub("", g.clients[name].get(page).content.decode())
    return said


def test_it_was_there_to_be_found_before_by_those_who_look_for_it_now(g):
    assert {name for name, pages in g.knew.items() if not pages} == {"works_officer"}
    everywhere = set().union(*g.knew.values())
    assert {"/cases/", "/search/?q={words}", "/inbox/", "/cases/{near}/do/merge/", "/api/v1/steps/"} <= everywhere


def test_no_list_search_map_or_message_shows_it_to_anybody_but_its_keepers(g):
    assert {name: pages for name in INSIDERS if (pages := found_by(g, name))} == {}
    for name in KEEPERS:
        assert {"/cases/?state=withheld", "/search/?q={words}", "/api/v1/cases/"} <= set(found_by(g, name))


def test_no_figure_tells_that_there_is_one(g):
    for name in INSIDERS:
        assert figures(g, name) == g.figures[name]


def test_every_address_that_names_it_is_a_page_that_is_not_there(g):
    """Also those that come later: whatever address can be made of the case, its photo, its report or a step of it."""
    place = SimpleNamespace(case=g.case, photo=g.photo, report=g.report)
    wrong, asked = [], 0
    for name, route in ROUTES.items():
        where = _address(name, route, place)
        if where is None or "receipt" in where:
            continue
        for who in ("dispatcher", "clerk", "works_officer"):
            for method in ("get", "post"):
                with taken_back(g.clients[who]):
                    answer = sent(g.clients[who], method, where, route, place)
                asked += 1
                if answer.status_code not in (404, 405, 415) and not _is_free(name, answer):
                    wrong.append(f"{who} {method} {where}: {answer.status_code}")
    assert wrong == []
    assert asked > 150


def _address(name: str, route: Route, place) -> str | None:
    """None for what leads to no case, or to a part of one that this case never had: a summons, a whistle, a mark."""
    try:
        args = route.at(place) if route.at else []
    except (AttributeError, ObjectDoesNotExist):
        return None
    known = {place.case.number, place.photo.pk, place.report.pk, *place.case.steps.values_list("pk", flat=True)}
    return reverse(name, args=args) if known.intersection(args) else None


def _is_free(name: str, answer) -> bool:
    """Taking away a photo that one sent oneself asks for the ticket in the cookie, and says nothing without it."""
    return name in ("files:remove",) and answer.status_code in (200, 204, 403)


def test_files_that_were_made_before_are_not_handed_out_any_more(g):
    own = g.clients["dispatcher"]
    assert own.get(reverse("desk:bundle_file", args=[g.bundle.pk])).status_code == 404
    verdict = check(g.bundle.digest, g.w.of(g.w.dispatcher, clock.now()))
    assert (verdict.seen, verdict.since, verdict.chained) == (False, 0, True)
    assert check(g.bundle.digest, g.w.of(g.w.inspector, clock.now())).since == 1


def test_no_file_of_a_list_holds_it(g):
    at = clock.now()
    for name in INSIDERS:
        user = g.people[name]
        with taken_back(g.clients[name]):
            job = exports.ask(user, Question({"state": "all"}, at=at, by=standing_of(user, at)), at=at)
            exports.run(job.pk, now=clock.now)
            job.refresh_from_db()
            if not job.total:
                continue
            book = CalamineWorkbook.from_filelike(BytesIO(exports.hand_out(job, by=user, address=None)))
            assert not {g.case.number, g.part.number} & {row[0] for row in book.get_sheet_by_index(0).to_python()}


def test_it_is_no_earlier_case_of_the_same_caller_for_the_hotline(g):
    assert g.case not in earlier_of(g.near, g.w.of(g.w.clerk, clock.now()), g.w.at)
    assert g.case in earlier_of(g.near, g.w.of(g.w.desk_officer, clock.now()), g.w.at)


def test_another_case_is_not_merged_into_it_and_does_not_learn_that_it_is_there(g):
    fields = {"main": g.case.number, "note": "同一事项", "seen": g.near.version}
    with taken_back(g.clients["dispatcher"]):
        answer = g.clients["dispatcher"].post(f"/cases/{g.near.number}/do/merge/", fields)
        unknown = g.clients["dispatcher"].post(f"/cases/{g.near.number}/do/merge/", {**fields, "main": "370102-0"})
    assert answer.status_code == unknown.status_code == 422
    assert answer.context["form"].errors == unknown.context["form"].errors


def test_who_had_the_form_open_when_it_went_out_of_sight_is_told_nothing(g):
    """The errand was found while the case was there; the move comes after."""
    w, at = g.w, clock.now()
    with transaction.atomic():
        case = stories.accepted(w)
        errand = of_case(case.number, Verb.SPLIT, w.of(w.dispatcher, at), at)
        form = filled(errand, {"summary": "另一件", "category": "city", "note": "两件事"}, case.version)
        assert form.is_valid()
        stories.withheld(w, case)
        with pytest.raises(Http404):
            errand.perform(form)
        transaction.set_rollback(True)


def test_whoever_reported_it_reads_in_neutral_words_that_it_was_passed_on(g):
    said = Client().get(reverse("engagement:receipt", args=[g.report.receipt]), headers={"Accept-Language": "en"})
    words = said.content.decode()
    assert said.status_code == 200
    for secret in ("纪检", "iscipline", "反映的是该部门的事项", "Kept by", "留办"):
        assert secret not in words
    assert "有权处理的机关" in words or "authority that is responsible" in words


def test_those_who_keep_it_read_which_authority_has_it_and_why(g):
    for name in KEEPERS:
        g.clients[name].cookies["django_language"] = "en"
        page = g.clients[name].get(reverse("desk:case", args=[g.case.number])).content.decode()
        assert "Discipline inspection" in page
        assert "反映的是该部门的事项" in page


def test_after_it_came_back_its_history_says_neither_where_it_was_nor_why(g):
    w = g.w
    with taken_back(g.clients["dispatcher"]):
        actions.get_back(g.case, by=w.of(w.desk_officer), at=w.at + 9 * stories.HOUR, note="退回")
        pages = [g.clients[who].get(reverse("desk:case", args=[g.case.number])) for who in ("dispatcher", "inspector")]
        steps = g.clients["dispatcher"].get(f"/api/v1/steps/?case={g.case.number}").content.decode()
        printed = {who: on_paper(g, who) for who in ("dispatcher", "inspector")}
    street, inspector = (page.content.decode() for page in pages)
    assert pages[0].status_code == 200
    assert "反映的是该部门的事项" in inspector
    for secret in ("纪检", "discipline", "Discipline", "反映的是该部门的事项"):
        assert secret not in street
        assert secret not in steps
        assert secret not in printed["dispatcher"]
    assert "反映的是该部门的事项" in printed["inspector"]


def on_paper(g, name: str) -> str:
    at = clock.now()
    return str(steps_told(evidence_of(g.case.number, g.w.of(g.people[name], at), at)))
