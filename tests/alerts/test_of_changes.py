"""Messages of changes: whoever may decide one hears of it, its author hears the decision, and nobody else does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alerts import of_changes
from alerts.models import Alert
from audit import clock
from changes.actions import apply_due, approve, reject, withdraw
from changes.models import Change, Verb
from outbox.actions import drain_all
from people.models import Role
from tests.changes.drafting import approved, drafted, rows_of, sent, shorter
from tests.lately import lately
from tests.world import person, seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.at = clock.now()
    return w


def told(verb: Verb) -> set[str]:
    drain_all(clock.now())
    return set(Alert.objects.filter(change_step__verb=verb).values_list("recipient__username", flat=True))


def roster(w) -> Change:
    after = rows_of("roster", "CG", w.at)
    row = {"who": "值班室", "phone": "0531-1", "begins": "00:00", "ends": "00:00", "weekday": None, "since": None}
    after["rows"].append({**row, "until": None, "basis": "试验"})
    return sent(w, replace(shorter(w.at, days=0), after=after), kind="roster", subject="CG", by=w.works_officer)


def test_whoever_may_decide_it_is_told_and_nobody_else(w):
    seat(person("boss", "区领导", w.desk), Role.DISTRICT_LEADER, w.desk)
    admin = seat(person("admin", "管理", w.desk), Role.SYSTEM_ADMIN, w.desk)
    seat(admin, Role.INSPECTOR, w.supervision)
    sent(w)
    assert told(Verb.SUBMIT) == {w.inspector.username, w.establishment.username, "boss"}


def test_the_author_is_not_asked_to_decide_their_own(w):
    seat(w.desk_officer, Role.INSPECTOR, w.supervision)
    sent(w)
    assert w.desk_officer.username not in told(Verb.SUBMIT)


def test_of_a_roster_the_leader_of_that_unit_alone_and_the_desk_are_told(w):
    seat(person("chief", "局长", w.works), Role.DEPT_LEADER, w.works)
    seat(person("other", "别局长", w.police), Role.DEPT_LEADER, w.police)
    roster(w)
    assert told(Verb.SUBMIT) == {"chief", w.desk_officer.username}


def test_a_draft_and_one_that_was_taken_back_tell_nobody(w):
    drafted(w)
    change = sent(w, shorter(w.at, hours=3))
    withdraw(change, seen=change.version, by=w.of(w.desk_officer), at=w.at)
    drain_all(clock.now())
    assert not Alert.objects.exists()


def test_its_author_hears_each_decision(w):
    change = approved(w)
    assert told(Verb.APPROVE) == {w.desk_officer.username}
    apply_due(w.at + DAY)
    assert told(Verb.APPLY) == {w.desk_officer.username}
    other = sent(w, shorter(w.at, hours=3, subject="urgent"), subject="urgent", by=w.assessor)
    reject(other, note="依据不对", seen=other.version, by=w.of(w.inspector), at=w.at)
    assert told(Verb.REJECT) == {w.assessor.username}
    assert change.steps.count() == 3 + 1


def test_what_is_in_force_at_once_is_told_once(w):
    change = roster(w)
    approve(change, seen=change.version, by=w.of(w.desk_officer), at=w.at)
    drain_all(clock.now())
    mine = Alert.objects.filter(recipient=w.works_officer)
    assert [alert.change_step.verb for alert in mine] == [Verb.APPROVE]


def test_the_same_message_twice_tells_once_and_an_old_step_nobody(w):
    change = sent(w)
    drain_all(clock.now())
    number = Alert.objects.count()
    of_changes.tell([step.pk for step in change.steps.all()], at=clock.now())
    assert Alert.objects.count() == number > 0
    w.at -= 3 * DAY
    old = sent(w, shorter(w.at, hours=3, subject="urgent"), subject="urgent", by=w.assessor)
    drain_all(clock.now())
    assert not Alert.objects.filter(change_step__change=old).exists()


def test_the_inbox_leads_to_the_change_and_is_read_by_it(client, w):
    change = sent(w)
    drain_all(clock.now())
    client.force_login(w.inspector)
    page = client.get(reverse("alerts:inbox")).content.decode()
    assert change.title in page
    assert "有一项规则变更等您决定" in page
    alert = Alert.objects.get(recipient=w.inspector)
    answer = client.post(reverse("alerts:open", args=[alert.pk]))
    assert answer.url == reverse("desk:change", args=[change.pk])
    alert.refresh_from_db()
    assert alert.read_at
    client.force_login(w.establishment)
    assert client.post(reverse("alerts:open", args=[alert.pk])).status_code == 404


def test_who_no_longer_decides_no_longer_reads_it(client, w):
    sent(w)
    drain_all(clock.now())
    alert = Alert.objects.get(recipient=w.inspector)
    w.inspector.unit_roles.all().delete()
    w.inspector.postings.all().delete()
    assert not Alert.objects.of(w.of(w.inspector, clock.now())).filter(pk=alert.pk).exists()


def test_the_inbox_asks_as_often_for_many_changes_as_for_few(client, w):
    client.force_login(w.inspector)

    def asked() -> int:
        drain_all(clock.now())
        client.get(reverse("alerts:inbox"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("alerts:inbox"))
        return len(caught)

    sent(w)
    few = asked()
    for subject in ("urgent", "extreme"):
        sent(w, shorter(w.at, subject=subject), subject=subject)
    assert asked() == few


def test_an_alert_is_of_one_thing(w):
    with pytest.raises(IntegrityError, match="an_alert_is_of_one_thing"), transaction.atomic():
        Alert.objects.create(recipient=w.inspector, told_at=w.at, shown_at=w.at)


def test_many_changes_are_told_of_by_as_many_statements_as_one(w):
    def asked(*subjects: str) -> int:
        steps = [sent(w, shorter(w.at, subject=one), subject=one).steps.latest("pk").pk for one in subjects]
        with CaptureQueriesContext(connection) as said:
            assert of_changes.tell(steps, at=clock.now()) == 2 * len(subjects)
        return len(said)

    assert asked("normal") == asked("urgent", "extreme", "complex")
