"""Who hears of a declined call: the desk, then those before whom it lies, and at the end the units."""

import pytest

from alerts.actions import tell
from alerts.models import Alert
from alerts.sentences import sentence
from cases import actions
from cases.models import Step, Summons, Verb
from people.models import Role, Unit
from tests import stories
from tests.present import present
from tests.world import person, post, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.justice = Unit.objects.create(code="SF", name="区司法局", short_name="区司法局", kind="government")
    w.legal = seat(person("legal", "司法", w.justice), Role.LEGAL, w.justice)
    w.chief = post(person("chief", "区领导"), Role.DISTRICT_LEADER, w.district)
    w.at += 2 * stories.HOUR
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def make(w, action, by, at, **more):
    call = Summons.objects.get(pk=w.call.pk)
    return action(call, by=w.of(by, w.at + at * stories.HOUR), at=w.at + at * stories.HOUR, note="理由", **more)


def heard(w, verb) -> set[str]:
    step = Step.objects.get(verb=verb)
    tell([step.pk], at=w.at + 9 * stories.HOUR)
    assert sentence(step).strip() != str(verb.label)
    return set(Alert.objects.filter(step=step).values_list("recipient__username", flat=True))


def test_each_bench_hears_what_lies_before_it_and_the_unit_how_it_ends(w):
    make(w, actions.decline, w.works_officer, 2, facts={"to": "SJ", "duty": w.duty.pk})
    assert heard(w, Verb.DECLINE) == {"desk", "dispatcher"}
    make(w, actions.put_before, w.desk_officer, 3, verb=Verb.CONFER)
    assert heard(w, Verb.CONFER) == {"editor", "legal", "works"}
    make(w, actions.put_before, w.legal, 4, verb=Verb.REFER)
    assert heard(w, Verb.REFER) == {"chief", "works"}
    make(w, actions.uphold, w.chief, 5, facts={"to": "SJ"})
    assert heard(w, Verb.UPHOLD) == {"works", "dispatcher"}


def test_the_other_office_hears_of_a_ruling_that_takes_its_word_and_both_of_what_was_ruled(w):
    make(w, actions.decline, w.works_officer, 2, facts={"to": "SJ", "duty": w.duty.pk})
    make(w, actions.put_before, w.desk_officer, 3, verb=Verb.CONFER)
    make(w, actions.put_to, w.establishment, 4, facts={"ruling": "denied"})
    assert heard(w, Verb.PUT_TO) == {"legal"}
    make(w, actions.deny, w.legal, 5)
    assert heard(w, Verb.DENY) == {"works", "dispatcher", "editor"}
