"""One move for many: every row is checked by itself, whatever is refused says why and stays ticked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.models import Answer, Case, State, Step, Summons, Verb
from desk.bulk import MOST
from people.models import Role
from tests import stories
from tests.lately import lately
from tests.world import person, seat

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


# ---- Giving many to one colleague


@pytest.fixture
def of_three(w):
    """The works office has three people, one of whom leads."""
    w.second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    w.head = seat(person("works_head", "城管局长", w.works), Role.DEPT_LEADER, w.works)
    return w


def give(client, user, cases: list[Case], to, **more):
    return send(client, user, "assign", cases, to=to.pk, **more)


def hands(w, *cases: Case) -> list[str | None]:
    """Who of the works office has each of these in hand."""
    return [Summons.objects.get(case=case, unit=w.works).worker_id for case in cases]


def asked_for(client, user, cases: list[Case]) -> list[str]:
    """The colleagues that the page offers."""
    client.force_login(user)
    page = client.post(ADDRESS, {"verb": "assign", "case": [tick(case) for case in cases]})
    return [name for _key, name in page.context["form"].fields["to"].choices[1:]]


def test_whoever_leads_gives_many_to_one_colleague(client, of_three):
    w, cases = of_three, [stories.whistled(of_three) for _ in range(3)]
    answer = give(client, w.head, cases, w.second, note="今晚一起去", back="state=open")
    assert (answer.status_code, answer.url) == (302, "/cases/?state=open")
    assert hands(w, *cases) == [w.second.pk] * 3
    assert "3" in client.get(answer.url).content.decode().split('class="messages"')[1].split("</div>")[0]
    steps = Step.objects.filter(verb=Verb.ASSIGN)
    assert {(step.note, step.facts["to"], step.actor) for step in steps} == {("今晚一起去", w.second.pk, w.head)}
    assert not Summons.objects.filter(unit=w.police).exclude(worker=None).exists()


def test_the_people_offered_are_those_of_the_single_form(client, of_three):
    w, case = of_three, stories.whistled(of_three)
    single = reverse("cases:summons_move", args=[case.number, case.summonses.get(unit=w.works).pk, "assign"])
    client.force_login(w.head)
    choices = client.get(single).context["form"].fields["to"].choices
    assert asked_for(client, w.head, [case]) == [name for _key, name in choices[1:]]


def test_whoever_has_all_of_them_already_is_not_offered(client, of_three):
    w, one, other = of_three, stories.whistled(of_three), stories.whistled(of_three)
    give(client, w.head, [one], w.second)
    assert w.second.name not in asked_for(client, w.head, [one])
    assert w.second.name in asked_for(client, w.head, [one, other])


def test_whoever_answers_for_two_units_is_offered_both_by_their_names(client, of_three):
    w, case = of_three, stories.whistled(of_three)
    seat(w.head, Role.DEPT_LEADER, w.police)
    client.force_login(w.head)
    page = client.post(ADDRESS, {"verb": "assign", "case": [tick(case)]})
    groups = dict(page.context["form"].fields["to"].choices[1:])
    assert set(groups) == {w.works.short_name, w.police.short_name}
    assert w.police_officer.name in [name for _key, name in groups[w.police.short_name]]


def test_the_colleague_is_asked_for_before_anything_is_done(client, of_three):
    w, case = of_three, stories.whistled(of_three)
    assert asked_for(client, w.head, [case])
    assert send(client, w.head, "assign", [case]).status_code == 422
    assert hands(w, case) == [None]


def test_a_refused_row_is_named_with_its_reason_and_a_link_and_the_others_are_done(client, of_three):
    w, good, had, done = of_three, *(stories.whistled(of_three) for _ in range(3))
    give(client, w.head, [had], w.second)
    stories.replies(w, done.summonses.get(unit=w.works))
    answer = give(client, w.head, [good, had, done], w.second)
    page = answer.content.decode().split("<main")[1]
    assert (answer.status_code, hands(w, good, had, done)) == (422, [w.second.pk, w.second.pk, None])
    assert (answer.context["done"], answer.context["refused"]) == (1, 2)
    for refused in (had, done):
        assert page.count(f'<a href="{reverse("desk:case", args=[refused.number])}">') == 1
    assert page.count('class="err"') == 2
    assert good.number not in page
    assert w.second.name in page


def test_a_person_of_another_unit_is_refused_and_nothing_changes(client, of_three):
    w, cases = of_three, [stories.whistled(of_three) for _ in range(2)]
    assert give(client, w.head, cases, w.police_officer).status_code == 422
    assert hands(w, *cases) == [None, None]
    assert not Step.objects.filter(verb=Verb.ASSIGN).exists()


def test_only_who_may_give_it_out_singly_finds_the_button(client, of_three):
    w, button = of_three, 'name="verb" value="assign"'
    for _ in range(2):
        stories.whistled(w)

    def page(user) -> str:
        client.force_login(user)
        return client.get("/cases/?state=open").content.decode()

    assert button in page(w.head)
    for user in (w.works_officer, w.second, w.police_officer, w.dispatcher, w.desk_officer):
        assert button not in page(user)


def test_where_nobody_leads_anybody_of_the_unit_finds_it_and_gives(client, w):
    second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    cases = [stories.whistled(w) for _ in range(2)]
    client.force_login(w.works_officer)
    assert 'name="verb" value="assign"' in client.get("/cases/?state=open").content.decode()
    assert give(client, w.works_officer, cases, second).status_code == 302
    assert hands(w, *cases) == [second.pk] * 2


def test_a_forged_sending_says_why_and_changes_nothing(client, of_three):
    w, cases = of_three, [stories.whistled(of_three) for _ in range(2)]
    for user in (w.works_officer, w.police_officer, w.dispatcher):
        answer = give(client, user, cases, w.second)
        assert (answer.status_code, answer.context["done"]) == (422, 0)
        assert answer.content.decode().count('class="err"') == 2
    unseen = give(client, w.outsider, cases, w.second).context
    assert (unseen["gone"].keys(), unseen["refused"]) == ({case.number for case in cases}, 2)
    assert hands(w, *cases) == [None, None]


def test_every_row_more_costs_the_same(client, of_three):
    w = of_three

    def queries(count: int) -> int:
        cases = [stories.whistled(w) for _ in range(count)]
        ticks = [tick(case) for case in cases]
        client.force_login(w.head)
        with CaptureQueriesContext(connection) as asked:
            client.post(ADDRESS, {"verb": "assign", "case": ticks, "to": w.second.pk, "confirmed": "1"})
        assert hands(w, *cases) == [w.second.pk] * count
        return len(asked)

    queries(1)
    one, two, four = queries(1), queries(2), queries(4)
    assert four - two == 2 * (two - one)


def test_the_list_asks_no_more_of_a_unit_for_many_rows_than_for_few(client, of_three):
    w = of_three

    def queries() -> int:
        client.force_login(w.head)
        with CaptureQueriesContext(connection) as asked:
            client.get("/cases/?state=open")
        return len(asked)

    stories.whistled(w), queries()
    few = queries()
    for _ in range(4):
        stories.whistled(w)
    assert queries() == few


def test_where_rows_allow_different_moves_those_for_one_are_ticked_by_a_link(client, of_three):
    w, (fresh, signed) = of_three, [stories.whistled(of_three) for _ in range(2)]
    actions.answer(signed.summonses.get(unit=w.works), Verb.SIGN, by=w.of(w.head), at=w.at + 2 * stories.HOUR)
    client.force_login(w.head)
    page = client.get("/cases/?state=open")
    assert [address for _label, address in page.context["tick_some"]] == ["/cases/?state=open&ticked=sign"]
    chosen = client.get("/cases/?state=open&ticked=sign").content.decode()
    assert f'value="{tick(fresh)}" aria-label' in chosen
    assert chosen.count(" checked>") == 1
    assert send(client, w.head, "sign", [fresh], back="state=open").status_code == 302


def test_what_waited_for_a_sign_in_is_shown_and_made_only_when_sent_again(client, w):
    case = stories.whistled(w)
    given = {"verb": "sign", "case": [tick(case)]}
    assert "/sign-in" in client.post(ADDRESS, given).url
    client.force_login(w.works_officer)
    page = client.get(ADDRESS)
    assert f'value="{tick(case)}" checked' in page.content.decode()
    assert Summons.objects.get(case=case, unit=w.works).state == Answer.SENT
    assert client.post(ADDRESS, {**given, "confirmed": "1"}).status_code == 302
    assert Summons.objects.get(case=case, unit=w.works).state == Answer.SIGNED
