"""How many cases a second are asked whether another list would send them elsewhere, beside a bare count."""

from django.db import connection

from accountability.duties import latest
from accountability.models import ListKind
from audit import clock
from cases import supporting
from cases.impact import PAST, effect, leads, weighed
from liixia.bench.floors import OPEN
from liixia.bench.measuring import line, timed
from liixia.bench.serving import Served

BARE = f"""
SELECT item_id, office_id, count(*) FILTER (WHERE {OPEN}), count(*) FILTER (WHERE opened_at >= %s)
  FROM cases_case WHERE item_id IS NOT NULL GROUP BY 1, 2"""


def list_impact(server: Served) -> dict[str, object]:
    """The hardest list of all: every item led by the unit that leads the next one, and all its supports others."""
    at, version = clock.now(), latest(ListKind.objects.get(calls=True))
    units = list(leads(version).values())
    asked = weighed(leads(version), at).count()

    def ours() -> int:
        now = leads(version)
        turned = dict(zip(now, [*units[1:], units[0]], strict=True))
        effect({item: (who, turned[item]) for item, who in now.items() if who != turned[item]}, at)
        beside = supporting.supports(version, now)
        supporting.counted({item: (frozenset(beside[item]), frozenset({who or 0})) for item, who in now.items()}, at)
        return asked

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [at - PAST])
            cursor.fetchall()
        return asked

    return line("list_impact", "cases/s", timed(ours), timed(bare))
