"""The case page: who has it, what is due, what this reader may do, and never more than a fixed number of queries."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext

from accountability.models import Duty
from accountability.spans import moment
from accountability.sweep import run_once
from assessment.actions import mark
from audit import clock
from cases import actions
from cases.models import Case, State, Verb
from desk.case_page import page_of
from engagement.models import Report
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def w():
    return world()


def page(client, user, case, **query):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(reverse("desk:case", args=[case.number]), query)


def text(answer) -> str:
    return unescape(answer.content.decode())


def model(w, user, case, at=None):
    at = at or clock.now()
    return page_of(case.number, w.of(user, at), at)


STORIES = {
    "reported": stories.reported,
    "accepted": stories.accepted,
    "at_desk": stories.at_desk,
    "whistled": stories.whistled,
    "inspecting": stories.inspecting,
    "calling_back": stories.calling_back,
    "closing": stories.closing,
    "closed": stories.closed,
}


@pytest.mark.parametrize("story", STORIES)
def test_every_state_has_a_page(client, w, story):
    case = STORIES[story](w)
    for user in (w.dispatcher, w.desk_officer):
        answer = page(client, user, case)
        assert answer.status_code == 200
        assert case.number in text(answer)


def test_who_serves_no_place_of_it_finds_nothing(client, w):
    case = stories.whistled(w)
    for stranger in (w.outsider, w.far_worker, w.market_officer):
        assert page(client, stranger, case).status_code == 404


def test_signed_out_goes_to_sign_in(client, w):
    case = stories.reported(w)
    assert client.get(reverse("desk:case", args=[case.number])).status_code == 302


def counted(client, case) -> int:
    """Queries of a second reading; the first one of a session renews it besides."""
    client.get(reverse("desk:case", args=[case.number]))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("desk:case", args=[case.number])).status_code == 200
    return len(asked)


@pytest.mark.parametrize("story", STORIES)
def test_a_page_takes_few_queries_in_every_state(client, w, story):
    case = STORIES[story](w)
    for user in (w.dispatcher, w.desk_officer):
        client.force_login(user)
        assert counted(client, case) <= MOST_QUERIES


def test_a_units_page_takes_few_queries_before_every_move(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    client.force_login(w.works_officer)
    moves = ((Verb.SIGN, {}), (Verb.RESPOND, {"facts": stories.CONTACT}), (Verb.ARRIVE, {"note": "到"}))
    for verb, given in moves:
        actions.answer(call, verb, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, **given)
        assert counted(client, case) <= MOST_QUERIES


def test_more_rows_take_no_more_queries(client, w):
    case = stories.whistled(w)
    client.force_login(w.dispatcher)
    before = counted(client, case)
    for call in case.summonses.all():
        stories.replies(w, call)
    case = actions.advance(Case.objects.get(pk=case.pk), Verb.REWORK, by=w.of(w.worker), at=clock.now(), note="重来")
    for number in range(3):
        Report.objects.create(case=case, receipt=f"R{number}", words="又来了", received_at=w.at)
    assert counted(client, case) == before


# ---- What it says


def test_it_begins_with_who_has_it_and_what_is_due(w):
    case = stories.whistled(w)
    found = model(w, w.dispatcher, case, at=w.at + 2 * stories.HOUR).finding
    assert "2" in found.lead
    assert found.kind == "info"
    assert w.works.short_name in found.words or w.police.short_name in found.words


def test_what_is_overdue_comes_first_and_in_red(w):
    case = stories.whistled(w)
    found = model(w, w.dispatcher, case, at=w.at + 400 * stories.HOUR).finding
    assert found.kind == "bad"
    assert found.words.startswith(("9 ", "已有 9"))


def test_each_unit_has_a_clock_for_each_phase(w):
    case = stories.whistled(w)
    rows = model(w, w.dispatcher, case, at=w.at + 2 * stories.HOUR).units
    assert [row.call.unit for row in rows] == [w.works, w.police]
    assert [cell.light for row in rows for cell in row.cells] == ["run"] * 2 + ["run", "run"] + ["run"] * 4


def test_late_contact_stays_late_after_it_was_made(w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    late = w.at + 30 * stories.HOUR
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=late)
    actions.answer(call, Verb.RESPOND, by=w.of(w.works_officer), at=late, facts=stories.CONTACT)
    sign, respond, *_rest = model(w, w.dispatcher, case, at=late + stories.HOUR).units[0].cells
    assert (sign.light, respond.light) == ("late", "late")


def test_the_duty_stands_word_for_word_with_its_version(client, w):
    said = text(page(client, w.dispatcher, stories.accepted(w)))
    assert "负责查处" in said
    assert "参考清单第1版" in said
    assert "Provisional" in said


def test_a_case_from_before_the_list_says_so(client, w):
    case = stories.accepted(w)
    Case.objects.filter(pk=case.pk).update(list_version=None, item=None)
    assert "carries no version of the list" in text(page(client, w.dispatcher, case))


def test_why_a_deadline_is_when_it_is(client, w):
    said = text(page(client, w.dispatcher, stories.whistled(w)))
    assert "Why these deadlines" in said
    assert "Counted from" in said


def test_only_one_action_is_filled(client, w):
    for story in STORIES.values():
        case = story(w)
        for user in (w.dispatcher, w.desk_officer, w.works_officer, w.clerk):
            client.force_login(user)
            said = text(page(client, user, case))
            assert len(re.findall(r'class="btn[^"]* (?:go|blow)\b', said)) <= 1


def test_the_next_action_follows_the_list(w):
    assert [one.verb for one in model(w, w.dispatcher, stories.accepted(w)).moves.buttons if one.filled] == [
        Verb.WHISTLE
    ]
    unlisted = stories.reported(w)
    actions.accept(
        unlisted, by=w.of(w.dispatcher), at=w.at, summary="占道", category=w.category, urgency="normal", item=None
    )
    assert [one.verb for one in model(w, w.dispatcher, unlisted).moves.buttons if one.filled] == [Verb.SELF_HANDLE]


def test_closing_before_the_units_replied_is_refused_with_their_names(w):
    refusals = model(w, w.dispatcher, stories.whistled(w)).moves.refusals
    assert [w.works.short_name in one.reason for one in refusals] == [True]


def test_a_reply_without_contact_is_refused_with_what_is_owed(w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR)
    found = model(w, w.works_officer, case, at=w.at + 3 * stories.HOUR).moves
    assert [one.verb for one in found.buttons] == [Verb.RESPOND, Verb.EXTEND, Verb.PAUSE, Verb.DECLINE]
    assert found.refusals[0].label == str(Verb.REPLY.label)


def test_declining_is_offered_as_long_as_it_is_open_and_then_says_until_when_it_was(w):
    case = stories.whistled(w)
    verbs = [button.verb for button in model(w, w.works_officer, case, at=w.at + 2 * stories.HOUR).moves.buttons]
    assert Verb.DECLINE in verbs
    late = model(w, w.works_officer, case, at=w.at + timedelta(days=20)).moves
    assert Verb.DECLINE not in [button.verb for button in late.buttons]
    said = next(refusal.reason for refusal in late.refusals if refusal.label == Verb.DECLINE.label)
    assert "3月11日" in said or "11 Mar" in said


def test_what_the_street_may_wish_of_each_of_several_units_is_folded(client, w):
    few = stories.whistled(w)
    assert model(w, w.dispatcher, few).moves.apart == []
    said, calls = w.item.versions.get(), stories.calls(w)
    for unit in (w.market, w.editors):
        duty = Duty.objects.create(item_version=said, kind="support", party="unit", unit=unit, party_name=unit.name)
        calls.append(actions.Call(unit, leads=False, duty=duty))
    given = {"kind": "enforcement", "first_action": "已劝阻", "calls": calls}
    case = actions.blow_whistle(stories.accepted(w), by=w.of(w.dispatcher), at=w.at + stories.HOUR, **given)
    seen = model(w, w.dispatcher, case).moves
    assert [button.verb for button in seen.apart] == [Verb.EXCUSE] * 3
    assert Verb.EXCUSE not in {button.verb for button in seen.buttons}
    assert "Send a unit back, or let it go" in text(page(client, w.dispatcher, case))


def test_signing_is_one_press_on_the_page(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    where = reverse("cases:summons_move", args=[case.number, call.pk, "sign"])
    assert f'<form method="post" action="{where}"' in text(page(client, w.works_officer, case))


def test_calling_back_leads_to_the_page_that_asks(w):
    case = stories.calling_back(w)
    hrefs = [one.href for one in model(w, w.clerk, case).moves.buttons]
    assert reverse("engagement:call_back", args=[case.number]) in hrefs


def test_who_reported_it_is_masked(client, w):
    case = stories.reported(w)
    Report.objects.create(
        case=case, receipt="ABC", words="我是董小姐，电话13812340427，楼下烧烤", name="董小姐", phone="13812340427",
        received_at=w.at,
    )  # fmt: skip
    said = text(page(client, w.dispatcher, case))
    assert "138****0427" in said
    assert "13812340427" not in said
    assert "董小姐" not in said


def test_steps_are_told_newest_first_and_can_be_narrowed(w):
    case = stories.inspecting(w)
    at = clock.now()
    everything = page_of(case.number, w.of(w.dispatcher, at), at).history
    told = [event.step.seq for event in [*everything.shown, *everything.folded]]
    assert told == sorted(told, reverse=True)
    narrowed = page_of(case.number, w.of(w.dispatcher, at), at, "units").history
    assert {event.step.summons_id is None for event in narrowed.shown} == {False}


def test_stages_that_the_case_skips_are_not_drawn(w):
    with_citizen = model(w, w.dispatcher, stories.whistled(w)).stages
    without = model(w, w.dispatcher, stories.whistled(w, has_citizen=False)).stages
    assert len(without) == len(with_citizen) - 1
    assert [stage.css for stage in with_citizen] == ["ok", "ok", "ok", "now", "", "", ""]


def test_a_rework_moves_no_stage_that_was_passed_before_it(w):
    case, at = stories.closing(w), w.at + 6 * stories.HOUR
    actions.advance(case, Verb.REWORK, by=w.of(w.desk_officer), at=at, note="又回来了")
    call = case.summonses.get(leads=True)
    actions.answer(call, Verb.REPLY, by=w.of(w.works_officer), at=at + stories.HOUR, note="再清")
    _open, accepted, decided, settled, _here, *_ahead = model(w, w.desk_officer, case, at=at + stories.HOUR).stages
    assert accepted.words == decided.words == moment(w.at + stories.HOUR, at)
    assert settled.words == moment(at + stories.HOUR, at)


def test_marks_stand_on_the_closed_case_with_their_sentences(client, w):
    case = stories.closed(w)
    mark([case.steps.get(verb=Verb.CLOSE)], at=clock.now())
    rows = model(w, w.desk_officer, case).marks
    assert {row.mark.unit for row in rows} == {w.works, w.police, w.office}
    assert all(told.words for row in rows for told in row.told)
    assert "The resident said that it is solved." in text(page(client, w.desk_officer, case))


def test_words_and_notes_are_shown_never_obeyed(client, w):
    case = stories.reported(w)
    Case.objects.filter(pk=case.pk).update(summary="<script>alert(1)</script>")
    client.force_login(w.dispatcher)
    raw = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "<script>alert(1)" not in raw


def test_it_says_how_the_resident_was_asked(client, w):
    """Not reached three times, and an answer by the receipt: neither is the outcome of a call."""
    case = stories.calling_back(w)
    actions.advance(
        case, Verb.CALL_BACK, by=w.of(w.clerk), at=w.at + timedelta(hours=4), facts={"outcome": "unreachable"}
    )
    told = {"outcome": "rated", "solved": False, "grade": "dissatisfied"}
    actions.advance(case, Verb.RATE, by=None, at=w.at + timedelta(hours=5), facts=told)
    shown = text(page(client, w.dispatcher, case))
    assert "Called as often as the rule says, nobody reached" in shown
    assert "By their receipt · Not solved · Dissatisfied" in shown


def test_a_street_that_turned_it_down_answered_and_did_not_accept(w):
    case = stories.reported(w)
    actions.advance(case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="是私事，找法院")
    assert [timed.look.words for timed in model(w, w.dispatcher, case).own_clocks] == [gettext("Answered")]
    taken = model(w, w.dispatcher, stories.accepted(w)).own_clocks[0]
    assert taken.look.words == gettext("Accepted")


def test_what_is_overdue_stands_at_its_due_moment_not_at_the_sweep(client, w):
    case = stories.reported(w)
    late = w.at + timedelta(days=30)
    run_once(late)
    lapse = case.steps.get(verb=Verb.LAPSE)
    due = datetime.fromisoformat(lapse.facts["due_at"])
    event = next(event for event in model(w, w.dispatcher, case).history.shown if event.step == lapse)
    assert (event.at, event.when) == (due, gettext("due %(when)s") % {"when": moment(due, clock.now())})
    assert f'datetime="{localtime(due).isoformat()}"' in text(page(client, w.dispatcher, case))


def test_a_rework_is_told_once(w):
    case = stories.inspecting(w)
    actions.advance(case, Verb.REWORK, by=w.of(w.inspector), at=w.at + timedelta(hours=5), note="墙面没有复原")
    told = model(w, w.inspector, case).history
    assert [event.step.verb for event in told.shown].count(Verb.REWORK) == 1
    assert told.all == len(told.shown) + len(told.folded)


def test_once_closed_nobody_waits_for_an_answer(client, w):
    case = stories.closed(w)
    Report.objects.create(case=case, words="油烟", wants_answer=True, received_at=w.at, receipt="K7M392ABCDEF")
    shown = text(page(client, w.desk_officer, case))
    assert "Wanted an answer" in shown
    assert "Waits for an answer" not in shown


@pytest.mark.parametrize("story", [stories.reported, stories.whistled])
def test_each_part_stands_once_and_a_short_case_fills_both_columns(client, w, story):
    shown = text(page(client, w.dispatcher, story(w)))
    body, beside = shown.split('class="stack body"')[1].split('class="stack facts"')
    assert shown.count("On file</h2>") == shown.count("own clocks</h2>") == 1
    assert ("On file</h2>" in body) == (story is stories.reported)
    assert ("On file</h2>" in beside) == (story is stories.whistled)


def test_a_case_that_was_merged_or_taken_out_again_was_not_accepted_by_that(w):
    case = stories.merged(w)

    def words() -> list[str]:
        return [timed.look.words for timed in model(w, w.dispatcher, case).own_clocks if not timed.running]

    assert words() == [str(State.MERGED.label)]
    actions.unmerge(case, by=w.of(w.dispatcher), at=w.at + 3 * stories.HOUR, note="另一处")
    assert words() == [str(State.MERGED.label)]


def test_no_leader_is_said_to_approve_a_whistle_that_nobody_has_blown(w):
    def said(case) -> set[str]:
        return {refusal.label for refusal in model(w, w.dispatcher, case).moves.refusals}

    whistles = {str(Verb.APPROVE.label), str(Verb.PASS_UP.label)}
    assert not whistles & said(stories.accepted(w))
    assert whistles & said(stories.before_the_leader(w)) == {str(Verb.APPROVE.label)}
