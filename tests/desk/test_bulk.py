"""One move for many: every row is checked by itself, whatever is refused says why and stays ticked."""

import pytest

from cases import actions
from cases.models import Answer, Case, State, Summons, Verb
from desk.bulk import MOST
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db
ADDRESS = "/cases/bulk/"


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def tick(case: Case) -> str:
    return f"{case.number}:{Case.objects.get(pk=case.pk).version}"


def send(client, user, verb: str, cases: list[Case], **more):
    client.force_login(user)
    return client.post(ADDRESS, {"verb": verb, "case": [tick(case) for case in cases], "confirmed": "1", **more})


def states(*cases: Case) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_a_unit_signs_many_at_once_and_comes_back_to_its_list(client, w):
    cases = [stories.whistled(w) for _ in range(3)]
    answer = send(client, w.works_officer, "sign", cases, back="state=open&due=later")
    assert (answer.status_code, answer.url) == (302, "/cases/?state=open&due=later")
    assert set(Summons.objects.filter(unit=w.works).values_list("state", flat=True)) == {Answer.SIGNED}
    assert set(Summons.objects.filter(unit=w.police).values_list("state", flat=True)) == {Answer.SENT}


def test_what_is_refused_says_why_stays_ticked_and_keeps_the_words(client, w):
    good, gone = stories.reported(w), stories.reported(w)
    ticks = [tick(good), tick(gone)]
    actions.advance(gone, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="不属实")
    client.force_login(w.dispatcher)
    given = {"verb": "turn_down", "case": ticks, "note": "重复件，已在办", "confirmed": "1"}
    answer = client.post(ADDRESS, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert states(good) == [State.TURNED_DOWN]
    assert page.count('name="case"') == 1
    assert f'value="{tick(gone)}" checked' in page
    assert "重复件，已在办" in page
    assert 'class="err"' in page


def test_a_row_that_moved_on_meanwhile_is_refused_as_stale(client, w):
    case = stories.closing(w)
    seen = f"{case.number}:{case.version - 1}"
    client.force_login(w.desk_officer)
    client.post(ADDRESS, {"verb": "close", "case": [seen], "note": "办结", "confirmed": "1"})
    assert states(case) == [State.CLOSING]


def test_the_words_are_asked_for_before_anything_is_done(client, w):
    case = stories.reported(w)
    client.force_login(w.dispatcher)
    first = client.post(ADDRESS, {"verb": "turn_down", "case": [tick(case)]})
    assert (first.status_code, first.content.decode().count("<textarea")) == (200, 1)
    assert send(client, w.dispatcher, "turn_down", [case]).status_code == 422
    assert states(case) == [State.REPORTED]


def test_nobody_moves_in_bulk_what_they_may_not_move_one_by_one(client, w):
    far, near = stories.reported(w, area=w.far_grid), stories.reported(w)
    answer = send(client, w.dispatcher, "turn_down", [far, near], note="不受理")
    assert states(far, near) == [State.REPORTED, State.TURNED_DOWN]
    assert far.summary not in answer.content.decode().split("<main")[1]
    called = stories.whistled(w)
    send(client, w.dispatcher, "sign", [called])
    assert not Summons.objects.filter(case=called).exclude(state=Answer.SENT).exists()


@pytest.mark.parametrize("verb", ["accept", "whistle", "reply", "settle", "call_back", "", "nonsense"])
def test_moves_with_a_form_of_their_own_are_not_made_in_bulk(client, w, verb):
    assert send(client, w.dispatcher, verb, [stories.reported(w)]).status_code == 404


def test_too_many_or_none_are_refused_before_anything_is_done(client, w):
    client.force_login(w.dispatcher)
    many = [f"990102-20260309-01-{n}:1" for n in range(MOST + 1)]
    for ticked in ([], many):
        answer = client.post(ADDRESS, {"verb": "turn_down", "case": ticked, "note": "x", "confirmed": "1"})
        assert answer.status_code == 302


def test_the_list_offers_what_a_row_allows_and_ticks_all_without_scripts(client, w):
    stories.reported(w), stories.closing(w), stories.at_desk(w)
    client.force_login(w.dispatcher)
    page = client.get("/cases/?state=open&ticked=all").content.decode()
    assert 'name="verb" value="turn_down"' in page
    assert 'name="verb" value="sign"' not in page
    assert page.count('name="case"') == page.count(" checked>") == 2


def test_ticks_and_words_outlive_the_sign_in(client, w):
    case = stories.reported(w)
    given = {"verb": "turn_down", "case": [tick(case)], "note": "重复件", "confirmed": "1"}
    client.post(ADDRESS, given, headers={"referer": f"http://testserver{ADDRESS}"})
    w.dispatcher.set_password("p")
    w.dispatcher.save()
    client.post(f"/sign-in?next={ADDRESS}", {"username": "dispatcher", "password": "p", "next": ADDRESS})
    page = client.get(ADDRESS).content.decode()
    assert "重复件" in page
    assert tick(case) in page
    assert states(case) == [State.REPORTED]
