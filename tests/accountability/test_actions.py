"""Changing a duty makes a new version from tomorrow; what was said before stays as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accountability.actions import ListRefused, Wording, amend
from accountability.duties import duty_texts, stamp, to_edit, version_on
from accountability.models import Duty, ItemVersion, ListVersion
from audit.models import SecurityLog
from tests.world import world

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def w():
    return world()


def wordings(item, version) -> list[Wording]:
    return [
        Wording(duty.kind, duty.text, unit=duty.unit, party=duty.party, party_name=duty.party_name)
        for duty in duty_texts(item, version)
    ]


def changed(w, item=None, text="负责查处和复查") -> list[Wording]:
    first, *others = wordings(item or w.item, version_on(TOMORROW))
    return [replace(first, text=text), *others]


def edit(w, duties=None, item=None, by=None, **more) -> ListVersion:
    by = by or w.of(w.establishment)
    return amend(item or w.item, duties=changed(w) if duties is None else duties, by=by, at=w.at, **more)


def refusal(w, duties=None, **more) -> str:
    with pytest.raises(ListRefused) as refused:
        edit(w, duties, **more)
    assert refused.value.sentence
    return refused.value.code


def test_a_change_is_in_force_from_tomorrow_and_today_stays(w):
    version = edit(w)
    assert (version.number, version.in_force_from) == (2, TOMORROW)
    assert duty_texts(w.item, version_on(TODAY))[0].text == "负责查处"
    assert duty_texts(w.item, version_on(TOMORROW))[0].text == "负责查处和复查"


def test_late_in_the_evening_tomorrow_is_the_local_one(w):
    late = w.at.replace(hour=17)  # 01:00 on Tuesday here
    assert amend(w.item, duties=changed(w), by=w.of(w.establishment), at=late).in_force_from == date(2026, 3, 11)


def test_everything_else_is_carried_over(w):
    version = edit(w)
    assert ItemVersion.objects.filter(version=version).count() == 2
    assert stamp(duty_texts(w.city_item, version)) == stamp(duty_texts(w.city_item, w.version))
    assert (version.reference, version.made_by, version.made_at) == (True, w.establishment, w.at)


def test_two_changes_on_one_day_make_one_version_that_holds_both(w):
    first = edit(w)
    second = edit(w, changed(w, w.city_item, "另定"), item=w.city_item)
    assert (first, ListVersion.objects.count()) == (second, 2)
    assert [duty_texts(item, second)[0].text for item in (w.item, w.city_item)] == ["负责查处和复查", "另定"]


def test_a_change_of_the_next_day_makes_the_next_version(w):
    edit(w)
    again = amend(w.item, duties=changed(w, text="再改"), by=w.of(w.establishment), at=w.at + timedelta(days=1))
    assert (again.number, again.in_force_from) == (3, date(2026, 3, 11))
    assert duty_texts(w.item, version_on(TOMORROW))[0].text == "负责查处和复查"


def test_two_editors_of_one_item_do_not_lose_each_others_words(w):
    seen = stamp(duty_texts(w.item, version_on(TOMORROW)))
    edit(w, seen=seen)
    assert refusal(w, changed(w, text="别的"), seen=seen) == "stale"
    assert to_edit(w.item, w.at).version.number == 2


def test_the_unit_that_leads_can_be_changed(w):
    lead, support, street = wordings(w.item, w.version)
    version = edit(w, [replace(support, kind="lead"), replace(lead, kind="support"), street])
    assert [(duty.kind, duty.unit) for duty in duty_texts(w.item, version)][:2] == [
        ("lead", w.police),
        ("support", w.works),
    ]


def test_an_item_that_the_street_leads_says_so(w):
    street = Wording("lead", "组织整治", party=Duty.Party.STREET, party_name="街道办事处")
    version = edit(w, [street])
    assert ItemVersion.objects.get(item=w.item, version=version).street_led


def test_the_change_is_noted(w):
    edit(w)
    row = SecurityLog.objects.get()
    assert (row.event, row.actor, row.subject_id) == ("list_changed", w.establishment, "ZHZF-01")


@pytest.mark.parametrize("name", ["dispatcher", "desk_officer", "works_officer", "inspector"])
def test_only_the_establishment_office_changes_the_list(w, name):
    assert refusal(w, by=w.of(getattr(w, name))) == "wrong_person"
    assert ListVersion.objects.count() == 1


def test_nobody_at_all_changes_nothing(w):
    with pytest.raises(ListRefused) as refused:
        amend(w.item, duties=changed(w), by=None, at=w.at)
    assert refused.value.code == "wrong_person"


def test_what_says_the_same_is_no_change(w):
    assert refusal(w, wordings(w.item, w.version)) == "nothing_changed"
    assert (ListVersion.objects.count(), SecurityLog.objects.count()) == (1, 0)


def test_somebody_has_to_lead(w):
    assert refusal(w, wordings(w.item, w.version)[1:]) == "no_lead"


def test_a_duty_without_words_is_refused(w):
    assert refusal(w, changed(w, text="  ")) == "text_missing"


def test_a_party_stands_once(w):
    lead, *others = wordings(w.item, w.version)
    assert refusal(w, [lead, replace(lead, kind="support"), *others]) == "named_twice"


def test_an_item_off_the_list_has_no_duties_to_change(w):
    duties = changed(w)
    Duty.objects.filter(item_version__item=w.item).delete()
    assert refusal(w, duties) == "not_listed"


def test_without_any_list_there_is_nothing_to_change(w):
    with pytest.raises(ListRefused) as refused:
        amend(w.item, duties=changed(w), by=w.of(w.establishment, w.at), at=w.at.replace(year=2019))
    assert refused.value.code == "no_list"
