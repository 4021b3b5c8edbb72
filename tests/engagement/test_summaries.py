"""The first summary of a case."""

from engagement.summaries import LONGEST, summary_of


def test_it_is_the_first_sentence():
    assert summary_of("楼下烧烤店油烟直往窗里灌。桌子摆到人行道。") == "楼下烧烤店油烟直往窗里灌"


def test_a_greeting_alone_is_not_a_summary():
    assert summary_of("你好！楼下烧烤店油烟直往窗里灌。") == "你好！楼下烧烤店油烟直往窗里灌"


def test_a_long_sentence_is_cut_with_a_mark():
    assert len(summary_of("长" * 100)) == LONGEST
    assert summary_of("长" * 100).endswith("…")


def test_it_carries_neither_name_nor_phone_nor_address():
    summary = summary_of("我是董小满13812340427住甲路14号楼下漏水", "董小满", "13812340427", "甲路14号")
    assert summary == "我是……住…楼下漏水"


def test_lines_are_joined():
    assert summary_of("  路灯\t不 亮了很久  ") == "路灯 不 亮了很久"


def test_signs_that_turn_the_line_around_stay_out_of_it():
    assert summary_of("\u202e路灯\u2066不亮") == "路灯 不亮"
