"""The list changes by drafts that several people write and another post decides; what was in force stays."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accountability import invariants
from accountability.actions import (
    ListRefused,
    Wording,
    add_item,
    begin,
    discard,
    put_back,
    refresh,
    save_item,
    take_off,
)
from accountability.actions.items import stamp
from accountability.duties import calls_for, duty_texts, latest, version_on
from accountability.models import Duty, Item, ItemVersion, ListKind, ListVersion, Stand
from audit.models import SecurityLog
from cases.invariants import faults as faults_of_cases
from cases.models import Case
from changes.actions import apply_due, approve, reject, roll_back, submit, withdraw
from changes.kinds import ChangeRefused
from changes.models import State
from people.models import Role
from tests import stories
from tests.accountability.lists import (
    DAY,
    approved,
    begun,
    forward,
    legal,
    published,
    said,
    second_editor,
    write,
    written,
)  # fmt: skip
from tests.world import post, seat, world

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def w():
    return world()


def refusal(act, *args, **more) -> str:
    with pytest.raises((ListRefused, ChangeRefused)) as refused, transaction.atomic():
        act(*args, **more)
    assert refused.value.sentence
    return refused.value.code


def first(item, version) -> str:
    return duty_texts(item, version)[0].text


def test_a_draft_changes_nothing_before_its_day(w):
    draft = written(w)
    assert (draft.number, version_on(TOMORROW), first(w.item, w.version)) == (None, w.version, "负责查处")
    change = approved(w, draft)
    assert (change.state, change.in_force_from) == (State.APPROVED, TOMORROW)
    assert apply_due(w.at) == 0
    assert version_on(TOMORROW) == w.version


def test_on_its_day_it_gets_its_number_and_the_one_before_ends(w):
    draft = written(w)
    approved(w, draft)
    assert apply_due(w.at + DAY) == 1
    assert apply_due(w.at + DAY) == 0
    now, was = version_on(TOMORROW), version_on(TODAY)
    assert (now.pk, now.number, now.in_force_from, now.in_force_until) == (draft.pk, 2, TOMORROW, None)
    assert (was.number, was.in_force_until) == (1, TOMORROW)
    assert (first(w.item, now), first(w.item, was)) == ("负责查处和复查", "负责查处")
    assert [now.stand(TOMORROW), was.stand(TOMORROW), now.stand(TODAY)] == [
        Stand.IN_FORCE, Stand.SUPERSEDED, Stand.COMING,
    ]  # fmt: skip
    row = SecurityLog.objects.get()
    assert (row.event, row.actor, row.subject_id) == ("list_changed", legal(w), "2")


def test_a_version_whose_day_has_come_rules_a_new_case_while_the_old_case_keeps_the_old(w):
    old = stories.accepted(w, item=w.item)
    draft = begun(w, w.at - DAY)
    write(w, draft, "", duties=[Wording("lead", "另行查处", w.police)])
    approved(w, draft, at=w.at - DAY)
    assert apply_due(w.at) == 1
    new = stories.accepted(w, item=w.item)
    assert [old.list_version.number, new.list_version.number] == [1, 2]
    led = [next(one.unit for one in calls_for(c.item, c.list_version, c.office) if one.leads) for c in (old, new)]
    assert led == [w.works, w.police]
    told = set(faults_of_cases(w.at))
    Case.objects.filter(pk=old.pk).update(list_version=new.list_version)
    (more,) = set(faults_of_cases(w.at)) - told
    assert old.number in more


def test_everything_else_is_carried_over(w):
    version = published(w)
    assert ItemVersion.objects.filter(version=version).count() == 2
    assert first(w.city_item, version) == first(w.city_item, w.version)
    assert (version.reference, version.made_by, version.base) == (True, w.establishment, w.version)


def test_two_people_write_at_two_items_of_one_draft(w):
    draft, other = begun(w), second_editor(w)
    write(w, draft)
    write(w, draft, "另定", item=w.city_item, by=other)
    assert [first(item, draft) for item in (w.item, w.city_item)] == ["负责查处和复查", "另定"]
    assert set(draft.editors.all()) == {w.establishment, other}


def test_of_one_item_nobody_loses_anothers_words(w):
    draft, other = begun(w), second_editor(w)
    seen = stamp(draft, w.item)
    write(w, draft)
    late = {"said": said(draft, w.item, "别的"), "seen": seen, "by": w.of(other), "at": w.at}
    assert refusal(save_item, draft, w.item, **late) == "stale"
    assert refusal(take_off, draft, w.item, seen=seen, by=w.of(other), at=w.at) == "stale"
    assert first(w.item, draft) == "负责查处和复查"


def test_an_item_is_added_taken_off_and_put_back(w):
    draft, mine = begun(w), {"by": w.of(w.establishment), "at": w.at}
    new = said(draft, w.item, title="共享单车乱停")
    add_item(draft, code="ZHZF-99", category=w.category, said=new, **mine)
    take_off(draft, w.item, seen=stamp(draft, w.item), **mine)
    assert set(draft.items.values_list("item__code", flat=True)) == {"ZHZF-99", "STHJ-01"}
    put_back(draft, w.item, seen="", **mine)
    assert (first(w.item, draft), w.version.items.count()) == ("负责查处", 2)


def test_a_code_is_used_once(w):
    draft, mine = begun(w), {"by": w.of(w.establishment), "at": w.at}
    new = {"category": w.category, "said": said(draft, w.item), **mine}
    assert refusal(add_item, draft, code="ZHZF-01", **new) == "duplicate_code"
    take_off(draft, w.item, seen=stamp(draft, w.item), **mine)
    assert refusal(add_item, draft, code="ZHZF-01", **new) == "duplicate_code"


def test_who_leads_says_whether_the_street_leads_it(w):
    draft = begun(w)
    street = Wording("lead", "组织整治", party=Duty.Party.STREET, party_name="街道办事处")
    assert write(w, draft, "", duties=[street]).street_led


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("nothing_changed", {}),
        ("no_lead", {"duties": [Wording("support", "协助", party="street", party_name="街道办事处")]}),
        (
            "no_party",
            {"duties": [Wording("lead", "查处", party="street", party_name="街道"), Wording("support", "协助")]},
        ),
        ("text_missing", {"duties": [Wording("lead", "  ", party="street", party_name="街道")]}),
        (
            "named_twice",
            {"duties": [Wording(kind, "查", party="other", party_name="某") for kind in ("lead", "support")]},
        ),
        ("title_missing", {"title": " "}),
        ("odd_days", {"basis_from": date(2020, 1, 2), "basis_until": date(2020, 1, 1)}),
    ],
)
def test_what_no_list_may_say_is_refused(w, code, changed):
    draft = begun(w)
    wanted = said(draft, w.item, **changed)
    told = {"said": wanted, "seen": stamp(draft, w.item), "by": w.of(w.establishment), "at": w.at}
    assert refusal(save_item, draft, w.item, **told) == code


def test_a_whole_list_is_looked_at_again_when_it_is_put_forward(w):
    draft = written(w)
    Duty.objects.filter(item_version__version=draft, item_version__item=w.city_item, kind="lead").delete()
    assert refusal(forward, w, draft) == "no_lead"
    Duty.objects.filter(item_version__version=draft).update(kind="lead", party_name="")
    assert refusal(forward, w, draft) == "no_party"


@pytest.mark.parametrize("name", ["dispatcher", "desk_officer", "works_officer", "inspector", None])
def test_only_the_establishment_office_writes(w, name):
    by = w.of(getattr(w, name)) if name else None
    draft = begun(w)
    assert refusal(begin, w.list_kind, by=by, at=w.at) == "wrong_person"
    told = {"said": said(draft, w.item, "别的"), "seen": stamp(draft, w.item), "by": by, "at": w.at}
    assert refusal(save_item, draft, w.item, **told) == "wrong_person"


def test_no_day_that_was_lived_through_and_no_two_versions_at_once(w):
    draft = written(w)
    assert refusal(forward, w, draft, day=TODAY) == "in_past"
    assert refusal(forward, w, draft, day=TODAY - DAY) == "in_past"
    ListVersion.objects.filter(pk=w.version.pk).update(in_force_until=TOMORROW + DAY)
    ListVersion.objects.create(kind=w.list_kind, number=2, label="2", in_force_from=TOMORROW + DAY)
    assert refusal(forward, w, draft) == "range_overlaps"


def test_the_database_refuses_two_versions_of_one_list_on_one_day(w):
    with pytest.raises(IntegrityError, match="versions_of_a_list_do_not_overlap"), transaction.atomic():
        ListVersion.objects.create(kind=w.list_kind, number=2, label="2", in_force_from=TOMORROW)
    other = ListKind.objects.create(code="basic", name="基本履职", name_en="Basic duties", basis="试验")
    ListVersion.objects.create(kind=other, number=1, label="1", in_force_from=TODAY)


def test_nothing_that_says_the_same_is_put_forward(w):
    assert refusal(forward, w, begun(w)) == "nothing_changed"


def test_one_person_cannot_propose_and_approve_nor_anybody_who_wrote(w):
    draft, other = written(w), second_editor(w)
    write(w, draft, "另定", item=w.city_item, by=other)
    change = forward(w, draft)
    change = submit(change, seen=change.version, by=w.of(w.establishment), at=w.at)
    seat(w.establishment, Role.LEGAL, w.editors)
    yes = {"seen": change.version, "at": w.at}
    assert refusal(approve, change, by=w.of(w.establishment), **yes) == "same_person"
    seat(other, Role.LEGAL, w.editors)
    assert refusal(approve, change, by=w.of(other), **yes) == "wrong_person"  # not another post
    other.unit_roles.filter(role=Role.ESTABLISHMENT).update(until=w.at)
    assert refusal(approve, change, by=w.of(other), **yes) == "same_person"
    assert refusal(approve, change, by=w.of(w.inspector), **yes) == "wrong_person"
    leader = post(w.desk_officer, Role.DISTRICT_LEADER, w.district)
    assert approve(change, by=w.of(leader), **yes).state == State.APPROVED


def test_what_was_sent_is_not_written_at_until_it_comes_back(w):
    draft = written(w)
    change = forward(w, draft)
    write(w, draft, "又改")
    assert refusal(submit, change, seen=change.version, by=w.of(w.establishment), at=w.at) == "edited_since"
    change = forward(w, draft)
    change = submit(change, seen=change.version, by=w.of(w.establishment), at=w.at)
    assert refusal(write, w, draft, "再改") == "sent"
    assert refusal(forward, w, draft) == "sent"
    reject(change, note="依据不足", seen=change.version, by=w.of(legal(w)), at=w.at)
    write(w, draft, "再改")
    assert forward(w, draft).pk != change.pk


def test_what_was_changed_in_the_database_after_approval_does_not_come_into_force(w):
    change = approved(w, written(w))
    Duty.objects.filter(item_version__version=change.list_version, kind="lead").update(text="暗改")
    assert apply_due(w.at + DAY) == 0
    change.refresh_from_db()
    assert (change.state, version_on(TOMORROW)) == (State.DRAFT, w.version)


def test_a_draft_from_before_is_brought_up_to_date_first(w):
    mine = begun(w)
    write(w, mine, "我的")
    added = {"code": "ZHZF-99", "category": w.category, "by": w.of(w.establishment), "at": w.at}
    theirs = written(w, "他们的")
    add_item(theirs, said=said(theirs, w.item, title="新"), **added)
    write(w, theirs, "油烟另定", item=w.city_item)
    approved(w, theirs)
    apply_due(w.at + DAY)
    w.at += DAY
    assert refusal(forward, w, mine) == "base_changed"
    assert refresh(mine, by=w.of(w.establishment), at=w.at) == ["ZHZF-01"]
    assert refresh(mine, by=w.of(w.establishment), at=w.at) == []
    told = [first(item, mine) for item in (w.item, w.city_item, Item.objects.get(code="ZHZF-99"))]
    assert told == ["我的", "油烟另定", "他们的"]
    approved(w, mine)
    assert apply_due(w.at + DAY) == 1


def test_it_is_rolled_back_by_a_new_version_that_two_people_made(w):
    version = published(w)
    change = version.change
    told = {"basis": "复核意见", "day": TODAY + DAY, "seen": change.version, "at": w.at}
    back = roll_back(change, by=w.of(w.establishment), **told)
    back = submit(back, seen=back.version, by=w.of(w.establishment), at=w.at)
    approve(back, seen=back.version, by=w.of(legal(w)), at=w.at)
    assert apply_due(w.at + DAY) == 1
    now = latest(w.list_kind)
    assert (now.number, now.in_force_from, first(w.item, now)) == (3, TODAY + DAY, "负责查处")
    change.refresh_from_db()
    assert (change.state, now.digest, now.change) == (State.ROLLED_BACK, w.version.digest, back)
    assert list(invariants.faults(w.at + DAY)) == []


def test_a_draft_may_begin_with_what_an_earlier_version_said(w):
    published(w)
    assert first(w.item, begun(w, source=w.version)) == "负责查处"


def test_a_kind_without_a_version_begins_empty(w):
    kind = ListKind.objects.create(code="basic", name="基本履职", name_en="Basic duties", basis="试验")
    draft = begin(kind, by=w.of(w.establishment), at=w.at)
    add_item(draft, code="JB-01", category=w.category, said=said(w.version, w.item), by=w.of(w.establishment), at=w.at)
    approved(w, draft)
    assert apply_due(w.at + DAY) == 1
    assert (latest(kind).number, version_on(TOMORROW)) == (1, w.version)


def test_a_draft_is_given_up_unless_a_change_names_it(w):
    draft = written(w)
    discard(draft, by=w.of(w.establishment), at=w.at)
    assert not ListVersion.objects.filter(pk=draft.pk).exists()
    draft = written(w)
    change = forward(w, draft)
    withdraw(change, seen=change.version, by=w.of(w.establishment), at=w.at)
    assert refusal(discard, draft, by=w.of(w.establishment), at=w.at) == "named"


BREAKS = {
    "a duty in other words": (
        "UPDATE accountability_duty SET text = 'x' WHERE item_version_id IN (SELECT id FROM accountability_itemversion"
        " WHERE version_id = {v} AND item_id = {item})", "ZHZF-01"),
    "an item in other words": (
        "UPDATE accountability_itemversion SET evidence = 'x' WHERE version_id = {old} AND item_id = {item}",
        "ZHZF-01"),
    "an item with its digest": (
        "UPDATE accountability_itemversion SET evidence = 'x', digest = repeat('0', 64)"
        " WHERE version_id = {v} AND item_id = {item}", "2"),
    "a day": ("UPDATE accountability_listversion SET in_force_from = in_force_from + 1 WHERE id = {v}", "2"),
    "a version without change": ("UPDATE accountability_listversion SET change_id = NULL WHERE id = {v}", "2"),
    "what was approved": (
        "UPDATE changes_change SET after = jsonb_set(after, '{{versions,0,digest}}', '\"x\"')", ""),
}  # fmt: skip


@pytest.mark.parametrize("how", BREAKS)
def test_verify_says_where_the_list_was_edited_in_the_database(w, how):
    version = published(w)
    assert list(invariants.faults(w.at)) == []
    sql, where = BREAKS[how]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(v=version.pk, old=w.version.pk, item=w.item.pk))
    faults = list(invariants.faults(w.at))
    assert faults
    assert where in " ".join(faults)
