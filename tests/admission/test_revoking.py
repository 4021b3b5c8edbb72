"""A permit is revoked by the district leader with reason and basis: its tasks stop, nothing more goes under it."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Clock
from admission.actions import advance, hand_down, revoke
from admission.actions.timing import warn_due
from admission.invariants import faults
from admission.models import Step, TaskState, Verb
from admission.moves import AdmissionRefused
from alerts.models import Alert
from outbox.actions import drain_all
from people.models import Role
from tests.admission.ground import DAY, HOUR, granted, ground, handed, task
from tests.present import present
from tests.world import person, post, seat

pytestmark = pytest.mark.django_db
WHY = {"reason": "经费未随事拨付", "basis": "区委纪要12号"}


@pytest.fixture
def w(monkeypatch):
    return ground(present(monkeypatch))


def revoked(w, permit, by=None, at=None, **said):
    return revoke(permit.application, by=w.of(by or w.leader), at=at or w.at + 6 * HOUR, **{**WHY, **said})


def refused(call, *args, **said) -> str:
    with pytest.raises(AdmissionRefused) as caught:
        call(*args, **said)
    assert caught.value.sentence
    return str(caught.value.code)


def test_it_takes_the_leader_a_reason_a_basis_and_another_unit(w):
    permit = granted(w)
    for by in (w.establishment, w.legal, w.works_officer, w.dispatcher):
        assert refused(revoked, w, permit, by=by) == "wrong_person"
    assert refused(revoked, w, permit, reason=" ") == "note_missing"
    assert refused(revoked, w, permit, basis=" ") == "facts_missing"
    own = post(seat(person("own", "本局", w.works), Role.RESPONDER, w.works), Role.DISTRICT_LEADER, w.district)
    assert refused(revoked, w, permit, by=own) == "same_unit"
    assert refused(advance, permit.application, Verb.REVOKE, by=w.of(w.leader), at=w.at, note="x") == "made_elsewhere"
    permit.refresh_from_db()
    assert permit.revoked_on is None


def test_what_is_out_is_stopped_with_its_clocks_and_everybody_is_told(w):
    permit = granted(w)
    out, flagged, done = (task(w, permit, title=title) for title in ("一", "二", "三"))
    advance(flagged, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + 6 * HOUR, note="转嫁")
    advance(done, Verb.TAKE, by=w.of(w.dispatcher), at=w.at + 6 * HOUR)
    advance(done, Verb.FINISH, by=w.of(w.dispatcher), at=w.at + 6 * HOUR, note="已发")
    drain_all(w.at)
    Alert.objects.all().delete()
    revoked(w, permit, at=w.at + 7 * HOUR)
    states = [(one.refresh_from_db(), one.state)[1] for one in (out, flagged, done)]
    assert states == [TaskState.VOID, TaskState.VOID, TaskState.DONE]
    assert not Clock.objects.filter(subject_kind="task", stopped_at=None).exists()
    assert Step.objects.get(verb=Verb.REVOKE).facts == {"basis": "区委纪要12号", "tasks": 2}
    drain_all(w.at + 7 * HOUR)
    told = {(one.recipient, one.admission_step.verb) for one in Alert.objects.select_related("admission_step")}
    assert {(w.works_officer, "revoke"), (w.dispatcher, "revoke"), (w.dispatcher, "stop")} <= told
    assert list(faults(w.at + 7 * HOUR)) == []


def test_nothing_more_is_handed_down_and_its_end_is_not_told(w):
    permit = granted(w, days=20)
    revoked(w, permit)
    assert refused(hand_down, handed(w, permit), by=w.of(w.works_officer), at=w.at + 7 * HOUR) == "revoked"
    assert warn_due(w.at + 7 * HOUR) == 0
    assert refused(revoked, w, permit, at=w.at + 7 * HOUR) == "wrong_state"


def test_what_has_ended_by_itself_is_not_revoked(w):
    permit = granted(w, days=20)
    assert refused(revoked, w, permit, at=w.at + 30 * DAY) == "ended_already"


def test_verify_tells_of_a_task_that_is_still_out(w):
    permit = granted(w)
    task(w, permit)
    type(permit).objects.update(revoked_on=localdate(w.at), reason="x", revoked_basis="y")
    assert any(permit.number in said for said in faults(w.at + 7 * HOUR))


def test_the_leader_revokes_it_on_its_page_and_everybody_reads_it(client, w):
    permit = granted(w)
    task(w, permit)
    one, where = permit.application, reverse("admission:application", args=[permit.application_id])
    client.force_login(w.leader)
    page = client.get(where).content.decode()
    assert "将一并停办的任务：1件" in page
    said = {"seen": one.version, "revoke-note": WHY["reason"], "revoke-basis": ""}
    assert client.post(f"{where}revoke/", said).status_code == 422
    assert client.post(f"{where}revoke/", {**said, "revoke-basis": WHY["basis"]}).url == where
    assert WHY["basis"] in client.get(where).content.decode()
    found = client.get(reverse("admission:permits") + "?group=revoked").content.decode()
    assert permit.number in found
    assert permit.number not in client.get(reverse("admission:permits")).content.decode().split("<main")[1]
    client.logout()
    public = client.get(reverse("admission:revoked")).content.decode()
    assert WHY["reason"] in public
    assert permit.number in public


def test_the_public_page_costs_two_questions(client, w, django_assert_num_queries):
    for matter in ("一", "二", "三"):
        revoked(w, granted(w, matter=matter))
    with django_assert_num_queries(2):
        client.get(reverse("admission:revoked"))
