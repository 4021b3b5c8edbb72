"""What departments do beyond the list, for the small world: one to be handled, one to be answered at once."""

from datetime import date
from types import SimpleNamespace

import pytest

from accountability.catalogue import seal
from accountability.models import Function, FunctionList, ItemWords
from accountability.suggester import kept

SCHOOL, HOUSE = "ZN-JY-01", "ZN-GJ-01"
SCHOOLING = "孩子明年上小学没有学位，学区怎么划片"


def with_functions(w: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, folder) -> SimpleNamespace:
    """Nothing is known but these rows: what ships would speak, too."""
    monkeypatch.setattr(kept, "SEED", folder / "none.json")
    ItemWords.objects.create(item=w.item, words="烧烤 摊主 占道 摆摊")
    w.functions = FunctionList.objects.create(
        number=1, label="参考职能目录", in_force_from=date(2020, 1, 1), basis="试验"
    )
    own = {"version": w.functions, "unit": w.market}
    w.school = Function.objects.create(
        code=SCHOOL, area="教育", title="入学划片", kind="handle", amount=10, time_unit="working_day",
        words="上学 小学 划片 学区 学位", **own,
    )  # fmt: skip
    w.house = Function.objects.create(
        code=HOUSE,
        area="公积金",
        title="公积金提取",
        kind="answer",
        answer="请拨打试验热线",
        words="公积金 提取",
        **own,
    )
    seal(w.functions)
    return w
