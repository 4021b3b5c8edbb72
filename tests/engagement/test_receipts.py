"""Receipt codes."""

from math import log2

from engagement.receipts import LENGTH, SIGNS, new_receipt, shown, typed


def test_a_code_cannot_be_guessed():
    assert LENGTH * log2(len(set(SIGNS))) >= 60


def test_no_sign_is_taken_for_another():
    assert set("0O1I").isdisjoint(SIGNS)


def test_two_codes_differ():
    assert new_receipt() != new_receipt()


def test_it_is_shown_in_groups_of_four():
    assert shown("ABCDEFGHJKLM") == "ABCD-EFGH-JKLM"


def test_it_is_read_back_however_it_is_typed():
    assert typed(" abcd efgh—ＪＫＬＭ ") == "ABCDEFGHJKLM"


def test_a_code_too_long_is_not_cut_to_a_right_one():
    assert typed("ABCDEFGHJKLMN") != "ABCDEFGHJKLM"
