"""The queue: what waits to be accepted at one's places, the most urgent first, with what it takes to decide beside."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accountability.models import Situation
from cases import actions
from cases.models import Case, State, Verb
from desk import queue
from engagement.models import Report
from people.models import Role
from tests import stories
from tests.lately import lately
from tests.world import person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def read(client, user, **asked):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(reverse("desk:queue"), asked)


def text(answer) -> str:
    return answer.content.decode()


def listed(answer) -> list[str]:
    page = text(answer).split('<nav class="card list"')
    return re.findall(r"case=([\d-]+)", page[1].split("</ol>")[0]) if len(page) > 1 else []


def seen(case: Case) -> dict:
    return {"seen": case.version, "seen_step": case.steps.count(), "then": "queue"}


def test_my_street_alone_the_most_urgent_first(client, w):
    later, sooner = stories.reported(w), stories.reported(w)
    stories.reported(w, area=w.far_grid)
    Case.objects.filter(pk=sooner.pk).update(due_at=later.due_at - timedelta(minutes=5))
    assert listed(read(client, w.dispatcher)) == [sooner.number, later.number]
    assert f'<h2 lang="zh-Hans">{sooner.summary}' in text(read(client, w.dispatcher))


def test_what_has_been_accepted_waits_no_more(client, w):
    case = stories.accepted(w)
    assert listed(read(client, w.dispatcher)) == []
    answer = read(client, w.dispatcher, case=case.number)
    assert f"{case.number} waits here no more" in text(answer)


@pytest.mark.parametrize("who", ["outsider", "works_officer", "inspector", "clerk", "worker"])
def test_to_others_nothing_of_it_is_shown(client, w, who):
    case = stories.reported(w)
    answer = read(client, getattr(w, who), case=case.number)
    assert listed(answer) == []
    assert case.summary not in text(answer)


def test_the_desk_has_what_no_street_has_and_hands_it_on(client, w):
    case, other = stories.reported(w, area=w.district), stories.reported(w)
    answer = read(client, w.desk_officer)
    assert listed(answer) == [case.number]
    assert other.number not in text(answer)
    place = reverse("cases:move", args=[case.number, "place"])
    assert place in text(answer)
    handed = client.post(place, {"street": w.street.code, "note": "", **seen(case)})
    assert handed.url == reverse("desk:queue")


def test_what_was_said_stands_there_masked_and_not_of_a_confidential_case(client, w):
    case = stories.reported(w)
    said = {"words": "楼下烧烤摊，请打13812340427", "phone": "13812340427", "name": "董小满"}
    Report.objects.create(case=case, receipt="A" * 12, received_at=w.at, **said)
    shown = text(read(client, w.dispatcher))
    assert "楼下烧烤摊" in shown
    assert "138****0427" in shown
    assert "13812340427" not in shown
    by = w.of(w.desk_officer)
    actions.advance(case, Verb.CONCEAL, by=by, at=w.at, note="怕被找上门", facts={"summary": "餐饮扰民"})
    hidden = text(read(client, w.dispatcher))
    assert "楼下烧烤摊" not in hidden
    assert "138****0427" not in hidden


def test_page_by_page_everything_comes_once(client, w, monkeypatch):
    monkeypatch.setattr(queue, "SIZE", 2)
    made = [stories.reported(w) for _ in range(5)]
    Case.objects.filter(pk__in=[made[0].pk, made[3].pk]).update(due_at=None)
    found, after = [], ""
    for _ in range(3):
        answer = read(client, w.dispatcher, **({"after": after} if after else {}))
        found += listed(answer)
        after = answer.context["page"].after
    assert after == ""
    assert found == [made[n].number for n in (1, 2, 4, 0, 3)]


@pytest.mark.parametrize("after", ["x", ",", "2026-01-01,1", "2026-01-01T00:00:00+08:00,-1", ",99999999999999999999"])
def test_a_key_that_makes_no_sense_begins_at_the_beginning(client, w, after):
    case = stories.reported(w)
    assert listed(read(client, w.dispatcher, after=after)) == [case.number]


def test_accepting_leads_back_to_the_queue_and_the_next_one(client, w):
    first, second = stories.reported(w), stories.reported(w)
    read(client, w.dispatcher)
    said = {"summary": "烧烤占道", "category": w.category.code, "item": "", "situation": "", "urgency": "normal"}
    answer = client.post(reverse("cases:move", args=[first.number, "accept"]), {**said, **seen(first)})
    assert answer.url == reverse("desk:queue")
    after = client.get(answer.url)
    assert listed(after) == [second.number]
    assert "Accepted." in text(after)


def test_what_is_refused_keeps_its_words_and_its_way_back(client, w):
    case = stories.reported(w)
    read(client, w.dispatcher)
    answer = client.post(reverse("cases:move", args=[case.number, "turn_down"]), {"note": "", **seen(case)})
    assert answer.status_code == 422
    assert '<input type="hidden" name="then" value="queue">' in text(answer)
    done = client.post(reverse("cases:move", args=[case.number, "turn_down"]), {"note": "已由物业处理", **seen(case)})
    assert done.url == reverse("desk:queue")


def test_no_form_leads_anywhere_else(client, w):
    case = stories.reported(w)
    read(client, w.dispatcher)
    given = {**seen(case), "note": "已由物业处理", "then": "https://evil.example/"}
    answer = client.post(reverse("cases:move", args=[case.number, "turn_down"]), given)
    assert answer.url == reverse("desk:case", args=[case.number])


def test_one_like_it_stands_beside_it_with_why_and_is_joined_by_one_press(client, w):
    main = stories.accepted(w, lon=117.0, lat=36.65)
    case = stories.reported(w, lon=117.001, lat=36.65)
    shown = text(read(client, w.dispatcher))
    alike = shown.split('id="alike"')[1].split("</section>")[0]
    assert main.number in alike
    assert "the same kind of matter" in alike
    assert "89 m apart" in alike
    fields = dict(re.findall(r'name="(main|note|seen|seen_step|then)"[^>]* value="([^"]*)"', alike))
    fields |= dict(re.findall(r'name="(note)" maxlength="200" value="([^"]*)"', alike))
    answer = client.post(reverse("cases:move", args=[case.number, "merge"]), fields)
    assert answer.url == reverse("desk:queue")
    case.refresh_from_db()
    assert case.state == State.MERGED
    assert "89 m apart" in case.steps.get(verb=Verb.MERGE).note


def test_one_that_cannot_take_it_in_says_so(client, w):
    stories.reported(w)
    stories.reported(w)
    shown = text(read(client, w.dispatcher))
    assert "It waits to be accepted itself" in shown
    assert "/do/merge/" not in shown


def test_the_words_suggest_an_item_and_a_press_fills_it_in(client, w):
    facts = {"name": "占道烧烤", "looks_like": "烧烤摊", "photograph": "", "first_action": ""}
    Situation.objects.create(item=w.item, code="ZHZF-01-1", **facts)
    case = stories.reported(w)
    shown = text(read(client, w.dispatcher))
    assert "占道烧烤" in shown.split("From the words:")[1][:400]
    filled = text(read(client, w.dispatcher, case=case.number, item=w.item.code))
    assert re.search(rf'<option value="{w.item.code}" selected', filled)


def test_it_asks_the_same_number_of_questions_however_much_waits(client, w):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert read(client, w.dispatcher).status_code == 200
        return len(asked)

    main = stories.accepted(w)
    Report.objects.create(case=main, receipt="B" * 12, words="烧烤", received_at=w.at)
    stories.reported(w)
    count()
    few = count()
    for nth in range(12):
        case = stories.reported(w)
        Report.objects.create(case=case, receipt=f"{nth:012}", words="烧烤", received_at=w.at)
    for _ in range(3):
        stories.accepted(w)
    assert count() == few
    assert few <= 40


def test_nothing_there_is_said_in_words(client, w):
    assert "No new case waits" in text(read(client, w.dispatcher))


def test_only_who_accepts_finds_it_in_the_navigation(client, w):
    for user, there in ((w.dispatcher, True), (w.desk_officer, True), (w.works_officer, False), (w.inspector, False)):
        client.force_login(user)
        assert (f'href="{reverse("desk:queue")}"' in text(client.get(reverse("desk:cases")))) is there


def test_a_second_street_is_a_second_queue(client, w):
    both = post(person("both", "两街"), Role.DISPATCHER, w.street)
    post(both, Role.DISPATCHER, w.other_street)
    numbers = {stories.reported(w).number, stories.reported(w, area=w.far_grid).number}
    assert set(listed(read(client, both))) == numbers
