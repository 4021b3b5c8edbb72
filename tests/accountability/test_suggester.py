"""Where a text may belong: items and functions with the words that spoke, “none fits”, and what cases teach."""

import csv
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accountability.actions import keep_learnt
from accountability.loading import DATA
from accountability.models import Boundary, Function, FunctionList, ItemWords, Learnt, Situation
from accountability.suggester import kept
from accountability.suggester.answering import suggested, words_of
from accountability.suggester.beside import PLACE, SEASON, Ruled, Scene, seasons_of
from accountability.suggester.gold import is_seen
from accountability.suggester.kept import SEED, seed, write_seed
from accountability.suggester.learning import Confirmed, Weights, learn, read
from accountability.suggester.measuring import LIFTS, kept_out, of_places, sharpest
from accountability.suggester.signs import signs_of
from people.models import Unit
from tests.world import MONDAY, world

DAY = date(2026, 3, 9)
REST = {"photograph": "", "first_action": ""}


@pytest.fixture
def w(db, monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "SEED", tmp_path / "none.json")
    made = world()
    Situation.objects.create(item=made.item, code="ZHZF-01-1", name="占道烧烤", looks_like="烧烤摊摆在人行道", **REST)
    Situation.objects.create(item=made.city_item, code="STHJ-01-1", name="油烟扰民", looks_like="油烟往楼上灌", **REST)
    ItemWords.objects.create(item=made.item, words="摆摊 摊贩")
    beyond = FunctionList.objects.create(number=1, label="暂定", in_force_from=date(2020, 1, 1), basis="缺省")
    own = {"version": beyond, "area": "教育"}
    made.school = Function.objects.create(
        code="ZN-JY-01", title="中小学入学", kind="handle", unit=made.market, amount=10, time_unit="working_day",
        words="学位 划片 上学", **own,
    )  # fmt: skip
    Function.objects.create(
        code="ZN-JT-03", title="地铁建设", kind="answer", answer="请拨打市热线", words="地铁 站点", **own
    )
    return made


def asked(w, *words: str):
    return suggested(words, w.version, DAY)


def test_an_item_comes_with_the_words_that_spoke_for_it_and_how_sure_that_is(w):
    first = asked(w, "摊主占道烧烤").found[0]
    assert (first.code, first.title, first.function) == ("ZHZF-01", "占道经营", None)
    assert "占道烧烤" in first.words
    assert 0.5 < first.confidence <= 1


def test_what_is_said_first_says_more(w):
    assert asked(w, "油烟扰民", "还有摊贩摆摊").found[0].code == "STHJ-01"
    assert asked(w, "摊贩摆摊", "还有油烟扰民").found[0].code == "ZHZF-01"


def test_a_matter_of_no_item_goes_to_a_function_and_says_that_none_fits(w):
    told = asked(w, "孩子上学没有学位，怎么划片")
    assert told.none_fits
    assert (told.route.code, told.route.function, told.route.within) == ("ZN-JY-01", w.school, "10 工作日")
    told = asked(w, "地铁站点什么时候建设")
    assert (told.route.function.answer, told.route.within) == ("请拨打市热线", "")


def test_the_list_is_asked_before_the_functions(w):
    told = asked(w, "占道烧烤的摊贩摆摊，孩子上学绕路")
    assert not told.none_fits
    assert told.route.code == "ZHZF-01"


@pytest.mark.parametrize("words", [(), ("",), ("烤",), ("road works",), ("天气真好",), ("\x00",)])
def test_without_words_in_common_nothing_is_suggested_and_a_person_decides(w, words):
    told = asked(w, *words)
    assert (told.found, told.route, told.none_fits) == ((), None, True)


def test_without_a_version_nothing_is_suggested(w):
    assert suggested(["占道烧烤"], None, DAY).found == ()


def test_two_neighbours_come_with_the_note_that_tells_them_apart(w):
    note = Boundary.objects.create(one="STHJ-01", other="ZHZF-01", note="油烟归生态，占道归城管")
    assert asked(w, "占道烧烤，油烟扰民").notes == (note,)
    assert asked(w, "占道").notes == ()


def test_another_wording_of_the_rows_counts_at_once_and_unchanged_rows_are_read_once(w):
    assert asked(w, "路灯不亮").found == ()
    ItemWords.objects.create(item=w.city_item, words="路灯不亮")
    assert asked(w, "路灯不亮").found[0].code == "STHJ-01"
    with CaptureQueriesContext(connection) as warm:
        asked(w, "路灯不亮")
    assert len(warm) == 1


def test_each_row_that_a_suggestion_shows_counts_at_once_however_often_it_is_changed(w):
    unit, words = w.school.unit, "孩子上小学怎么入学"
    for name in ("甲局", "乙局", "丙局"):
        Unit.objects.filter(pk=unit.pk).update(name=name)
        assert asked(w, words).route.function.unit.name == name
    Function.objects.filter(pk=w.school.pk).update(title="入学")
    assert asked(w, words).route.title == "入学"
    Function.objects.filter(pk=w.school.pk).delete()
    assert "ZN-JY-01" not in {one.code for one in asked(w, words).found}


def test_confirmed_cases_teach_what_the_rows_do_not_say(w):
    told = [
        Confirmed(["大排档炉子", "半夜吆喝"], "ZHZF-01"),
        Confirmed(["路边大排档", "吆喝到天亮"], "ZHZF-01"),
        Confirmed(["大排档太吵"], "ZHZF-01"),
    ]
    assert asked(w, "楼下大排档").found == ()
    keep_learnt(learn(told), cases=3, at=MONDAY)
    assert asked(w, "楼下大排档").found[0].code == "ZHZF-01"
    keep_learnt(learn(told), cases=3, at=MONDAY)
    assert Learnt.objects.count() == 1
    assert list(kept.faults()) == []
    Learnt.objects.update(digest="0" * 64)
    assert len(list(kept.faults())) == 1


def test_many_cases_of_one_kind_do_not_make_an_item_forget_its_own_words(w):
    Situation.objects.filter(code="STHJ-01-1").update(looks_like="摆摊的油烟往楼上灌")
    keep_learnt(learn([Confirmed(["大排档吆喝"], "ZHZF-01")] * 40), cases=40, at=MONDAY)
    assert asked(w, "有人摆摊").found[0].code == "ZHZF-01"


def test_nothing_that_fewer_than_three_people_wrote_is_kept():
    said = [("张三丰家漏水", "A"), ("李四家漏水", "A"), ("王五家漏水", "A"), ("我家漏水", "B")]
    told = [Confirmed([text], code) for text, code in said]
    weights = learn(told)
    assert set(weights.having) == {"家漏", "漏水"}
    assert set(weights.sums) == {"A"}
    assert learn(told).digest == weights.digest
    assert learn(told[:3], base=weights).messages == 7


def test_the_weights_that_ship_are_those_of_their_hash_and_hold_single_signs_only(tmp_path):
    weights = seed(SEED)
    assert weights.messages > 400
    assert all(len(sign) == 2 for signs in weights.sums.values() for sign in signs)
    assert min(weights.having.values()) >= 3
    other = tmp_path / "other.json"
    write_seed(other, weights)
    assert seed(other) == weights
    told = json.loads(other.read_text(encoding="utf-8"))
    told["weights"]["messages"] += 1
    bent = tmp_path / "bent.json"
    bent.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ValueError, match="hash"):
        seed(bent)


def test_words_of_a_text_are_joined_and_the_loudest_come_first():
    assert words_of({"占道": 0.2, "道经": 0.2, "经营": 0.2, "油烟": 0.5}, ["占道", "道经", "经营", "营油", "油烟"]) == (
        "占道经营",
        "油烟",
    )


def test_figures_masks_and_letters_are_no_signs():
    assert set(signs_of(["A市13800000000路灯"])) == {"路灯"}
    assert signs_of(["甲乙", "甲乙丙丁"]) == {"甲乙": 3.0, "乙丙": 1.0, "丙丁": 1.0}


def gold_files(folder, rows):
    lines = [f"{number},{subject},{subject}" for number, subject in rows]
    (folder / "some.csv").write_text("id,subject,text\n" + "\n".join(lines), encoding="utf-8")
    return folder


def labelled(monkeypatch, folder, rows, further=()):
    """A gold set of our own: number, item, function, and what a second reader says with what that reader found too.

    `further` are numbers and codes of messages to learn from.
    """
    data = folder / "data"
    data.mkdir()
    lines = [",".join(["some", *row, "", ""][:6]) for row in rows]
    (data / "gold.csv").write_text("file,id,item,function,second,also\n" + "\n".join(lines), encoding="utf-8")
    lines = [f"some,{number},{code}" for number, code in further]
    (data / "further.csv").write_text("file,id,code\n" + "\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("accountability.suggester.gold.DATA", data)


def test_the_measure_tells_items_and_none_apart_on_the_unseen_half_only(w, monkeypatch, tmp_path, capsys):
    unseen = [str(number) for number in range(40) if not is_seen("some", str(number))][:3]
    seen = next(str(number) for number in range(40) if is_seen("some", str(number)))
    labelled(monkeypatch, tmp_path, [
        (unseen[0], "ZHZF-01", ""), (unseen[1], "none", "ZN-JY-01"), (unseen[2], "STHJ-01", ""), (seen, "none", "none"),
    ])  # fmt: skip
    gold_files(tmp_path, [(unseen[0], "占道烧烤"), (unseen[1], "学位划片"), (unseen[2], "摊贩摆摊"), (seen, "你好")])
    call_command("evaluate_suggester", texts=tmp_path)
    told = capsys.readouterr().out
    assert "3 messages" in told
    assert "| items | 2 | 50.0% |" in told
    assert "| none | 1 | 100.0% | 100.0% | 100.0% |" in told
    assert "| STHJ-01 | ZHZF-01 | 1 |" in told
    with pytest.raises(CommandError):
        call_command("evaluate_suggester", texts=tmp_path / "nowhere")


def test_a_second_reader_is_measured_apart_and_a_second_matter_counts_by_either(w, monkeypatch, tmp_path, capsys):
    unseen = [str(number) for number in range(40) if not is_seen("some", str(number))][:3]
    labelled(monkeypatch, tmp_path, [
        (unseen[0], "ZHZF-01", "", "ZHZF-01"), (unseen[1], "STHJ-01", "", "STHJ-01", "ZHZF-01"),
        (unseen[2], "ZHZF-01", "", "ZN-JY-01"),
    ])  # fmt: skip
    gold_files(tmp_path, [(unseen[0], "占道烧烤"), (unseen[1], "摊贩摆摊"), (unseen[2], "学位划片")])
    call_command("evaluate_suggester", texts=tmp_path)
    first, second, either = capsys.readouterr().out.split("| by ")[1:]
    both, _, agree = either.partition("| the two readers")
    assert "| items | 3 | 33.3% |" in first
    assert "| items | 2 | 50.0% |" in second
    assert "| none | 1 | 100.0% |" in second
    assert "| items | 3 | 100.0% |" in both
    assert "| on the code | 3 | 66.7% | 0.50 |" in agree
    assert "| on whether an item fits | 3 | 66.7% | 0.00 |" in agree


def test_what_ships_is_learnt_from_the_seen_half_and_from_further_messages_never_from_the_unseen(
    w, monkeypatch, tmp_path, capsys
):  # fmt: skip
    halves = {side: [str(one) for one in range(60) if is_seen("some", str(one)) == side][:4] for side in (True, False)}
    further = [str(number) for number in range(100, 104)]
    gold = [(number, "ZHZF-01", "") for numbers in halves.values() for number in numbers]
    labelled(monkeypatch, tmp_path, gold, [(number, "STHJ-01") for number in further])
    said = {True: "大排档吆喝", False: "夜里敲锣"}
    texts = [(number, said[side]) for side, numbers in halves.items() for number in numbers]
    gold_files(tmp_path, [*texts, *((number, "排烟管轰鸣") for number in further), ("200", "别人说的")])
    shipped = tmp_path / "shipped.json"
    monkeypatch.setattr("desk.management.commands.train_suggester.SEED", shipped)
    call_command("train_suggester", texts=tmp_path)
    learnt = seed(shipped)
    assert "排档" in learnt.sums["ZHZF-01"]
    assert "轰鸣" in learnt.sums["STHJ-01"]
    assert "敲锣" not in learnt.having
    assert "8" in capsys.readouterr().out


def test_every_label_stands_somewhere_and_each_unseen_message_was_read_twice():
    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((DATA / name).open(encoding="utf-8", newline="")))

    codes = {row["code"] for name in ("items.csv", "functions.csv") for row in rows(name)} | {"none", ""}
    gold, further = rows("gold.csv"), rows("further.csv")
    assert {row[name] for row in gold for name in ("item", "function", "second", "also")} <= codes
    assert {row["code"] for row in further} <= codes - {"none", ""}
    assert all(row["second"] for row in gold if not is_seen(row["file"], row["id"]))
    assert not {(row["file"], row["id"]) for row in gold} & {(row["file"], row["id"]) for row in further}


def test_sharpness_is_what_makes_cases_kept_out_least_surprising(w):
    built = lambda told: kept.known(w.version, DAY).prototypes  # noqa: E731
    right, wrong = [Confirmed(["占道烧烤摊贩"], code) for code in ("ZHZF-01", "STHJ-01")]
    assert sharpest(kept_out([right] * 3, built), Weights(sharpness=7.0)) == 7.0
    sure, unsure = (kept_out(cases, built) for cases in ([right] * 40, [right, wrong] * 20))
    assert sharpest(sure, Weights()) > sharpest(unsure, Weights())


@pytest.mark.parametrize(("there", "says"), [("STHJ-01", "more"), ("ZHZF-01", "nothing")])
def test_a_place_says_as_much_as_closed_cases_show_and_nothing_where_it_misleads(w, there, says):
    built = lambda told: kept.known(w.version, DAY).prototypes  # noqa: E731
    cases = [Confirmed(["占道烧烤，油烟扰民"], "STHJ-01", common=frozenset({there}))] * 40
    learnt = of_places(kept_out(cases, built), 20.0, Weights())
    assert learnt == (max(LIFTS) if says == "more" else 0.0)
    assert of_places(kept_out(cases[:8], built), 20.0, Weights()) == PLACE


def scene(**more) -> Scene:
    return Scene(MONDAY, **more)


def test_what_stands_beside_the_words_lifts_what_they_bring_up_and_is_named(w):
    close = "摊贩摆摊，油烟扰民"
    (first, second), names = asked(w, close).found[:2], lambda told: [why.words for why in told.found[0].beside]
    common = {"common": {second.code: "street"}}
    told = suggested([close], w.version, DAY, scene(**common))
    assert next(one for one in told.found if one.code == second.code).confidence > second.confidence
    assert next(one for one in told.found if one.code == first.code).confidence < first.confidence
    with translation.override("en"):
        assert names(suggested(["摆摊"], w.version, DAY, scene(common={"ZHZF-01": "grid"}))) == [
            "often reported in this grid in the last four weeks"
        ]
        ruled = {"ZHZF-01": Ruled(date(2026, 2, 3), "区城管局")}
        assert names(suggested(["摆摊"], w.version, DAY, scene(rulings=ruled))) == [
            "a ruling of 2026-02-03 at such a place gave it to 区城管局"
        ]


def test_a_place_alone_brings_up_nothing_and_never_beats_clear_words(w):
    everything = {
        "common": {"STHJ-01": "grid"}, "rulings": {"STHJ-01": Ruled(DAY, "甲")},
    }  # fmt: skip
    keep_learnt(Weights(seasons={"STHJ-01": {"m3": 0.35, "h6": 0.35}}, place=0.5), cases=0, at=MONDAY)
    told = suggested(["孩子上学没有学位"], w.version, DAY, scene(**everything))
    assert [one.code for one in told.found] == ["ZN-JY-01"]
    clear = suggested(["占道烧烤摊贩摆摊，有点油烟"], w.version, DAY, scene(**everything))
    assert clear.found[0].code == "ZHZF-01"
    assert clear.fits == asked(w, "占道烧烤摊贩摆摊，有点油烟").fits
    [smoke] = [one for one in clear.found if one.code == "STHJ-01"]
    assert len(smoke.beside) == 4
    plain = next(one for one in asked(w, "占道烧烤摊贩摆摊，有点油烟").found if one.code == "STHJ-01")
    assert smoke.confidence <= 2 * plain.confidence + 1e-9


def test_without_place_and_time_nothing_is_other_than_by_the_words(w):
    keep_learnt(Weights(seasons={"STHJ-01": {"m3": 0.35}}), cases=0, at=MONDAY)
    assert suggested(["摊贩摆摊，油烟扰民"], w.version, DAY, Scene()) == asked(w, "摊贩摆摊，油烟扰民")


def test_closed_cases_show_when_a_matter_is_more_frequent_if_they_are_enough(w):
    summer, winter = (datetime(2026, month, 6, 14, tzinfo=UTC) for month in (7, 12))
    clear = [("烧烤", summer)] * 20 + [("供暖", winter)] * 20
    learnt = seasons_of(clear)
    assert set(learnt["烧烤"]) == {"m7"}
    assert 0 < learnt["烧烤"]["m7"] <= SEASON
    assert seasons_of(clear[:19] + clear[20:]).keys() == {"供暖"}
    assert seasons_of([("烧烤", summer)] * 40) == {}
    weights = Weights(seasons=learnt)
    assert read(weights.told()) == weights
    assert "seasons" not in Weights().told()
    keep_learnt(Weights(seasons={"ZHZF-01": {"m3": 0.2, "h6": 0.2}}), cases=40, at=MONDAY)
    with translation.override("en"):
        [one] = suggested(["摆摊"], w.version, DAY, scene()).found
        assert [why.words for why in one.beside] == [
            "past cases: more in March",
            "past cases: more from 6 to 12 o'clock",
        ]
