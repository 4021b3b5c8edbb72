"""What stands on the supervision board, in which group, for whom, and what each row offers to do next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.sweep import run_once
from cases import actions
from cases.models import Order, Summons, Verb
from desk import supervision
from desk.supervised import OPEN, rows_of
from desk.supervision import ANSWER, GROUPS, JUDGE, LEADER, RED, YELLOW, Board
from people.models import Role
from tests import stories
from tests.present import present
from tests.world import person, post, with_ladder, world

pytestmark = pytest.mark.django_db
PAGE = reverse("desk:supervision")
DAY = timedelta(days=1)


@pytest.fixture
def w():
    w = with_ladder(world())
    w.chief = post(person("chief", "区领导"), Role.DISTRICT_LEADER, w.district)
    w.case = stories.whistled(w)
    w.call = w.case.summonses.get(unit=w.works)
    return w


def after(w, days: int):
    """So many days later, and the sweep was there."""
    w.now = w.at + days * DAY
    run_once(w.now)
    w.now += timedelta(minutes=1)  # whoever answers does so after it was issued
    return w


def board(w, user, **narrowed) -> Board:
    return Board(w.of(user, w.now), w.now, **narrowed)


def counted(w, user, **narrowed) -> dict[str, int]:
    return {group: number for group, number in board(w, user, **narrowed).counts.items() if number}


def rows(w, user, group: str = ""):
    entries, _more = board(w, user).page(group, None)
    return rows_of(entries, w.of(user, w.now), w.now)


def answers(w) -> Order:
    order = Order.objects.get(summons=w.call)
    actions.answer(
        Summons.objects.get(pk=w.call.pk), Verb.ANSWER, by=w.of(w.works_officer, w.now), at=w.now, note="周四修复"
    )
    return order


# The replies are due after five working days, a week after the call; two units were called, both stay silent.
@pytest.mark.parametrize(
    ("days", "found"),
    [(1, {}), (6, {YELLOW: 2}), (8, {RED: 2}), (10, {ANSWER: 2}), (15, {ANSWER: 2, LEADER: 2})],
)
def test_a_reply_stands_where_the_ladder_has_it(w, days, found):
    assert counted(after(w, days), w.inspector) == found


def test_an_answered_order_waits_to_be_judged(w):
    answers(after(w, 10))
    assert counted(w, w.inspector) == {JUDGE: 1, ANSWER: 1}


def test_what_was_judged_stands_by_its_card_again_until_the_unit_replies(w):
    answers(after(w, 10))
    call = Summons.objects.get(pk=w.call.pk)
    facts = {"verdict": "remedied"}
    actions.answer(call, Verb.CLOSE_ORDER, by=w.of(w.inspector, w.now), at=w.now, note="看过", facts=facts)
    assert counted(w, w.inspector) == {ANSWER: 1, RED: 1}
    stories.replies(w, Summons.objects.get(pk=w.call.pk), w.now)
    assert counted(w, w.inspector) == {ANSWER: 1}


def test_each_sees_what_they_oversee_or_answer_for(w):
    after(w, 10)
    for user in (w.inspector, w.desk_officer, w.chief, w.assessor, w.dispatcher, w.street_leader):
        assert counted(w, user) == {ANSWER: 2}
    assert counted(w, w.works_officer) == {ANSWER: 1}
    assert counted(w, w.outsider) == {}


def test_one_unit_and_one_street_can_be_chosen(w):
    after(w, 10)
    assert counted(w, w.inspector, unit=w.works.code) == {ANSWER: 1}
    assert counted(w, w.inspector, street=w.street.code) == {ANSWER: 2}
    assert counted(w, w.inspector, street=w.other_street.code) == {}
    assert [unit.code for unit in board(w, w.inspector).units] == ["CG", "GA"]


def offered(w, user, group: str = "") -> set[str]:
    return {str(row.label) for row in rows(w, user, group)}


def test_the_one_next_step_is_one_that_its_reader_may_take(w):
    after(w, 8)
    assert offered(w, w.inspector) == {str(Verb.ORDER.label)}
    assert offered(w, w.desk_officer) == {str(OPEN)}
    after(w, 10)
    assert offered(w, w.works_officer) == {str(Verb.ANSWER.label)}
    assert offered(w, w.inspector) == {str(OPEN)}
    answers(w)
    assert offered(w, w.inspector, JUDGE) == {_("Judge the answer")}
    assert offered(w, w.works_officer) == {str(OPEN)}


def test_who_has_ordered_by_hand_is_not_offered_a_second_one(w):
    after(w, 15)
    call = Summons.objects.get(pk=w.call.pk)
    actions.answer(call, Verb.ORDER, by=w.of(w.inspector, w.now), at=w.now, note="请说明何时修复")
    offers = {row.call.unit.code: str(row.label) for row in rows(w, w.inspector, LEADER)}
    assert offers == {"CG": str(OPEN), "GA": str(Verb.ORDER.label)}


def test_pages_follow_each_other_through_the_groups_without_gap_or_repeat(w, monkeypatch):
    for _more in range(2):
        stories.whistled(w)
    answers(after(w, 15))
    monkeypatch.setattr(supervision, "SIZE", 2)
    whole = board(w, w.inspector)
    found, key = whole.page("", None)
    while key:
        more, key = board(w, w.inspector).page("", key)
        found += more
    kept = [(entry.group, entry.thing.pk) for entry in found]
    assert len(kept) == len(set(kept)) == sum(whole.counts.values()) == 12
    assert [group for group in GROUPS if group in dict(kept)] == list(dict.fromkeys(group for group, _pk in kept))


# ---- The page


@pytest.fixture
def now(monkeypatch):
    w = with_ladder(present(monkeypatch))
    w.case = stories.whistled(w)
    w.call = w.case.summonses.get(unit=w.works)
    actions.answer(w.call, Verb.ORDER, by=w.of(w.inspector), at=w.at, note="请说明何时修复")
    return w


def page(client, user, query=""):
    client.force_login(user)
    return client.get(f"{PAGE}{query}")


def test_every_count_opens_a_list_of_as_many(client, now):
    answer = page(client, now.inspector)
    for chip in answer.context["chips"]:
        listed = client.get(chip.href).context["groups"]
        assert sum(len(rows) for _title, _count, rows in listed) == chip.count
    assert {chip.label: chip.count for chip in answer.context["chips"]}[GROUPS[ANSWER]] == 1


def test_a_made_up_key_begins_at_the_beginning(client, now):
    for after in ("x", "red,2026-01-01,1", "answer,2026-01-01T00:00:00+00:00,x", "answer,,"):
        assert page(client, now.inspector, f"?after={after}").context["groups"]


def test_whoever_neither_oversees_nor_answers_has_no_board(client, now):
    assert page(client, now.clerk).status_code == 404
    assert page(client, now.works_officer).status_code == 200


def test_the_queries_do_not_grow(client, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    page(client, now.inspector)
    few = queries()
    for _more in range(4):
        call = stories.whistled(now).summonses.get(unit=now.works)
        actions.answer(call, Verb.ORDER, by=now.of(now.inspector), at=now.at, note="请说明何时修复")
    assert queries() == few
    assert few <= 16
