"""The same-spot pair: a case with photos from before passes with one taken after, of its own and by the inspector."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from audit import clock
from cases import actions, loading
from cases.models import Case, PairRule, PhotoPair, State, Step, Verb
from cases.moves import MoveRefused
from cases.paired import faults
from files import actions as files
from files.actions import Chosen
from files.models import Photo, PhotoState
from files.tickets import new_ticket, number_of
from tests import stories
from tests.api.asking import program
from tests.cases.test_views import address, see, send
from tests.files.pictures import sound
from tests.files.sending import sent
from tests.present import present

pytestmark = pytest.mark.django_db
SPOT = {"taken_lon": 117.02, "taken_lat": 36.66}


@pytest.fixture
def w(monkeypatch):
    found = present(monkeypatch)
    loading.load_pair_rules(loading.read_pair_rules(loading.DATA / "pair_rules.csv"))
    found.case = stories.inspecting(found)
    found.ticket = new_ticket()
    return found


def hung(w, case: Case, verb: str | None, ticket: str = "t", hours: float = 0, **facts) -> Photo:
    """A photo that came with the step of this verb, or with none."""
    photo = sent(sound(size=(16, 16)), ticket=ticket, at=w.at + timedelta(hours=hours))
    step = case.steps.filter(verb=verb).values_list("pk", flat=True).last() if verb else None
    files.attach(Chosen(ticket, (photo.pk,)), kind="case", subject_id=case.pk, step_id=step)
    Photo.objects.filter(pk=photo.pk).update(**facts)
    return Photo.objects.get(pk=photo.pk)


def loose(w, hours: float = 3, **facts) -> Photo:
    """A photo just sent by the inspector's own form."""
    photo = sent(sound(size=(16, 16)), ticket=number_of(w.ticket), at=w.at + timedelta(hours=hours))
    Photo.objects.filter(pk=photo.pk).update(**facts)
    return Photo.objects.get(pk=photo.pk)


def passed(w, before: object, after: object, why: str = "", case: Case | None = None) -> Case:
    facts = {
        "before": str(getattr(before, "pk", before)), "after": str(getattr(after, "pk", after)), "why": why,
        "ticket": number_of(w.ticket),
    }  # fmt: skip
    at = w.at + 4 * stories.HOUR
    return actions.advance(case or w.case, Verb.PASS, by=w.of(w.worker), at=at, note="已清净", facts=facts)


def test_a_case_without_photos_from_before_passes_with_words(w):
    hung(w, w.case, Verb.REPLY)
    hung(w, w.case, None, ticket="x", state=PhotoState.REFUSED)
    case = actions.advance(w.case, Verb.PASS, by=w.of(w.worker), at=w.at + 4 * stories.HOUR, note="已清净")
    assert (case.state, PhotoPair.objects.count()) == (State.CALLING_BACK, 0)


@pytest.mark.parametrize("verb", [Verb.OPEN, None])
def test_a_case_with_photos_from_before_needs_a_pair(w, verb):
    before = hung(w, w.case, verb)
    with pytest.raises(MoveRefused) as refused:
        actions.advance(w.case, Verb.PASS, by=w.of(w.worker), at=w.at + 4 * stories.HOUR, note="已清净")
    assert refused.value.code == "pair_missing"
    after = loose(w)
    passed(w, before, after)
    pair = PhotoPair.objects.get()
    assert (pair.before, pair.after, pair.own, pair.metres, pair.chosen_by) == (before, after, True, None, w.worker)
    step = Step.objects.get(verb=Verb.PASS)
    assert (step.facts["after"], step.facts["far"], "ticket" in step.facts) == (str(after.pk), False, False)


def test_what_was_not_yet_right_is_a_photo_from_before_in_the_next_round(w):
    by, at = w.of(w.worker), w.at + 3 * stories.HOUR
    case = actions.advance(w.case, Verb.REWORK, by=by, at=at, note="还有一摊")
    before = hung(w, case, Verb.REWORK, hours=3)
    lead = case.summonses.get(leads=True)
    actions.answer(lead, Verb.REPLY, by=w.of(w.works_officer), at=at, note="又清一次")
    assert passed(w, before, loose(w, hours=4), case=Case.objects.get(pk=case.pk)).state == State.CALLING_BACK
    assert PhotoPair.objects.get().round == 2


def refused_code(w, *pair, **how) -> str:
    with pytest.raises(MoveRefused) as refused:
        passed(w, *pair, **how)
    return str(refused.value.code)


def test_what_makes_no_pair_is_refused_with_its_reason(w):
    other = stories.inspecting(w)
    before, theirs = hung(w, w.case, Verb.OPEN), hung(w, other, Verb.OPEN, ticket="o")
    reply = hung(w, w.case, Verb.REPLY, ticket="r", hours=2)
    strange = sent(sound(size=(16, 16)), ticket="somebody", at=w.at + 3 * stories.HOUR)
    early = loose(w, hours=-1)
    again = loose(w, sha256=before.sha256)
    back = loose(w, taken_at="2001:01:01 08:00:00")
    assert refused_code(w, before, before) == "same_photo"
    assert refused_code(w, before, again) == "same_photo"
    assert refused_code(w, theirs, loose(w)) == "no_before"
    assert refused_code(w, reply, loose(w)) == "no_before"
    assert refused_code(w, "no-such-id", loose(w)) == "no_before"
    assert refused_code(w, before, theirs) == "no_after"
    assert refused_code(w, before, strange) == "no_after"
    assert refused_code(w, before, hung(w, w.case, None, ticket="2", hours=2)) == "no_after"
    assert refused_code(w, before, early) == "after_first"
    assert refused_code(w, before, back) == "after_first"
    assert refused_code(w, before, reply) == "not_own"
    assert refused_code(w, before, "") == "pair_missing"
    assert (PhotoPair.objects.count(), Case.objects.get(pk=w.case.pk).state) == (0, State.INSPECTING)


def test_a_photo_of_the_unit_stands_for_the_inspectors_own_only_with_a_reason_that_all_read(client, w):
    before, reply = hung(w, w.case, Verb.OPEN), hung(w, w.case, Verb.REPLY, ticket="r", hours=2)
    passed(w, before, reply, why="手机坏了，到场看与照片一致")
    assert not PhotoPair.objects.get().own
    page = see(client, w.dispatcher, reverse("desk:case", args=[w.case.number])).content.decode()
    assert "手机坏了，到场看与照片一致" in page
    assert page.count("the second photo is the unit") == 2


@pytest.mark.parametrize(("north", "far"), [(0.0004, False), (0.0006, True)])
def test_far_apart_takes_a_reason(w, north, far):
    """The rule says 50 m: 44 m is the same spot, 67 m is not."""
    before = hung(w, w.case, Verb.OPEN, **SPOT)
    after = loose(w, taken_lon=SPOT["taken_lon"], taken_lat=SPOT["taken_lat"] + north)
    if far:
        assert refused_code(w, before, after) == "far_apart"
    passed(w, before, after, why="原处围挡，隔街拍" if far else "")
    pair = PhotoPair.objects.get()
    assert (pair.far, pair.metres) == (far, round(north * 111_195))


def test_a_camera_whose_clock_runs_ahead_stops_nobody(w):
    before = hung(w, w.case, Verb.OPEN, taken_at="2099:01:01 08:00:00")
    assert passed(w, before, loose(w)).state == State.CALLING_BACK


def test_a_pair_is_never_changed_and_the_database_says_so(w):
    passed(w, hung(w, w.case, Verb.OPEN), loose(w))
    for change in ({"own": False, "why": "x"}, {"metres": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PhotoPair.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PhotoPair.objects.all().delete()


def test_verify_names_a_pair_whose_photo_is_of_another_case(w):
    before, after = hung(w, w.case, Verb.OPEN), loose(w)
    passed(w, before, after)
    step = Step.objects.get(verb=Verb.PASS)
    files.attach(Chosen(number_of(w.ticket), (after.pk,)), kind="case", subject_id=w.case.pk, step_id=step.pk)
    assert not list(faults())
    Photo.objects.filter(pk=before.pk).update(subject_id=stories.reported(w).pk)
    with override("en"):
        assert "does not belong to this case" in "".join(faults())
    Photo.objects.filter(pk=after.pk).update(step_id=None)
    with override("en"):
        assert "came with another step" in "".join(faults())


# ---- Pages and programs


def test_the_form_shows_both_sides_and_the_photo_sent_hangs_on_the_inspection(client, w):
    before = hung(w, w.case, Verb.OPEN, state=PhotoState.READY, width=16, height=16)
    here = address(w.case, Verb.PASS)
    page = see(client, w.worker, here).content.decode()
    assert reverse("files:photo", args=[before.pk, "small"]) in page
    assert "The same spot now" in page
    bare = send(client, w.worker, here, note="已清净", before=str(before.pk), after="sent", photos=w.ticket)
    assert bare.status_code == 422
    assert "Send a photo taken from the same spot." in bare.content.decode()
    photo = sent(sound(size=(16, 16)), ticket=number_of(w.ticket), at=clock.now())
    line = f"{w.ticket} {photo.pk}"
    answer = send(client, w.worker, here, note="已清净", before=str(before.pk), after="sent", photos=line)
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert (photo.step_id, PhotoPair.objects.get().after_id) == (Step.objects.get(verb=Verb.PASS).pk, photo.pk)
    page = see(client, w.dispatcher, reverse("desk:case", args=[w.case.number])).content.decode()
    assert 'id="pairs"' in page
    assert not list(faults())


def test_a_photo_sent_by_somebody_else_is_no_photo_of_mine(client, w):
    before = hung(w, w.case, Verb.OPEN)
    strange = sent(sound(size=(16, 16)), ticket=number_of(new_ticket()), at=clock.now())
    line = f"{w.ticket} {strange.pk}"
    answer = send(client, w.worker, address(w.case, Verb.PASS), note="好", before=str(before.pk), photos=line)
    assert answer.status_code == 422
    assert PhotoPair.objects.count() == 0


def test_where_somebody_stood_is_not_told_of_a_confidential_case(client, w):
    hung(w, w.case, Verb.OPEN, state=PhotoState.READY, width=16, height=16, **SPOT)
    assert "The photo says where" in see(client, w.worker, address(w.case, Verb.PASS)).content.decode()
    Case.objects.filter(pk=w.case.pk).update(confidential=True)
    page = see(client, w.worker, address(w.case, Verb.PASS)).content.decode()
    assert "The photo says where" not in page
    assert "is confidential" in page


def test_from_the_list_a_case_with_photos_is_refused_by_itself(client, w):
    plain, before = stories.inspecting(w), hung(w, w.case, Verb.OPEN)
    ticks = [f"{one.number}:{Case.objects.get(pk=one.pk).version}" for one in (plain, w.case)]
    see(client, w.worker, reverse("desk:cases"))
    given = {"case": ticks, "verb": "pass", "note": "已清净", "confirmed": "1"}
    answer = client.post(reverse("desk:bulk"), given)
    assert answer.status_code == 422
    assert "Inspect it on its own page" in answer.content.decode()
    states = [Case.objects.get(pk=one.pk).state for one in (plain, w.case)]
    assert states == [State.CALLING_BACK, State.INSPECTING]
    assert before.step_id


def test_a_program_names_both_photos(w):
    before, reply = hung(w, w.case, Verb.OPEN), hung(w, w.case, Verb.REPLY, ticket="r", hours=2)
    other = hung(w, stories.inspecting(w), Verb.REPLY, ticket="o", hours=2)
    mine, here = program(w.worker), f"cases/{w.case.number}/moves/pass/"
    whole = mine.get(f"cases/{w.case.number}/").json()
    assert {one["id"] for one in whole["photos"]} == {str(before.pk), str(reply.pk)}
    body = {"note": "已清净", "before": str(before.pk), "after": str(reply.pk)}
    for wrong in ({"note": "已清净"}, body, body | {"after": str(other.pk), "why": "别处"}):
        assert mine.move(here, wrong, w.case.version).status_code == 422
    assert mine.move(here, body | {"why": "手机坏了"}, w.case.version).status_code == 200
    assert PhotoPair.objects.get().why == "手机坏了"
    assert PairRule.objects.count() == 1
