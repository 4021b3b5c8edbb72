"""How many texts a second get their suggestions, beside merely taking the same texts apart into signs."""

from django.utils.timezone import localdate

from accountability.models import ListVersion, Situation
from accountability.suggester.answering import suggested
from accountability.suggester.signs import signs_of
from audit import clock
from cases.scene import scene_of
from grids.models import Area, AreaKind
from liixia.bench.measuring import line, timed

TEXTS = 200
LENGTH = 300


def suggest() -> dict[str, object]:
    """With its statements, as a page asks it: texts as long as a message, in a grid, made of what situations say."""
    at = clock.now()
    day = localdate(at)
    version = ListVersion.objects.in_force(day)
    rows = list(Situation.objects.order_by("code").values_list("name", "looks_like"))
    told = "。".join(looks_like for _name, looks_like in rows) * 2
    grids = list(Area.objects.filter(kind=AreaKind.GRID).order_by("code").values_list("code", flat=True)[:TEXTS]) or [
        ""
    ]
    texts = [(rows[nth % len(rows)][0], told[nth * 7 : nth * 7 + LENGTH]) for nth in range(TEXTS)]

    def ours() -> int:
        scenes = (scene_of(grids[nth % len(grids)], at) for nth in range(TEXTS))
        return sum(bool(suggested(text, version, day, scene)) for text, scene in zip(texts, scenes, strict=True))

    def bare() -> int:
        return sum(bool(signs_of(text)) for text in texts)

    return line("suggest", "texts/s", timed(ours), timed(bare))
