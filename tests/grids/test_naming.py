"""How a chain of places is read."""

import pytest

from grids.models import Area
from grids.naming import chain_names


@pytest.mark.parametrize(
    ("chain", "read"),
    [
        (("解放桥社区居委会", "解放桥社区第5网格"), ["解放桥社区", "第5网格"]),
        (("东关村村委会", "东关村第1网格"), ["东关村", "第1网格"]),
        (("甲街道", "甲一社区", "乙一001网格"), ["甲街道", "甲一社区", "乙一001网格"]),
    ],
)
def test_each_name_says_only_what_is_new(chain, read):
    assert chain_names(Area(name=name) for name in chain) == read
