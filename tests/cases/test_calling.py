"""Whether a whistle goes out at once: by the list, and by whom it called before."""

import pytest

from cases import actions
from cases.models import State
from cases.moves import MoveRefused
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def whistle(w, case, *calls):
    return actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=w.at + stories.HOUR, kind="enforcement", first_action="已劝阻", calls=calls
    )


def test_a_supporting_unit_of_the_list_is_called_later_without_the_desk(w):
    lead, support = stories.calls(w)
    case = whistle(w, whistle(w, stories.accepted(w), lead), support)
    assert case.state == State.IN_HAND
    assert list(case.summonses.order_by("pk").values_list("unit", "leads")) == [
        (w.works.pk, True), (w.police.pk, False),
    ]  # fmt: skip


def test_a_first_whistle_without_the_lists_lead_waits_at_the_desk(w):
    support = stories.calls(w)[1]
    assert whistle(w, stories.accepted(w), actions.Call(w.police, True, support.duty)).state == State.AT_DESK


def test_a_second_leading_unit_is_refused(w):
    lead, support = stories.calls(w)
    case = whistle(w, stories.accepted(w), lead)
    with pytest.raises(MoveRefused) as refused:
        whistle(w, case, actions.Call(w.police, True, support.duty))
    assert refused.value.code == "no_lead"
