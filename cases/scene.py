"""Where something is, as the suggester reads it: what is common there in these weeks, what was ruled at such places."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils.timezone import localdate

from accountability.suggester.beside import Ruled, Scene, foremost
from accountability.worktime import LOCAL
from audit.statements import Statement
from cases.common import LEVELS, WEEKS, week_of
from cases.models import Case, SituationWeek
from grids.models import AreaKind

KINDS = dict(zip(LEVELS, (AreaKind.STREET, AreaKind.COMMUNITY, AreaKind.GRID), strict=True))
# Both in one question: counts that are kept, and of each item the newest ruling, by an index each. What nobody may read
# of a case that went out of sight is not said of its ruling either.
ASKED = Statement(
    """
SELECT i.code, w.place_code, sum(w.number)::int, NULL::timestamptz, NULL::text
  FROM cases_situationweek w JOIN accountability_situation s ON s.id = w.situation_id
  JOIN accountability_item i ON i.id = s.item_id
 WHERE w.place_code = ANY(%s::text[]) AND w.week >= %s::date GROUP BY i.code, w.place_code
UNION ALL
SELECT i.code, NULL, NULL, r.ruled_at, r.short_name
  FROM accountability_item i, LATERAL (
       SELECT p.ruled_at, u.short_name
         FROM cases_precedent p JOIN cases_case c ON c.id = p.case_id AND c.state <> 'withheld'
         JOIN people_unit u ON u.id = p.unit_id
        WHERE p.item_id = i.id AND p.place_kind = %s::text AND p.case_id <> %s::bigint ORDER BY p.id DESC LIMIT 1) r""",
    [None] * 4,
)
Counts = dict[str, dict[str, int]]


def scene_of(code: str, at: datetime, *, since: datetime | None = None, own: Case | None = None) -> Scene:
    """For whoever is at work: at the place with this code, and its community and street; of a case of its `own`.

    `at` is the moment of asking; `since` the moment at which it came in, where that is another one.
    """
    places = [code[:level] for level in LEVELS if level <= len(code)]
    kind = KINDS.get(len(code), AreaKind.DISTRICT)
    rows = _asked(places, at, str(kind), own.pk if own else 0)
    counts: Counts = defaultdict(dict)
    rulings: dict[str, Ruled] = {}
    for item, place, count, ruled_at, unit in rows:
        if place:
            counts[place][item] = count
        else:
            rulings[item] = Ruled(localdate(ruled_at, LOCAL), unit)
    return Scene(since or at, _common(counts), rulings)


def public_scene(street: str, at: datetime) -> Scene:
    """For anybody: what is common in a whole street, and nothing that was ruled."""
    counts = {street: {item: count for item, _place, count, *_ in _asked([street], at, "", 0)}} if street else {}
    return Scene(at, _common(counts))


def _asked(places: Collection[str], at: datetime, kind: str, own: int) -> list[tuple]:
    since = week_of(localdate(at, LOCAL)) - timedelta(weeks=WEEKS)
    with connection.cursor() as cursor:
        cursor.execute(ASKED.on(connection), [list(places), since, kind, own])
        return list(cursor.fetchall())


def _common(counts: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """By item the kind of the smallest place at which it is common."""
    found: dict[str, str] = {}
    for place in sorted(counts, key=len):
        found |= dict.fromkeys(foremost(counts[place]), str(KINDS[len(place)]))
    return found


class Weeks:
    """What was common anywhere in weeks gone by, from the same counts: read once, for learning."""

    def __init__(self) -> None:
        rows = SituationWeek.objects.values_list("place_code", "week", "situation__item__code")
        self.sums: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)
        for place, week, item, count in rows.annotate(sum=Sum("number")).iterator():
            self.sums[place, week][item] = count

    def common(self, code: str, at: datetime) -> frozenset[str]:
        """In the weeks before that of this moment: so a case does not speak for itself."""
        week = week_of(localdate(at, LOCAL))
        before = [week - timedelta(weeks=nth) for nth in range(1, WEEKS + 1)]
        places = [code[:level] for level in LEVELS if level <= len(code)]
        return frozenset(item for place in places for item in foremost(self._sums(place, before)))

    def _sums(self, place: str, weeks: Iterable[date]) -> Counter[str]:
        total: Counter[str] = Counter()
        for week in weeks:
            total.update(self.sums.get((place, week), {}))
        return total
