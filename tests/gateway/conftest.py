"""The small world with a last category that takes the rest, and a small made-up file of messages in our own words."""

import csv
from pathlib import Path

import pytest

from people.models import Role
from tests.files.conftest import store  # noqa: F401 - files of these tests lie in a folder of their own
from tests.world import person, post, seat, world

HEADING = ["id", "time", "subject", "text", "label", "reply", "reply_time", "source"]
WAITS = ["11", "2026-03-02T09:00:00+08:00", "路灯不亮", "巷口三盏灯坏了一周。", "城乡建设", "", "", "自编"]
RECEIVED = [
    "12", "2026-03-02T10:00:00+08:00", "", "楼下烧烤摊冒烟，电话13800000427。", "", "您好！您的留言已收悉。",
    "2026-03-03T10:00:00+08:00", "自编",
]  # fmt: skip
ANSWERED = [
    "13", "2026-03-02T11:00:00+08:00", "13912345678门口积水", "下雨就积水，\n老人出不了门。", "",
    "您好！经查，雨水口被落叶堵住，已于今日疏通，如有疑问请拨打0531-88001234。", "2026-03-06T11:00:00+08:00", "自编",
]  # fmt: skip


@pytest.fixture
def w(db):
    w = world()
    w.system_admin = seat(person("admin", "系统管理员", w.editors), Role.SYSTEM_ADMIN, w.editors)
    w.second_desk = post(person("second_desk", "专席二", w.desk), Role.DISTRICT_DESK, w.district)
    return w


@pytest.fixture
def file(tmp_path):
    """A function that writes these rows, or the usual three, into a file."""

    def write(*rows: list[str], heading: list[str] = HEADING, name: str = "messages.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([heading, *(rows or (WAITS, RECEIVED, ANSWERED))])
        return path

    return write
