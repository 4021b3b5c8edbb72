"""The words of the district by reviewed change: reply templates move by move, and the phrases that say nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from cases import actions
from cases.changing.reviewed import faults
from cases.models import ReplyTemplate, Step, StockPhrase, Verb
from changes.actions import Wanted, apply_due, approve, roll_back, submit
from changes.kinds import ChangeRefused, kind_of
from changes.models import State
from tests import stories
from tests.changes.drafting import approved, drafted, rows_of, sent
from tests.world import world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REPLY = {"kind": "templates", "subject": "reply"}
PHRASES = {"kind": "phrases", "subject": "all"}
NEW = {"title": "办结", "text": "{place}已由{unit}办结", "state": None, "category": None, "basis": None}


@pytest.fixture
def w():
    w = world()
    ReplyTemplate.objects.create(verb="reply", title="已处置", text="{place}已处置", basis="自拟")
    ReplyTemplate.objects.create(verb="arrive", title="到场", text="到了", basis="自拟")
    ReplyTemplate.objects.create(verb="reply", title="本单位", text="办了", unit=w.works)
    StockPhrase.objects.create(words="正在处理", basis="自拟")
    return w


def templates(w, *rows, days=0, **cells) -> Wanted:
    """The one that stands with other cells, and more of them."""
    after = rows_of("templates", "reply", w.at)
    after["templates"][0].update(cells)
    after["templates"] += rows
    return Wanted("改模板", "试验文号", after, localdate(w.at) + timedelta(days))


def phrases(w, *words, days=1) -> Wanted:
    rows = [{"words": one, "basis": "自拟" if one == "正在处理" else None} for one in words]
    return Wanted("改套话", "试验文号", {"phrases": rows}, localdate(w.at) + timedelta(days))


def offered() -> list[tuple[str, str]]:
    rows = ReplyTemplate.objects.in_use().filter(unit=None, verb="reply").order_by("pk")
    return list(rows.values_list("title", "text"))


def code_of(action, *args, **more) -> str:
    with pytest.raises(ChangeRefused) as refused, transaction.atomic():
        action(*args, **more)
    assert "%" not in refused.value.sentence
    return refused.value.code


def replied(w, note="甲一路口已处置", template=None):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    for verb, given in ((Verb.SIGN, {}), (Verb.RESPOND, {"facts": stories.CONTACT}), (Verb.ARRIVE, {"note": "到"})):
        actions.answer(call, verb, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, **given)
    facts = {"template": template} if template else {}
    actions.answer(call, Verb.REPLY, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, note=note, facts=facts)
    return case


def test_a_template_is_offered_otherwise_at_once_and_the_old_one_is_kept_for_its_steps(w):
    old = ReplyTemplate.objects.get(title="已处置")
    change = approved(w, templates(w, NEW, text="{place}处置完毕"), **REPLY)
    old.refresh_from_db()
    assert (change.state, old.retired_at, old.text) == (State.APPLIED, w.at, "{place}已处置")
    assert offered() == [("已处置", "{place}处置完毕"), ("办结", NEW["text"])]
    assert {one.basis for one in ReplyTemplate.objects.filter(change=change, retired_at=None)} == {change.basis}
    assert ReplyTemplate.objects.get(unit=w.works).retired_at is None
    assert list(faults()) == []


def test_a_roll_back_offers_the_old_words_on_their_own_basis(w):
    change = approved(w, templates(w, text="{place}处置完毕"), **REPLY)
    said = {"basis": "复核", "day": localdate(w.at), "seen": change.version, "at": w.at}
    back = roll_back(change, by=w.of(w.assessor), **said)
    back = submit(back, seen=back.version, by=w.of(w.assessor), at=w.at)
    approve(back, seen=back.version, by=w.of(w.inspector), at=w.at)
    assert offered() == [("已处置", "{place}已处置")]
    assert ReplyTemplate.objects.in_use().get(title="已处置").basis == "自拟"


@pytest.mark.parametrize(
    ("code", "cells"),
    [("unknown_gap", {"text": "{name}已处置"}), ("wrong_state", {"state": "closing"}), ("nothing_changed", {})],
)
def test_words_that_cannot_be_offered_are_refused(w, code, cells):
    assert code_of(drafted, w, templates(w, **cells), **REPLY) == code


def test_the_rules_of_every_change_hold_for_words(w):
    assert code_of(drafted, w, templates(w, NEW, days=-1), **REPLY) == "in_past"
    assert code_of(drafted, w, templates(w, NEW, NEW), **REPLY) == "named_twice"
    assert code_of(drafted, w, templates(w, NEW), by=w.works_officer, **REPLY) == "wrong_person"
    assert code_of(drafted, w, templates(w, NEW), kind="templates", subject="open") == "unknown_subject"
    assert code_of(drafted, w, phrases(w, "已阅", days=0), **PHRASES) == "in_past"
    assert code_of(drafted, w, phrases(w, "已阅", "已 阅"), **PHRASES) == "named_twice"
    assert code_of(drafted, w, phrases(w, "123。"), **PHRASES) == "no_words"
    for wanted, kind in (templates(w, NEW), REPLY), (phrases(w, "已阅"), PHRASES):
        change = sent(w, wanted, **kind)
        second = drafted(w, wanted, by=w.assessor, **kind)
        assert code_of(approve, change, seen=change.version, by=w.of(w.desk_officer), at=w.at) == "same_person"
        assert code_of(submit, second, seen=second.version, by=w.of(w.assessor), at=w.at) == "overlaps"


def test_the_impact_of_a_template_names_the_units_that_sent_it_in_open_cases(w):
    used = ReplyTemplate.objects.get(title="已处置")
    case = replied(w, template=used.pk)
    assert Step.objects.get(verb=Verb.REPLY, case=case).facts["template"] == used.pk

    def touched(**cells):
        said = templates(w, **cells)
        return kind_of("templates").impact("reply", rows_of("templates", "reply", w.at), said.after, said.day, w.at)

    (row,) = touched(text="别的").touched
    assert (row.unit, row.count, row.behind) == (str(w.works), 1, [("case", case.pk)])
    assert touched().touched == []


def test_phrases_hold_from_their_day_on_and_what_was_flagged_stays(w):
    old = replied(w, note="正在处理")
    assert Step.objects.get(verb=Verb.REPLY, case=old).facts["stock"] == "known"
    approved(w, phrases(w, "我们很重视"), **PHRASES)
    assert StockPhrase.objects.get().words == "正在处理"
    apply_due(w.at + DAY)
    assert list(StockPhrase.objects.values_list("words", "basis")) == [("我们很重视", "试验文号")]
    assert Step.objects.get(verb=Verb.REPLY, case=old).facts["stock"] == "known"
    new = replied(w, note="我们很重视")
    assert Step.objects.get(verb=Verb.REPLY, case=new).facts["stock"] == "known"


def test_the_impact_of_a_phrase_counts_the_notes_unit_by_unit(w):
    case = replied(w, note="我们很重视")
    said = phrases(w, "正在处理", "我们很重视")
    before = rows_of("phrases", "all", w.at)
    (row,) = kind_of("phrases").impact("all", before, said.after, said.day, w.at).touched
    assert (row.unit, row.count, row.behind) == (str(w.works), 1, [("case", case.pk)])
    (row,) = kind_of("phrases").impact("all", said.after, before, said.day, w.at).touched
    assert row.count == 1
    assert kind_of("phrases").impact("all", before, before, said.day, w.at).touched == []


def test_verify_names_a_template_that_was_changed_past_the_review(w):
    approved(w, templates(w, NEW), **REPLY)
    ReplyTemplate.objects.filter(title="已处置").update(text="后门", changed_at=w.at + DAY)
    assert len(list(faults())) == 1
