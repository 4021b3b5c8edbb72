"""Many steps are told of by as many statements as one, whatever they are steps of; each to whom it concerns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admission.models import Step as AdmissionStep
from alerts import consumers
from alerts.models import Alert
from assessment.reckoning import citable, reckon
from cases.actions.proposing import propose
from outbox.models import Message
from tests import stories
from tests.admission.ground import granted, ground, pledge, task
from tests.present import now, present

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return ground(present(monkeypatch))


def of_cases(w) -> None:
    stories.closed(now(w))


def of_admission(w) -> None:
    number = AdmissionStep.objects.count()
    task(w, granted(w, matter=f"第{number}件"), title=f"第{number}次")
    pledge(w, basis=str(number))


def of_proposals(w) -> None:
    propose(None, wish="写清谁牵头", reason="争议不断", by=w.of(w.dispatcher), at=w.at)


def of_reckonings(w) -> None:
    case = stories.whistled(now(w))
    for duty in citable(case):
        reckon(case, duty=duty, evidence="到期无人到场", opinion="约谈", by=w.of(w.inspector), at=w.at)


WAYS = [
    ("case.step", of_cases, consumers.tell_of_step),
    ("admission.step", of_admission, consumers.tell_of_admission),
    ("proposal", of_proposals, consumers.tell_of_proposal),
    ("reckoning", of_reckonings, consumers.tell_of_reckoning),
]


@pytest.mark.parametrize(("topic", "happens", "tell"), WAYS)
def test_many_are_told_of_by_as_many_statements_as_one(w, topic, happens, tell):
    def told(number: int) -> int:
        before, alerts = set(Message.objects.values_list("pk", flat=True)), Alert.objects.count()
        for _ in range(number):
            happens(w)
        letters = Message.objects.filter(topic=topic).exclude(pk__in=before).order_by("pk")
        payloads = list(letters.values_list("payload", flat=True))
        with CaptureQueriesContext(connection) as said:
            tell(payloads, w.at)
        assert Alert.objects.count() >= alerts + number
        return len(said)

    of_one = told(1)
    assert told(5) == of_one
