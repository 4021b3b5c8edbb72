"""Hidden details."""

import pytest

from engagement.masking import mask_address, mask_name, mask_phone, without_details


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812340427", "138****0427"), ("0531-88881234", "053****1234"), ("8888123", "88****23"),
                          ("12345", "*****"), ("", "")]
)  # fmt: skip
def test_a_phone_keeps_its_ends(phone, masked):
    assert mask_phone(phone) == masked


def test_a_name_keeps_its_first_sign_and_hides_its_length():
    assert (mask_name("董小满"), mask_name("董满"), mask_name("")) == ("董**", "董**", "")


def test_an_address_keeps_the_road_and_no_number():
    assert mask_address("甸新东路14号楼三单元B501") == "甸新东路**号楼*单元****"


def test_words_lose_the_persons_own_details():
    words = without_details("我是董小满，住甲路14号，电话13812340427，快来", "董小满", "13812340427", "甲路14号")
    assert words == "我是…，住…，电话…，快来"


def test_words_lose_any_long_number_but_no_short_one():
    assert without_details("身份证37010219900101123X，14号楼，打 0531-8888 1234") == "身份证…，14号楼，打 …"


def test_a_name_of_one_sign_does_not_eat_the_words():
    assert without_details("王家大院", "王") == "王家大院"
