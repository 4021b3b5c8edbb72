"""A grid worker cannot settle it: up to the community, back to the street, a whistle that is refused, and on."""

from cases.models import Level, Verb
from liixia.demo.stories.teller import Teller


def up_and_down(story: Teller) -> None:
    """Ends with the resident's own answer by their receipt."""
    grid, community = story.crew.worker(story.grid).user, story.crew.inspector(story.grid).user
    report = story.report("我们单元楼道从一楼到五楼都堆着纸壳和旧家具，轮椅推不出来，说了几次没人动。", "2号楼3单元")
    story.accept("楼道堆物，轮椅出不来", "housing")
    story.self_handle(Level.GRID, "网格员当天上门，先清出能过轮椅的一条道。", worker=grid)
    story.later(45)
    story.contact("问清是哪几层、轮椅哪天要出门，约好先清一楼。")
    story.later(225)
    note = "一至三楼已清，四楼两户说堆的是自家东西不让动，网格员劝不动，请社区牵头和物业一起上门。"
    story.answer(Verb.HAND_UP, note, level=Level.COMMUNITY.value, worker=community.pk)
    story.later(105)
    story.answer(Verb.TAKE_BACK, "社区这两天集中入户登记，抽不出人，街道先收回来安排。", by=story.street)
    story.later(45)
    story.whistle("网格员已清一至三楼，四楼两户拒不清理，街道劝了一次。", [])
    story.later(45)
    story.advance(Verb.REJECT, story.leader, "社区和物业还没有一起上过门，先把自己能办的办完，不要往区里吹。")
    words = "物业经理约好明早一起上门，由社区牵头，楼长作陪。"
    story.answer(Verb.HAND_ON, words, by=story.street, level=Level.COMMUNITY.value, worker=community.pk)
    story.later(465)
    story.answer(Verb.REPLY, "社区、物业、楼长一起上门，四楼两户当面同意，旧家具由物业车拉走，五层楼道全部清空。")
    story.later(225)
    story.advance(Verb.PASS, story.inspector, "从一楼走到五楼，楼道没有堆放，轮椅能直接推出单元门。")
    story.later(45)
    story.rated(report, "昨天推着老人下楼了，谢谢。")
    story.later(45)
    story.advance(Verb.CLOSE, story.desk, "已办结，诉求人在回执上答复满意。")
