"""Whether what somebody says is an emergency by itself: words of a situation that cannot wait, said of here and now.

Cautious, for it may call people out at night: only words that stand in a situation's own row, letter for letter, near
the beginning, where the sentence says neither that it is not so, nor what could happen, nor what is usual, over or long
ago. No guess of the suggester counts. What is missed waits for a person, as every report does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from accountability.bigrams import fold
from accountability.models import Situation, Urgency
from accountability.situations import BETWEEN
from audit.kept import Kept

READ = 120  # signs from the beginning: whoever needs help at once says so first
SENTENCE = re.compile(r"[。！？!?；;\n]")
CLAUSE = re.compile(r"[，,、：:（）()“”\"\s]")
# Right before the word: 没有闻到任何燃气味, 不是燃气味.
NOT_SO = re.compile(
    r"(没有?|并?无|未|不是|并非|不存在|闻不到|不像|不再有|排除|禁止|严禁|杜绝|不会|不让|防|避免|预防|以免|怕)"
    r"(再|闻到|闻过|发现|出现|发生|听到|看到|见到|任何|什么|一点|明显|有|过|的|是|人|被|异常|浓|这种|会){0,4}$"
)
# Right behind it: 燃气味已经没有了, 燃气泄漏的风险.
GONE = re.compile(
    r"^(味道?|的)*(已经?|都|现在|也|就|早)*(没有|没了|消失|散了|不见了|排除|解决|处理|修好|恢复|扑灭|灭了|后|之后|以后|事件|报警器)"
)
RISK = re.compile(r"^.{0,8}(风险|隐患|可能性|注意事项)")
IF = re.compile(r"如果|假如|假设|倘若|万一|一旦|一但|要是|难道|非得|要等|会不会|容易|极易|担心|生怕|将会")
PAST = re.compile(
    r"曾|去年|前年|上月|上个月|上周|上次|年前|月前|天前|以前|之前|当时|那年|那次|年初|年中|年底|[有一]次|(?<![这近])几天|[0-9]{4}年"
    r"|[0-9一二三四五六七八九十元]+月[0-9一二三四五六七八九十]+[日号]|年[0-9]+月"
)
USUAL = re.compile(
    r"经常|常常|时常|总是|每天|每晚|天天|每年|每逢|频繁|频发|多年|常年|长年|长期|时有|家常便饭|司空见惯|近几年|屡|到过|多次"
    r"|[几数每两三]次|从未|过程中"
)
NOW = re.compile(r"今天|今晚|今早|今夜|(?<!到)现在|刚|正在|此刻|眼下|马上|赶紧|赶快|快来|紧急|救命|求救")
OVER = re.compile(r"赔偿|理赔|扑灭|修好了|已修|救出|已解决|已处理|已排除|演练|演习|宣传|培训|讲座|报道|新闻")


@dataclass(frozen=True)
class Alarm:
    """A situation that cannot wait, and the words of its row that were said."""

    situation: Situation
    words: tuple[str, ...]


def alarm_in(text: str) -> Alarm | None:
    """The first that is said. One statement."""
    said = list(_said(text, [(word, plain, one) for one in _pressing() for word, plain in _folded(one.at_once)]))
    if not said:
        return None
    situation = said[0][1]
    return Alarm(situation, tuple(dict.fromkeys(word for word, of in said if of == situation)))


@Kept
def _pressing() -> QuerySet[Situation]:
    rows = Situation.objects.filter(urgency=Urgency.EXTREME).exclude(at_once="").order_by("code")
    return rows.only("code", "name", "urgency", "at_once")


@lru_cache(maxsize=256)
def _folded(at_once: str) -> tuple[tuple[str, str], ...]:
    """Each of the words, and how it is looked for: the same for every report."""
    return tuple((word, fold(word)) for word in at_once.split(BETWEEN) if word)


def _said(text: str, sayings: Sequence[tuple[str, str, Situation]]) -> Iterator[tuple[str, Situation]]:
    read = 0
    for sentence in SENTENCE.split(text):
        before = ""
        for clause in map(fold, CLAUSE.split(sentence)):
            found = [(clause.find(plain), word, plain, one) for word, plain, one in sayings if plain in clause]
            for at, word, plain, one in sorted(found, key=lambda hit: hit[0]):
                if read + at <= READ and _meant(fold(sentence), before, clause, at, at + len(plain)):
                    yield word, one
            before, read = before + clause, read + len(clause)


def _meant(sentence: str, before: str, clause: str, start: int, end: int) -> bool:
    """Whether it is said of here and now."""
    past = PAST.search(sentence) and not NOW.search(sentence)
    if past or USUAL.search(sentence) or OVER.search(sentence) or IF.search(before + clause[:start]):
        return False
    return not (NOT_SO.search(clause[:start]) or GONE.search(clause[end:]) or RISK.search(clause[end:]))
