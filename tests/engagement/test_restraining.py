"""A caller is restrained by two people of the district, for a while; it is a small thing, and no complaint is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Clock
from assessment.measures import marks_of
from audit.models import Event, SecurityLog
from cases import actions as cases
from cases.actions import orders
from cases.models import Case, State, Step, Verb
from engagement import invariants, loading
from engagement.actions import ask_to_restrain, call_back, decide_restraint, lift_restraint, rate
from engagement.models import Restraint
from engagement.restraining import RestraintRefused, most_of
from engagement.waiting import callers_of
from people.models import Role
from tests import stories
from tests.engagement.ground import received
from tests.present import present
from tests.world import person, post

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "一周内来电十一次，事已办结并当面说明，仍辱骂话务员。"
BAD = {"outcome": "reached", "solved": False, "grade": "dissatisfied", "cause": "unsolved"}


@pytest.fixture
def theirs(w):
    """Three reports of one caller, one of somebody else."""
    loading.load_restraint_rules(loading.read_restraint_rules(loading.DATA / "restraint_rules.csv"))
    found = [received(w, phone=phone) for phone in ("13812340427", "138 1234 0427", "+86 13812340427")]
    w.stranger = received(w, phone="13912340427")
    return found


def asked(w, theirs, **how) -> Restraint:
    given = {"by": w.of(w.clerk), "at": w.at, "reason": WHY, "cases": [one.case for one in theirs]}
    given |= {"until": localdate(w.at) + 30 * DAY, "report": theirs[0]} | how
    return ask_to_restrain(given.pop("report"), **given)


def decided(w, one: Restraint, **how) -> Restraint:
    given = {"by": w.of(w.inspector), "at": w.at, "upheld": True, "words": "听过录音，情况属实，予以限制。"} | how
    return decide_restraint(one, **given)


def code_of(act, *given, **how) -> str:
    with pytest.raises(RestraintRefused) as refused, transaction.atomic():
        act(*given, **how)
    return str(refused.value.code)


def test_two_people_of_the_district_restrain_a_caller_and_it_ends_by_itself(w, theirs):
    one = asked(w, theirs)
    assert most_of(theirs[0], theirs[0].case) is None
    decided(w, one)
    again = received(w, at=w.at + HOUR)
    assert most_of(again, again.case) == 1
    after = received(w, at=w.at + 32 * DAY)
    assert most_of(after, after.case) is None
    stranger = received(w, at=w.at + HOUR, phone="13912340427")
    assert most_of(stranger, stranger.case) is None
    events = SecurityLog.objects.filter(subject_kind="restraint").order_by("pk").values_list("event", "actor")
    assert list(events) == [(Event.RESTRAINT_ASKED, w.clerk.pk), (Event.RESTRAINT_DECIDED, w.inspector.pk)]
    assert not list(invariants.faults(w.at))


def test_what_cannot_be_asked_for_is_refused_with_its_reason(w, theirs):
    nobody = received(w, phone="")
    street_clerk = post(person("clerk_2", "街话务", w.hotline), Role.CLERK, w.street)
    far = localdate(w.at) + 91 * DAY
    for by in (w.dispatcher, w.street_leader, w.works_officer, w.inspector, w.worker, street_clerk):
        assert code_of(asked, w, theirs, by=w.of(by)) == "wrong_person"
    assert code_of(asked, w, theirs, report=nobody) == "caller_unknown"
    assert code_of(asked, w, theirs, reason="太烦") == "reason_short"
    assert code_of(asked, w, theirs, cases=[one.case for one in theirs[:2]]) == "too_little_evidence"
    assert code_of(asked, w, [*theirs[:2], w.stranger]) == "too_little_evidence"
    assert code_of(asked, w, theirs, until=far) == "review_far"
    assert code_of(asked, w, theirs, until=localdate(w.at) - DAY) == "review_over"
    one = asked(w, theirs)
    assert code_of(asked, w, theirs) == "asked_already"
    decided(w, one)
    assert code_of(asked, w, theirs, by=w.of(w.desk_officer)) == "restrained_already"


def test_nobody_decides_what_they_or_their_unit_asked_for(w, theirs):
    both = post(w.inspector, Role.DISTRICT_DESK, w.district)
    one = asked(w, theirs, by=w.of(both))
    assert code_of(decided, w, one) == "same_person"
    colleague = post(person("inspector_2", "督查二", w.supervision), Role.INSPECTOR, w.district)
    assert code_of(decided, w, one, by=w.of(colleague)) == "same_unit"
    for by in (w.clerk, w.desk_officer, w.dispatcher, w.works_officer):
        assert code_of(decided, w, one, by=w.of(by)) == "wrong_person"
    other = post(person("inspector_3", "督查三", w.editors), Role.INSPECTOR, w.district)
    assert code_of(decided, w, one, by=w.of(other), words="好") == "reason_short"
    assert code_of(decided, w, one, by=w.of(other), at=w.at + 31 * DAY) == "review_over"
    decided(w, one, by=w.of(other), upheld=False)
    assert code_of(decided, w, one, by=w.of(other)) == "decided_already"
    assert not Restraint.objects.holding().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Restraint.objects.update(decided_by=both)


def test_it_goes_on_only_by_another_one_asked_for_and_decided_shortly_before(w, theirs):
    decided(w, asked(w, theirs))
    late = w.at + 20 * DAY
    second = asked(w, theirs, at=late, until=localdate(w.at) + 60 * DAY)
    decided(w, second, at=late)
    first = Restraint.objects.order_by("pk").first()
    assert Restraint.objects.get(pk=second.pk).begins_at == first.ends_at
    after = received(w, at=w.at + 40 * DAY)
    assert most_of(after, after.case) == 1
    assert not list(invariants.faults(late))


def test_lifted_it_counts_no_more(w, theirs):
    one = decided(w, asked(w, theirs))
    again = received(w, at=w.at + HOUR)
    why = "来电人已同意每周一次。"
    assert code_of(lift_restraint, one, by=w.of(w.clerk), at=w.at + HOUR, words=why) == "wrong_person"
    lift_restraint(one, by=w.of(w.inspector), at=w.at + HOUR, words=why)
    assert most_of(again, again.case) is None
    assert code_of(lift_restraint, one, by=w.of(w.inspector), at=w.at + HOUR, words=why) == "not_in_force"


# ---- What it changes, and what it does not


@pytest.fixture
def waiting(w, theirs, monkeypatch):
    """A report that came in under a restraint and waits to be called back."""
    decided(w, asked(w, theirs))
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    return stories.calling_back(w).reports.get()


def test_the_report_is_taken_and_settled_as_anybodys(w, waiting):
    case = waiting.case
    clocks = {clock.phase: clock.due_at for clock in _clocks(case)}
    other = received(w, phone="13512340427").case
    assert clocks["accept"] == _clocks(other).get(phase="accept").due_at
    assert case.pk in Case.objects.visible_to(w.of(w.dispatcher)).values_list("pk", flat=True)


def _clocks(case):
    return Clock.objects.of("case", [case.pk])


def test_one_fruitless_call_is_the_last(w, waiting):
    call_back(waiting, outcome="no_answer", by=w.of(w.clerk), at=w.at + 4 * HOUR)
    assert Case.objects.get(pk=waiting.case_id).state == State.CLOSING


def test_danger_is_called_back_as_anybodys(w, waiting):
    Case.objects.filter(pk=waiting.case_id).update(urgency="urgent")
    call_back(waiting, outcome="no_answer", by=w.of(w.clerk), at=w.at + 4 * HOUR)
    case = Case.objects.get(pk=waiting.case_id)
    assert case.state == State.CALLING_BACK
    assert not callers_of(case, w.at)[0].done


@pytest.mark.parametrize("by_receipt", [False, True])
@pytest.mark.parametrize("content", [False, True])
def test_the_answer_counts_neither_for_nor_against_a_unit(w, waiting, content, by_receipt):
    at = w.at + 4 * HOUR
    said = {"solved": True, "grade": "satisfied"} if content else {**BAD}
    if by_receipt:
        said.pop("outcome", None)
        rate(waiting, at=at, **said)
    else:
        call_back(waiting, by=w.of(w.clerk), at=at, **{"outcome": "reached", **said})
    cases.advance(Case.objects.get(pk=waiting.case_id), Verb.CLOSE, by=w.of(w.desk_officer), at=at, note="办结")
    lead = next(mark for mark in marks_of([Step.objects.get(verb=Verb.CLOSE)]) if mark.part == "lead")
    assert (lead.solved, lead.satisfied) == (None, None)
    assert {lead.evidence[name]["says"] for name in ("solved", "satisfied")} == {"left_out"}


def test_it_leads_to_no_order(w, waiting):
    call_back(waiting, by=w.of(w.clerk), at=w.at + 4 * HOUR, **BAD)
    step = Step.objects.filter(verb=Verb.CALL_BACK).latest("pk")
    assert not orders._dissatisfied(step)


# ---- Pages


@pytest.fixture
def today(monkeypatch):
    found = present(monkeypatch)
    loading.load_restraint_rules(loading.read_restraint_rules(loading.DATA / "restraint_rules.csv"))
    found.theirs = [received(found) for _one in range(3)]
    return found


def see(client, user, name, *given, **data):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    where = reverse(f"engagement:{name}", args=given)
    return client.post(where, data) if data else client.get(where)


def test_it_is_asked_for_and_decided_on_pages_that_show_no_number_whole(client, today):
    report = today.theirs[0]
    here = ("restrain", report.case.number, report.pk)
    page = see(client, today.clerk, *here)
    assert page.status_code == 200
    given = {"reason": WHY, "cases": [one.case_id for one in today.theirs], "until": localdate(today.at) + 30 * DAY}
    assert see(client, today.clerk, *here, **given | {"reason": "短"}).status_code == 422
    assert see(client, today.clerk, *here, **given).status_code == 302
    assert see(client, today.desk_officer, *here).status_code == 409
    one = Restraint.objects.get()
    told = see(client, today.inspector, "restraint", one.pk)
    said = {"upheld": "yes", "words": "听过录音，情况属实，予以限制。"}
    assert see(client, today.clerk, "restraint", one.pk, **said).status_code == 422
    assert see(client, today.inspector, "restraint", one.pk, **said).status_code == 302
    listed = see(client, today.inspector, "restraints")
    for shown in (page, told, listed):
        assert "13812340427" not in shown.content.decode()
        assert "138****0427" in shown.content.decode()
    assert "Restrained now" in listed.content.decode()
    client.cookies["django_language"] = "zh-hans"
    spoken = client.get(reverse("engagement:restraints")).content.decode()
    assert "限制中" in spoken
    assert "有效的令牌" not in spoken


def test_a_street_or_a_department_finds_none_of_it(client, today):
    one = asked(today, today.theirs)
    report = today.theirs[0]
    for user in (today.dispatcher, today.street_leader, today.works_officer, today.worker, today.assessor):
        assert see(client, user, "restraints").status_code == 404
        assert see(client, user, "restraint", one.pk).status_code == 404
        assert see(client, user, "restrain", report.case.number, report.pk).status_code == 404
    case = reverse("desk:case", args=[report.case.number])
    for user, offered in ((today.dispatcher, False), (today.clerk, True)):
        client.force_login(user)
        assert (f"/restrain/{report.pk}/" in client.get(case).content.decode()) == offered


def test_the_list_takes_as_many_questions_for_many_as_for_one(client, today):
    asked(today, today.theirs)
    see(client, today.inspector, "restraints")
    counts = []
    for phone in ("13712340427", "13612340427"):
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("engagement:restraints"))
        counts.append(len(found))
        asked(today, [received(today, phone=phone) for _one in range(3)])
    assert counts[0] == counts[1]


def test_verify_names_two_restraints_of_one_caller_at_a_time(w, theirs):
    one = decided(w, asked(w, theirs))
    one.pk = None
    one.save()
    assert len(list(invariants.faults(w.at))) == 2
