"""The shipped list, calendar and limits, and what a second load keeps."""

from datetime import date

import pytest
from django.core.management import call_command

from accountability import situations
from accountability.models import (
    Calendar,
    Category,
    CoveredYear,
    DayException,
    Duty,
    Item,
    ItemVersion,
    Limit,
    ListVersion,
    Situation,
    SituationGroup,
    SituationTerms,
    Urgency,
)


@pytest.fixture
def lixia(db):
    call_command("load_lixia", verbosity=0)


def test_the_five_categories_of_quick_response_come_first(lixia):
    names = list(Category.objects.values_list("name", flat=True))
    assert names[:5] == ["环境整治", "市政设施", "园林绿化", "自然资源", "综合执法"]
    assert len(names) > 5


def test_81_items_stand_in_list_version_1_which_says_that_it_is_a_reference(lixia):
    version = ListVersion.objects.get()
    assert (version.number, version.reference, version.items.count()) == (1, True, 81)
    assert version.label == "参考清单（示例），以区委编办发布为准，可整体导入替换"


def test_three_items_are_led_by_the_street(lixia):
    led = ItemVersion.objects.filter(street_led=True).order_by("item__code")
    assert [item.item.code for item in led] == ["CXJS-05", "CXJS-06", "STHJ-04"]
    assert set(Duty.objects.filter(kind="lead", item_version__in=led).values_list("party", flat=True)) == {"street"}


def test_every_item_has_a_lead_and_a_situation(lixia):
    assert not ItemVersion.objects.exclude(duties__kind="lead").exists()
    assert not Item.objects.filter(situations=None).exists()


def test_an_item_with_two_leads_names_both_in_order(lixia):
    leads = Duty.objects.filter(item_version__item__code="CXJS-11", kind="lead")
    assert [duty.unit.code for duty in leads] == ["QZ-16", "QZ-18"]


def test_parties_outside_the_register_keep_their_name(lixia):
    others = set(Duty.objects.filter(party="other").values_list("party_name", flat=True))
    assert others == {"社区居民委员会", "行业主管部门"}


def test_every_situation_says_what_to_see_photograph_and_do(lixia):
    for situation in Situation.objects.all():
        assert all([situation.looks_like, situation.photograph, situation.first_action]), situation.code
    assert set(Situation.objects.values_list("urgency", flat=True)) >= {"extreme", "urgent", "normal", "complex"}


def test_the_calendar_covers_2004_to_2026_with_make_up_workdays(lixia):
    assert list(CoveredYear.objects.order_by("year").values_list("year", flat=True)) == list(range(2004, 2027))
    kinds = {row.day: row.kind for row in DayException.objects.all()}
    assert kinds[date(2020, 1, 31)] == "holiday"
    assert kinds[date(2019, 9, 29)] == "makeup"
    assert kinds[date(2026, 10, 1)] == "holiday"
    assert all((day.weekday() < 5) == (kind == "holiday") for day, kind in kinds.items())


def test_workdays_are_those_that_the_public_calendar_counts(lixia):
    chinese_calendar = pytest.importorskip("chinese_calendar")
    kinds = dict(DayException.objects.values_list("day", "kind"))
    for ordinal in range(date(2004, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        works = kinds.get(day, "makeup" if day.weekday() < 5 else "holiday") == "makeup"
        assert works == chinese_calendar.is_workday(day), day


def test_work_has_a_noon_break(lixia):
    hours = [str(stretch) for stretch in Calendar.objects.get().hours.all()]
    assert hours == ["08:30-12:00", "13:30-17:30"]


def test_every_urgency_has_every_limit_that_a_case_needs(lixia):
    needed = {"accept", "approve", "dispatch", "sign", "respond", "result", "inspect", "callback", "close", "promise"}
    needed |= {"decline", "desk", "conferral", "leader", "joint", "minutes", "answer", "reopen"}
    handed_down = {"review", "amend", "opinion", "legality", "decision", "take", "task", "ruling"}
    for urgency in Urgency:
        phases = set(Limit.objects.filter(urgency=urgency).values_list("phase", flat=True))
        assert phases & handed_down == (handed_down if urgency == Urgency.NORMAL else set()), urgency
        assert phases - {"arrive", "extend", "pause", "shelve"} - handed_down == needed, urgency
        assert ("arrive" in phases) == (urgency not in (Urgency.COMPLEX, Urgency.CONSULT))


def test_a_limit_names_its_source_or_says_that_it_is_a_default(lixia):
    assert (
        Limit.objects.get(urgency="normal", phase="result", milestone="").basis
        == "山东省政务服务热线管理办法（2020-01）"
    )
    assert Limit.objects.get(urgency="normal", phase="sign").basis.startswith("缺省")


def test_a_list_in_force_and_a_covered_year_stay_as_they_are(lixia):
    Duty.objects.filter(item_version__item__code="ZRZY-02").delete()
    DayException.objects.filter(day=date(2020, 1, 31)).delete()
    call_command("load_lixia", verbosity=0)
    assert not Duty.objects.filter(item_version__item__code="ZRZY-02").exists()
    assert not DayException.objects.filter(day=date(2020, 1, 31)).exists()


def test_a_year_that_was_not_covered_comes_with_its_days(lixia):
    CoveredYear.objects.filter(year=2026).delete()
    DayException.objects.filter(day__year=2026).delete()
    call_command("load_lixia", verbosity=0)
    assert CoveredYear.objects.filter(year=2026).exists()
    assert DayException.objects.filter(day=date(2026, 10, 1)).exists()


def test_an_installation_with_older_situations_is_told_what_they_lacked(lixia):
    SituationTerms.objects.all().delete()
    Situation.objects.update(group=None, words="", call="")
    own = Situation.objects.get(code="CXJS-12-2")
    own.words = "自家的话"
    own.save()
    call_command("load_lixia", verbosity=0)
    own.refresh_from_db()
    assert (own.words, own.call) == ("自家的话", "")
    assert Situation.objects.get(code="STHJ-03-1").group == SituationGroup.objects.get(code="smoke")
    assert Situation.objects.filter(words="").count() == 0
    assert Item.objects.filter(situations=None).count() == 0
    assert list(situations.faults()) == []
