"""Proposals for the list: by whoever works with it, the most disputed first, answered with reasons."""

from datetime import timedelta

import pytest

from alerts.models import Alert
from alerts.sentences import sentence_of_proposal
from cases import actions
from cases.models import Case, Proposal, Verb
from cases.proposing import ProposalRefused
from outbox.actions import drain_all
from people.models import Role
from tests import stories
from tests.world import person, post, seat, world

pytestmark = pytest.mark.django_db
SAID = {"wish": "主责改为区市场监管局", "reason": "三件来回退"}


@pytest.fixture
def w():
    return world()


def made(w, by=None, item="", **said) -> Proposal:
    return actions.propose(w.item if item == "" else item, by=w.of(by or w.works_officer), at=w.at, **{**SAID, **said})


def refused(call, *args, **said) -> str:
    with pytest.raises(ProposalRefused) as caught:
        call(*args, **said)
    assert caught.value.sentence.endswith(("。", "."))
    return str(caught.value.code)


def disputed(w) -> Case:
    case = stories.whistled(w)
    call = case.summonses.get(leads=True)
    by, at = w.of(w.works_officer), w.at + 2 * stories.HOUR
    actions.answer(call, Verb.SIGN, by=by, at=at)
    actions.decline(call, by=by, at=at, note="清单第一条：不属我局", facts={"to": "SJ", "duty": w.duty.pk})
    return case


def test_the_office_is_told_and_whoever_made_it_what_became_of_it(w):
    one = made(w)
    drain_all(w.at)
    (alert,) = Alert.objects.filter(proposal=one)
    assert alert.recipient == w.establishment
    assert "等" in sentence_of_proposal(one, w.establishment.pk)
    one = actions.answer_proposal(one, upshot="refused", answer="职责已写明", by=w.of(w.establishment), at=w.at)
    drain_all(w.at)
    drain_all(w.at)
    alert = Alert.objects.get(recipient=w.works_officer)
    assert "未采纳" in sentence_of_proposal(alert.proposal, w.works_officer.pk)
    assert Alert.objects.count() == 2


def test_the_most_disputed_stands_first(w):
    first = made(w, item=None)
    case = disputed(w)
    Case.objects.filter(pk=case.pk).update(item=None)
    named = made(w, item=None, numbers=[case.number], by=w.dispatcher)
    at = w.at + timedelta(days=1)
    assert [one.pk for one in Proposal.objects.open().counted(at).order_by("-disputed", "pk")] == [named.pk, first.pk]
    Case.objects.filter(pk=case.pk).update(item=w.item)
    of_item = made(w)
    assert Proposal.objects.counted(at).get(pk=of_item.pk).disputed == 1
    assert Proposal.objects.counted(w.at + timedelta(days=400)).get(pk=of_item.pk).disputed == 0


def test_nobody_answers_what_is_not_theirs_to_answer(w):
    one = made(w)
    said = {"upshot": "taken", "answer": "采纳", "at": w.at}
    assert refused(actions.answer_proposal, one, by=w.of(w.desk_officer), **said) == "wrong_person"
    own = made(w, by=w.establishment)
    assert refused(actions.answer_proposal, own, by=w.of(w.establishment), **said) == "same_person"
    assert refused(actions.answer_proposal, one, by=w.of(w.establishment), **{**said, "answer": " "}) == "words_missing"
    assert refused(actions.answer_proposal, one, by=w.of(w.establishment), **{**said, "upshot": "x"}) == "no_upshot"
    actions.answer_proposal(one, by=w.of(w.establishment), **said)
    second = seat(person("second", "编办二", w.editors), Role.ESTABLISHMENT, w.editors)
    assert refused(actions.answer_proposal, one, by=w.of(second), **said) == "decided_already"


def test_what_is_no_proposal_is_refused_by_name(w):
    unseen = stories.reported(w).number
    assert refused(made, w, wish=" ") == "words_missing"
    assert refused(made, w, numbers=[unseen]) == "unknown_case"
    assert refused(made, w, numbers=[f"1-{n}" for n in range(21)]) == "too_many_cases"
    assert refused(made, w, by=post(person("root", "管理员"), Role.SYSTEM_ADMIN, w.district)) == "wrong_person"
    made(w)
    assert refused(made, w) == "asked_already"
    assert Proposal.objects.count() == 1
