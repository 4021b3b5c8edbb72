"""A called unit declines: in time, once, with its ground and the unit believed right; till decided it goes on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accountability.models import Clock, Duty, ItemVersion, ListVersion
from audit import clock
from cases import actions, disputed
from cases.citing import citable
from cases.disputing import until
from cases.models import Answer, Bench, Case, Dispute, Summons, Verb
from cases.moves import MoveRefused
from desk.bundle.happened import steps_told
from desk.bundle.reading import read
from engagement.progress import lines
from tests import stories
from tests.present import present
from tests.world import world

pytestmark = pytest.mark.django_db
HOUR = stories.HOUR
INSTANT = timedelta(microseconds=1)
GROUND = "清单中我局负责查处食品，占道由市监管"


@pytest.fixture
def w():
    w = world()
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def decline(w, *, by=None, at=None, note=GROUND, call=None, **facts):
    at, facts = at or w.at + 2 * HOUR, {"to": "SJ", "duty": w.duty.pk, **facts}
    call = Summons.objects.select_related("case", "unit").get(pk=(call or w.call).pk)
    return actions.decline(call, by=w.of(by or w.works_officer, at), at=at, note=note, facts=facts)


def refusal(w, **more) -> str:
    with pytest.raises(MoveRefused) as refused:
        decline(w, **more)
    assert refused.value.sentence.strip()
    return str(refused.value.code)


def test_the_unit_stays_where_it_stood_and_its_clocks_run_on(w):
    running = Clock.objects.of("summons", [w.call.pk]).order_by("pk").values_list("due_at", "stopped_at", "paused_at")
    before = list(running)
    call = decline(w)
    assert (call.state, list(running.all())) == (Answer.SENT, before)
    dispute = Dispute.objects.get()
    assert (dispute.unit, dispute.believed, dispute.bench, dispute.is_open) == (w.works, w.market, Bench.DESK, True)
    assert dispute.ground == GROUND


def test_the_desk_has_four_working_hours(w):
    decline(w)
    clock = Clock.objects.get(subject_kind="dispute")
    assert (clock.phase, clock.holder) == ("desk", w.desk)
    assert f"{clock.due_at:%m-%d %H:%M}" == "03-09 09:30"


def test_the_step_keeps_the_ground_and_the_unit_believed_right(w):
    decline(w)
    step = w.call.steps.get(verb=Verb.DECLINE)
    assert (step.note, step.unit, step.facts["called"]) == (GROUND, w.works, w.market.name)


def test_the_duty_is_kept_and_quoted_word_for_word(w):
    decline(w)
    assert Dispute.objects.get().duty == w.duty
    assert w.call.steps.get(verb=Verb.DECLINE).facts["cited"] == {
        "party": w.works.name, "kind": "lead", "text": "负责查处", "item": "ZHZF-01", "version": 1,
        "list": w.version.label,
    }  # fmt: skip


def test_a_duty_of_any_unit_of_the_item_may_be_cited_the_streets_too(w):
    street = w.item.versions.get().duties.get(party="street")
    decline(w, duty=street.pk)
    assert Dispute.objects.get().duty == street


def in_version(w, number: int, **said) -> Duty:
    """What the item says in another version of the list."""
    version = ListVersion.objects.create(kind=w.list_kind, number=number, label="另一版", **said)
    row = ItemVersion.objects.create(version=version, item=w.item, area="综合执法", title="占道经营")
    return Duty.objects.create(
        item_version=row, kind="lead", party="unit", unit=w.works, party_name="城管", text="新的"
    )


def test_only_the_list_as_the_case_keeps_it_can_be_cited(w):
    ListVersion.objects.update(in_force_until=date(2026, 3, 1))  # the case was accepted under it all the same
    newer = in_version(w, 2, in_force_from=date(2026, 3, 1))
    older = in_version(w, 9, in_force_from=date(2019, 1, 1), in_force_until=date(2020, 1, 1))
    assert refusal(w, duty=newer.pk) == refusal(w, duty=older.pk) == "other_version"
    assert refusal(w, duty=w.city_item.versions.get().duties.first().pk) == "other_item"
    assert refusal(w, duty=10**30) == refusal(w, duty="x") == "no_duty"
    assert refusal(w, duty="") == "duty_missing"
    assert not Dispute.objects.exists()


def test_a_case_under_no_item_is_declined_by_a_stated_ground_alone(w):
    Case.objects.filter(pk=w.call.case_id).update(item=None)
    assert refusal(w) == "no_duty_text"
    decline(w, duty=None)
    assert (Dispute.objects.get().duty, Dispute.objects.get().ground) == (None, GROUND)


def test_verify_tells_when_a_dispute_cites_what_its_unit_did_not(w):
    decline(w)
    assert list(disputed.faults()) == []
    Dispute.objects.update(duty=w.item.versions.get().duties.get(party="street"))
    (said,) = disputed.faults()
    assert w.call.case.number in said


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"note": "  "}, "note_missing"), ({"to": ""}, "facts_missing"), ({"to": "XX"}, "no_unit"),
        ({"to": "DESK"}, "no_unit"), ({"to": "CG"}, "same_unit"), ({"to": "GA"}, "called_already"),
    ],
)  # fmt: skip
def test_without_a_ground_or_another_unit_nothing_is_declined(w, given, code):
    assert refusal(w, **given) == code
    assert not Dispute.objects.exists()


def test_exactly_at_the_end_of_the_window_it_may_be_declined_and_not_a_moment_later(w):
    last = until(w.call, w.at)
    assert refusal(w, at=last + INSTANT) == "declined_late"
    decline(w, at=last)


def test_only_the_called_unit_declines(w):
    for by in (w.police_officer, w.dispatcher, w.desk_officer, w.market_officer):
        assert refusal(w, by=by) == "wrong_person"


def test_what_the_street_takes_on_itself_is_not_declined(w):
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + HOUR, level="station", unit=w.station, note="派中队"
    )
    assert refusal(w, call=case.summonses.get(), by=w.station_officer) == "wrong_person"


@pytest.mark.parametrize("verb", [Verb.DECLINE, Verb.PUT_TO, Verb.UPHOLD, Verb.DENY, Verb.CONFER, Verb.REFER])
def test_a_move_of_a_dispute_is_made_by_its_own_action_alone(w, verb):
    with pytest.raises(MoveRefused) as refused:
        actions.answer(w.call, verb, by=w.of(w.works_officer), at=w.at + 2 * HOUR, note=GROUND, facts={"to": "SJ"})
    assert refused.value.code == "own_form"


def test_a_unit_declines_a_case_once(w):
    decline(w)
    assert refusal(w) == "declined_before"


def test_a_street_that_takes_its_call_back_wins_nothing_against_a_unit_that_had_declined(w):
    decline(w)
    at = w.at + 2.5 * HOUR
    case = Case.objects.get(pk=w.call.case_id)
    actions.advance(case, Verb.WITHDRAW, by=w.of(w.dispatcher, at), at=at, note="先自己看看")
    again = actions.blow_whistle(
        Case.objects.get(pk=case.pk), by=w.of(w.dispatcher, at), at=at, kind="enforcement", first_action="又来了",
        calls=stories.calls(w),
    )  # fmt: skip
    mine = again.summonses.filter(unit=w.works).latest("pk")
    decline(w, call=mine, at=at + HOUR / 2)
    assert list(Dispute.objects.order_by("pk").values_list("ruling", flat=True)) == ["withdrawn", ""]
    assert refusal(w, call=mine, at=at + HOUR) == "declined_before"
    assert list(disputed.faults()) == []


def test_the_case_waits_for_the_unit_as_before_and_its_reply_withdraws_the_dispute(w):
    decline(w)
    for call in Case.objects.get(pk=w.call.case_id).summonses.all():
        stories.replies(w, call, w.at + 3 * HOUR)
    dispute, clock = Dispute.objects.get(), Clock.objects.get(subject_kind="dispute")
    assert (dispute.ruling, dispute.decided_at) == ("withdrawn", clock.stopped_at)
    assert Case.objects.get(pk=w.call.case_id).state == "inspecting"


def test_who_reported_it_reads_nothing_of_it(w):
    decline(w)
    told = [line.words for line in lines(w.call.case.steps.order_by("seq"), w.at + 3 * HOUR)]
    assert not any("占道由市监管" in words or "退单" in words for words in told)


# ---- The page, at this very moment


@pytest.fixture
def now(monkeypatch):
    w = present(monkeypatch)
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def where(w, verb=Verb.DECLINE) -> str:
    return reverse("cases:summons_move", args=[w.call.case.number, w.call.pk, verb])


def test_the_form_shows_what_the_list_says_and_until_when(client, now):
    client.force_login(now.works_officer)
    page = client.get(where(now)).content.decode()
    for duty in citable(now.call.case):
        assert f'value="{duty.pk}"' in page
        assert duty.text in page
    assert "只能退一次" in page


def test_a_declined_call_says_so_on_the_case_page(client, now):
    client.force_login(now.works_officer)
    assert client.post(where(now), {"note": GROUND, "to": "SJ", "duty": now.duty.pk}).status_code == 302
    page = client.get(reverse("desk:case", args=[now.call.case.number])).content.decode()
    assert "退单待定" in page
    assert GROUND in page
    history = page[page.index(GROUND) - 800 : page.index(GROUND)]
    assert "负责查处" in history
    assert now.version.label in history


def test_the_page_of_the_dispute_quotes_the_duty(client, now):
    client.force_login(now.works_officer)
    client.post(where(now), {"note": GROUND, "to": "SJ", "duty": now.duty.pk})
    page = client.get(reverse("cases:dispute", args=[now.call.case.number, now.call.pk])).content.decode()
    cited = page[page.index('class="cited"') : page.index(GROUND)]
    assert "负责查处" in cited
    assert now.version.label in cited


def test_the_evidence_quotes_the_duty(client, now):
    client.force_login(now.works_officer)
    client.post(where(now), {"note": GROUND, "to": "SJ", "duty": now.duty.pk})
    evidence = read(now.call.case.number, now.of(now.works_officer, clock.now()), clock.now())
    (cited,) = [step["cited"] for step in steps_told(evidence) if step["cited"]]
    assert cited["text"] == {"zh": "负责查处"}


@pytest.mark.parametrize("given", [{}, {"duty": "999999999"}, {"duty": "abc"}])
def test_without_a_duty_of_the_case_the_page_says_so_at_the_field(client, now, given):
    client.force_login(now.works_officer)
    answer = client.post(where(now), {"note": GROUND, "to": "SJ", **given})
    assert answer.status_code == 422
    assert answer.context["form"].errors["duty"]
    assert not Dispute.objects.exists()


def test_what_is_missing_is_said_at_its_field_and_the_words_are_kept(client, now):
    client.force_login(now.works_officer)
    answer = client.post(where(now), {"note": GROUND, "to": "", "duty": now.duty.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["to"]
    assert GROUND in answer.content.decode()


def test_the_page_of_a_second_declining_says_why_not(client, now):
    client.force_login(now.works_officer)
    client.post(where(now), {"note": GROUND, "to": "SJ", "duty": now.duty.pk})
    answer = client.get(where(now))
    assert answer.status_code == 409
