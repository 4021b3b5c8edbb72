"""Who sees what: the offices all of it, a department its own, a street what names it; to the rest it is not there."""

import re

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accountability.models import Clock
from admission.actions import advance, apply
from admission.invariants import faults
from admission.models import Application, Attempt, LoadDay, Permit, Pledge, Task, Verb
from admission.moves import AdmissionRefused
from tests.admission.ground import DAY, granted, ground, pledge, task, wanted

pytestmark = pytest.mark.django_db

OFFICES = {"establishment", "legal", "leader", "desk_officer", "inspector", "assessor"}
STREET = {"dispatcher", "street_leader"}
OTHER_STREET, DEPARTMENT = {"outsider"}, {"works_officer"}


@pytest.fixture
def w():
    w = ground()
    w.here = permit = granted(w, streets=[w.street, w.other_street])
    w.task = task(w, permit)
    w.pledge = pledge(w)
    with pytest.raises(AdmissionRefused):
        apply(wanted(w, kind=w.investment), by=w.of(w.works_officer), at=w.at)
    return w


def seeing(w, rows) -> set[str]:
    people = {name: who for name, who in vars(w).items() if type(who).__name__ == "User"}
    return {name for name, who in people.items() if rows.visible_to(w.of(who)).exists()}


def test_who_sees_which_row(w):
    whole = OFFICES | STREET | OTHER_STREET | DEPARTMENT
    assert seeing(w, Application.objects.all()) == whole
    assert seeing(w, Permit.objects.all()) == whole
    assert seeing(w, Pledge.objects.all()) == whole
    assert seeing(w, Task.objects.all()) == OFFICES | STREET | DEPARTMENT
    assert seeing(w, Attempt.objects.all()) == {"establishment", "leader", "inspector"} | DEPARTMENT


# Which page opens for whom; whoever has no part in it finds nothing.
PAGES = {
    "application": lambda w: w.here.application_id,
    "task": lambda w: w.task.pk,
    "pledge": lambda w: w.pledge.pk,
}


def test_pages_open_for_those_alone_and_cost_the_same_however_many_rows(w, client, django_assert_max_num_queries):
    for name in ("legal", "outsider", "works_officer", "police_officer", "clerk"):
        who = getattr(w, name)
        client.force_login(who)
        standing = w.of(who)
        for page, pk in PAGES.items():
            rows = {"application": Application, "task": Task, "pledge": Pledge}[page].objects.visible_to(standing)
            status = client.get(reverse(f"admission:{page}", args=[pk(w)])).status_code
            assert status == (200 if rows.filter(pk=pk(w)).exists() else 404), (name, page)
    client.force_login(w.establishment)
    for register in ("applications", "permits", "tasks", "pledges", "attempts", "load"):
        with django_assert_max_num_queries(16):
            page = client.get(reverse(f"admission:{register}"), {"group": "all"} if register != "load" else {})
        assert page.status_code == 200


def test_registers_are_searched_narrowed_and_paged(w, client, monkeypatch):
    monkeypatch.setattr("admission.views.registers.SIZE", 1)
    second = granted(w, matter="井盖巡查登记", kind=w.survey)
    client.force_login(w.establishment)

    def matters(**said) -> list[str]:
        page = client.get(reverse("admission:applications"), {"group": "all", **said})
        return [one.matter for one, _timed in page.context["rows"]]

    assert matters() == ["井盖巡查登记"]
    assert matters(before=second.application_id) == ["告知单发放"]
    assert matters(q="巡查") == ["井盖巡查登记"]
    assert matters(q="告知单") == ["告知单发放"]
    assert matters(kind="safety") == ["告知单发放"]
    assert matters(street=w.street.code, group="granted") == ["井盖巡查登记"]
    assert matters(department="GA") == []
    assert matters(kind="nothing") == []
    permits = client.get(reverse("admission:permits"), {"q": w.here.number, "group": "all"})
    assert [one for one, _timed in permits.context["rows"]] == [w.here]


def test_programs_read_what_their_person_sees(w):
    for who, tasks in ((w.dispatcher, 1), (w.outsider, 0), (w.works_officer, 1), (w.legal, 1), (w.police_officer, 0)):
        reader = APIClient()
        reader.force_authenticate(who)
        assert reader.get("/api/v1/tasks/").json()["results"].__len__() == tasks, who
        permit = reader.get(f"/api/v1/permits/{w.here.number}/")
        assert permit.status_code == (404 if who == w.police_officer else 200), who
    reader.force_authenticate(w.legal)
    told = reader.get(f"/api/v1/permits/{w.here.number}/").json()
    assert [one["money"] for one in told["streets"]] == [30_000, 30_000]
    assert reader.get(f"/api/v1/tasks/?street={w.other_street.code}").json()["results"] == []


def test_everybody_reads_what_was_cancelled_and_nothing_else(w, client):
    for name in ("cancelled", "revoked"):
        assert reverse(f"admission:{name}") in client.get(reverse("engagement:who")).content.decode()
    page = client.get(reverse("admission:cancelled")).content.decode()
    assert w.pledge.title not in page
    advance(w.pledge, Verb.CANCEL, by=w.of(w.establishment), at=w.at + DAY, note="无中央、省级依据")
    page = client.get(reverse("admission:cancelled")).content.decode()
    assert w.pledge.title in page
    assert "无中央、省级依据" in page


def test_verify_names_what_is_amiss_in_the_readers_language(w):
    one = w.here.application
    type(one).objects.filter(pk=one.pk).update(version=77)
    (said,) = [fault for fault in faults(w.at) if "77" in fault]
    assert said.startswith("准入申请")


def test_verify_tells_states_phases_and_numbers_in_words_not_in_codes(w):
    one, task = w.here.application, w.task
    type(one).objects.filter(pk=one.pk).update(state="refused")
    type(task).objects.filter(pk=task.pk).update(state="refused")
    Clock.objects.filter(subject_kind="task", subject_id=task.pk).update(stopped_at=None)
    LoadDay.objects.create(day=one.since, what="handed", street=w.street, department=w.works, number=9)
    told = list(faults(w.at))
    for words in ("“不予准入”", "“街道未接收”", "街道接收任务", "“交办”"):
        assert any(words in one for one in told), (words, told)
    assert not [one for one in told if re.search(r"[“（(][a-z_]+[”）)]", one)], told


def test_verify_says_where_a_permit_an_opinion_or_a_ruling_was_written_over(w):
    flagged = advance(w.task, Verb.FLAG, by=w.of(w.dispatcher), at=w.at + DAY, note="像部门职责")
    advance(flagged, Verb.UPHOLD, by=w.of(w.establishment), at=w.at + DAY, note="是部门职责")
    assert list(faults(w.at + DAY)) == []
    Application.objects.update(until=w.here.until + 90 * DAY)
    Permit.objects.update(until=w.here.until + 30 * DAY)
    w.here.allotments.filter(street=w.street).update(money=1)
    w.here.application.opinions.filter(street=w.street).update(view="objects")
    Task.objects.update(ruling="rightful")
    until, money, opinion, ruling, asked = faults(w.at + DAY)
    assert str(w.here.until) in until
    assert "30000" in money
    assert w.street.name in money
    assert w.street.name in opinion
    assert str(flagged.pk) in ruling
    assert str(w.here.application_id) in asked


@pytest.mark.parametrize("name", ["since", "until"])
def test_verify_says_where_the_days_of_a_permit_were_moved(w, name):
    Permit.objects.update(**{name: getattr(w.here, name) - DAY})
    (told,) = faults(w.at + DAY)
    assert w.here.number in told
    assert str(getattr(w.here, name)) in told


def test_verify_says_where_a_pledge_or_its_decision_was_written_over(w):
    one = advance(w.pledge, Verb.CANCEL, by=w.of(w.establishment), at=w.at + DAY, note="无依据")
    assert list(faults(w.at + DAY)) == []
    Pledge.objects.filter(pk=one.pk).update(targets="另一目标", reason="另一理由")
    entered, decided = faults(w.at + DAY)
    assert str(one.pk) in entered
    assert str(one.pk) in decided
