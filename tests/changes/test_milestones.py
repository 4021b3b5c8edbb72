"""Milestones by reviewed change: what is due by itself in a situation, from a day on, for what begins by then."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accountability.models import Clock, Limit, Phase, Situation
from cases import actions
from changes.actions import Wanted, apply_due
from changes.kinds import ChangeRefused, kind_of
from tests import stories
from tests.changes.drafting import approved, drafted, rows_of
from tests.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FENCED = {"urgency": "normal", "milestone": "围护", "amount": 3, "unit": "clock_hour", "basis": None}


@pytest.fixture
def w():
    w = world()
    said = {"looks_like": "冒水", "photograph": "全貌", "first_action": "围护"}
    w.burst = Situation.objects.create(item=w.item, code="X-1", name="水管破裂", **said)
    Limit.objects.create(
        urgency="normal", phase=Phase.RESULT, situation=w.burst, milestone="修复", amount=8, unit="clock_hour",
        basis="试验", since="2020-01-01",
    )  # fmt: skip
    return w


def wanted(w, rows, days=1) -> Wanted:
    return Wanted("围护三小时", "试验文号〔2026〕3号", {"milestones": rows}, localdate(w.at) + timedelta(days))


def there(w):
    return rows_of("milestones", "X-1", w.at)["milestones"]


def refused(w, rows) -> str:
    with pytest.raises(ChangeRefused) as caught:
        drafted(w, wanted(w, rows), kind="milestones", subject="X-1")
    assert caught.value.sentence
    return caught.value.code


def parts(w, call) -> dict:
    running = Clock.objects.running().of("summons", [call.pk]).exclude(milestone="")
    return dict(running.values_list("milestone", "limit__amount"))


def called(w, at):
    """Somebody leads in this situation from this moment on."""
    case = actions.accept(
        stories.reported(w), by=w.of(w.dispatcher, at), at=at, summary="水管破裂", category=w.category,
        urgency="normal", item=w.item, situation=w.burst,
    )  # fmt: skip
    case = actions.blow_whistle(
        case, by=w.of(w.dispatcher, at), at=at, kind="enforcement", first_action="已围挡", calls=stories.calls(w)
    )
    return case.summonses.get(leads=True)


def test_what_begins_from_that_day_on_has_the_new_one_and_what_runs_keeps_its_own(w):
    first = called(w, w.at + timedelta(hours=2))
    assert parts(w, first) == {"修复": 8}
    (old,) = there(w)
    approved(w, wanted(w, [{**old, "amount": 4}, FENCED]), kind="milestones", subject="X-1")
    apply_due(at=w.at + DAY)
    assert parts(w, first) == {"修复": 8}
    assert parts(w, called(w, w.at + DAY + timedelta(hours=2))) == {"修复": 4, "围护": 3}
    assert Limit.objects.get(milestone="围护").basis == "试验文号〔2026〕3号"


def test_the_second_person_reads_what_becomes_of_it(w):
    called(w, w.at + timedelta(hours=2))
    (old,) = there(w)
    before = {"milestones": [old]}
    after = {"milestones": [{**old, "amount": 4}, FENCED]}
    lines = kind_of("milestones").impact("X-1", before, after, localdate(w.at) + DAY, w.at).lines
    assert any("修复" in line and "1" in line for line in lines)
    assert any("围护" in line for line in lines)


def test_it_is_refused_by_name(w):
    (old,) = there(w)
    assert refused(w, []) == "other_milestones"
    assert refused(w, [old, FENCED, FENCED]) == "named_twice"
    assert refused(w, [old, {**FENCED, "milestone": " "}]) == "no_milestone"
    assert refused(w, [old, {**FENCED, "amount": 0}]) == "odd_amount"
    Limit.objects.filter(milestone="修复").update(since=localdate(w.at) + 5 * DAY)
    kind, after, day = kind_of("milestones"), {"milestones": [{**old, "amount": 4}]}, localdate(w.at) + DAY
    with pytest.raises(ChangeRefused) as caught:
        kind.check("X-1", {"milestones": [old]}, after, day, w.at)
    assert caught.value.code == "another_from_that_day"
    with pytest.raises(ChangeRefused):
        kind.label("Y-9")
