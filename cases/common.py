"""What is common at a place now: situations as reported there in the last weeks, from counts that are kept."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability.worktime import LOCAL
from audit import folding
from audit.asking import Question
from cases.models import Case, SituationWeek, State, Step, Verb

LEVELS = (9, 12, 15)  # signs of a street's, a community's, a grid's code
WEEKS, SHOWN = 4, 6
KEYS = ("place_code", "week", "situation_id")
Key = tuple[str, int | None]

# What the rows must sum up to, counted from the cases; narrowed by a condition on `c`.
EXPECTED = """
SELECT DISTINCT ON (c.id, p.place_code)
       p.place_code, date_trunc('week', c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS week, c.situation_id
  FROM cases_case c, LATERAL unnest(ARRAY[left(c.place_code, 9), left(c.place_code, 12), c.place_code]) p(place_code)
 WHERE c.situation_id IS NOT NULL AND NOT c.confidential AND c.state <> 'withheld' AND {only}"""
ADD = """
INSERT INTO cases_situationweek (place_code, week, situation_id, number, folded)
SELECT place_code, week, situation_id, count(*), false FROM ({expected}) e GROUP BY 1, 2, 3"""
WEEKS_APART = Question(
    _("In the week of %(week)s, %(place)s has %(kept)s of a situation in the rows, but %(counted)s in the cases."),
    f"""
SELECT week, place_code AS place, sum(kept) AS kept, sum(counted) AS counted
  FROM (SELECT place_code, week, situation_id, number AS kept, 0 AS counted FROM cases_situationweek
        UNION ALL SELECT e.*, 0, 1 FROM ({EXPECTED.format(only="true")}) e) b
 GROUP BY week, place_code, situation_id HAVING sum(kept) <> sum(counted)""",
)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def key_of(case: Case) -> Key:
    """What it counts under; a confidential case under no situation, so that nobody reads it out of a count."""
    return case.place_code, None if case.confidential else case.situation_id


def weeks_of(case: Case, steps: Iterable[Step], before: Key) -> list[SituationWeek]:
    """The rows that follow from these steps of a case, which stood at place and situation `before` them."""
    after = key_of(case)
    if any(step.verb == Verb.OPEN for step in steps):
        return _rows(case, after, 1)
    moved = [*_rows(case, before, -1), *_rows(case, after, 1)] if before != after else []
    for step in steps:
        if State.WITHHELD in (step.source, step.target):  # nobody counts what is out of sight
            moved += _rows(case, after, 1 if step.source == State.WITHHELD else -1)
    return moved


def _rows(case: Case, key: Key, number: int) -> list[SituationWeek]:
    code, situation_id = key
    if situation_id is None:
        return []
    week = week_of(localdate(case.opened_at, LOCAL))
    places = dict.fromkeys(code[:level] for level in LEVELS)
    return [
        SituationWeek(week=week, place_code=place, situation_id=situation_id, number=number) for place in places
    ]  # fmt: skip


def common_at(places: Collection[str], at: datetime) -> list[int]:
    """Keys of the situations reported there in these weeks, the most frequent first: at the smallest place, then above.

    Two statements at most for any number of places, each read by an index on place and week.
    """
    since = week_of(localdate(at, LOCAL)) - timedelta(weeks=WEEKS)
    found = _often(places, since)
    if len(found) < SHOWN:
        found += [key for key in _often({code[: LEVELS[0]] for code in places}, since) if key not in found]
    return found[:SHOWN]


def _often(places: Collection[str], since: date) -> list[int]:
    rows = SituationWeek.objects.filter(place_code__in=sorted(places), week__gte=since).values("situation")
    counted = rows.annotate(sum=Sum("number")).filter(sum__gt=0).order_by("-sum", "situation")
    return list(counted.values_list("situation", flat=True)[:SHOWN])


def add_copied(case_ids: Sequence[int]) -> None:
    """The rows of cases that were copied as rows."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(expected=EXPECTED.format(only="c.id = ANY(%(ids)s)")), {"ids": list(case_ids)})


def fold() -> int:
    """Sum up what was appended since; returns how many rows went into it."""
    return folding.fold(SituationWeek, KEYS, ["number"])
