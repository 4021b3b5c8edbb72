"""Copies played cases as rows, for benchmarks: the same histories again under new keys, chained anew by the database.

A copy keeps its original's moments, people and places, so every invariant that holds for the one holds for the other.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from django.db import connection, transaction

from assessment import days as mark_days
from cases import common
from cases import days as case_days
from cases.models import Case, Origin, State
from cases.models.case import ENDED

CHUNK = 10_000
FEW = 4  # jobs that are done one after the other, in the caller's own transaction
Job = tuple[list[int], int]  # which cases to copy, and how often
RARER = 5  # of what is still open, so many times fewer copies: a district settles within days what came in over months

# Each original gets `times` copies; the maps say which new key stands for which old one in which copy.
MAPS = """
CREATE TEMP TABLE case_map AS
    SELECT c.id AS old, n AS copy, nextval(pg_get_serial_sequence('cases_case', 'id')) AS new
      FROM cases_case c, generate_series(1, %(times)s) n WHERE c.id = ANY(%(ids)s) ORDER BY n, c.id;
CREATE TEMP TABLE whistle_map AS
    SELECT w.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('cases_whistle', 'id')) AS new
      FROM cases_whistle w JOIN case_map m ON m.old = w.case_id;
CREATE TEMP TABLE summons_map AS
    SELECT s.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('cases_summons', 'id')) AS new
      FROM cases_summons s JOIN case_map m ON m.old = s.case_id;
CREATE TEMP TABLE dispute_map AS
    SELECT d.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('cases_dispute', 'id')) AS new
      FROM cases_dispute d JOIN case_map m ON m.old = d.case_id;
CREATE TEMP TABLE order_map AS
    SELECT o.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('cases_order', 'id')) AS new
      FROM cases_order o JOIN case_map m ON m.old = o.case_id;
CREATE TEMP TABLE clock_map AS
    SELECT k.id AS old, m.copy, m.new AS subject_id,
           nextval(pg_get_serial_sequence('accountability_clock', 'id')) AS new
      FROM accountability_clock k
      JOIN (SELECT 'case' AS kind, old, copy, new FROM case_map
            UNION ALL SELECT 'summons', old, copy, new FROM summons_map
            UNION ALL SELECT 'order', old, copy, new FROM order_map
            UNION ALL SELECT 'dispute', old, copy, new FROM dispute_map) m
        ON m.kind = k.subject_kind AND m.old = k.subject_id;
CREATE TEMP TABLE step_map AS
    SELECT s.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('cases_step', 'id')) AS new
      FROM cases_step s JOIN case_map m ON m.old = s.case_id ORDER BY m.new, s.seq;
CREATE TEMP TABLE report_map AS
    SELECT r.id AS old, m.copy, m.new AS case_id, nextval(pg_get_serial_sequence('engagement_report', 'id')) AS new
      FROM engagement_report r JOIN case_map m ON m.old = r.case_id;
CREATE INDEX ON clock_map (old, copy);
CREATE INDEX ON step_map (old, copy);
CREATE INDEX ON summons_map (old, copy);
ANALYZE case_map; ANALYZE clock_map; ANALYZE step_map; ANALYZE summons_map;
"""
# What a copy points at is there because its original's is: checking 130 keys for each case would take a third of the
# time. Where the database lets nobody set this, they are checked. The chain of steps is always made by the database.
TRUSTED = """
SELECT set_config('session_replication_role', %s, true)
 WHERE has_parameter_privilege('session_replication_role', 'SET')"""
CHAINED = "cases_step"
DONE = "DROP TABLE case_map, whistle_map, summons_map, dispute_map, order_map, clock_map, step_map, report_map"
NUMBER = "left(number, 19) || to_char(nextval('cases_number'), 'FM99999999900000')"
RECEIPT = "translate(upper(substr(md5(random()::text || m.new), 1, %(receipt)s)), '01IO', 'XYZW')"
EVIDENCE = """
(SELECT jsonb_object_agg(e.key, e.value || jsonb_build_object(
    'clocks', coalesce((SELECT jsonb_agg(k.new ORDER BY k.new) FROM jsonb_array_elements(e.value->'clocks') c
                          JOIN clock_map k ON k.old = c::text::bigint AND k.copy = m.copy), '[]'),
    'steps', coalesce((SELECT jsonb_agg(t.new ORDER BY t.new) FROM jsonb_array_elements(e.value->'steps') c
                         JOIN step_map t ON t.old = c::text::bigint AND t.copy = m.copy), '[]')))
   FROM jsonb_each(o.evidence) e)"""
FACTS = """
CASE WHEN o.facts ? 'clock' THEN o.facts || jsonb_build_object('clock',
         (SELECT k.new FROM clock_map k WHERE k.old = (o.facts->>'clock')::bigint AND k.copy = m.copy))
     WHEN o.facts ? 'order' THEN o.facts || jsonb_build_object('order',
         (SELECT r.new FROM order_map r WHERE r.old = (o.facts->>'order')::bigint AND r.copy = m.copy))
     ELSE o.facts END"""

OF_SUMMONS = "(SELECT s.new FROM summons_map s WHERE s.old = o.summons_id AND s.copy = m.copy)"

# (table, the map and how it joins, what differs from the original, order)
TABLES: list[tuple[str, str, dict[str, str], str]] = [
    ("cases_case", "case_map", {"id": "m.new", "number": NUMBER}, "m.new"),
    ("cases_whistle", "whistle_map", {"id": "m.new", "case_id": "m.case_id"}, "m.new"),
    (
        "cases_summons", "summons_map",
        {"id": "m.new", "case_id": "m.case_id",
         "whistle_id": "(SELECT w.new FROM whistle_map w WHERE w.old = o.whistle_id AND w.copy = m.copy)"},
        "m.new",
    ),
    ("cases_dispute", "dispute_map", {"id": "m.new", "case_id": "m.case_id", "summons_id": OF_SUMMONS}, "m.new"),
    ("cases_order", "order_map", {"id": "m.new", "case_id": "m.case_id", "summons_id": OF_SUMMONS}, "m.new"),
    ("accountability_clock", "clock_map", {"id": "m.new", "subject_id": "m.subject_id"}, "m.new"),
    (
        "cases_step", "step_map",
        {"id": "m.new", "case_id": "m.case_id", "facts": FACTS, "origin": "'demo'", "recorded_at": "clock_timestamp()",
         "summons_id": OF_SUMMONS},
        "m.new",
    ),
    ("engagement_report", "report_map", {"id": "m.new", "case_id": "m.case_id", "receipt": RECEIPT}, "m.new"),
]  # fmt: skip
# These hang on a copied row and need no map of their own.
HANGING: list[tuple[str, str, dict[str, str]]] = [
    ("cases_caseterms", "case_map m ON m.old = o.case_id", {"case_id": "m.new"}),
    ("engagement_reportterms", "report_map m ON m.old = o.report_id", {"report_id": "m.new", "case_id": "m.case_id"}),
    (
        "cases_pause", "case_map m ON m.old = o.case_id",
        {"case_id": "m.new", "summons_id": OF_SUMMONS},
    ),
    ("cases_precedent", "dispute_map m ON m.old = o.dispute_id", {"case_id": "m.case_id", "dispute_id": "m.new"}),
    ("cases_repeat", "case_map m ON m.old = o.case_id", {"case_id": "m.new"}),
    ("accountability_rise", "clock_map m ON m.old = o.clock_id", {"clock_id": "m.new"}),
    ("accountability_segment", "clock_map m ON m.old = o.clock_id", {"clock_id": "m.new"}),
    ("engagement_callback", "report_map m ON m.old = o.report_id", {"report_id": "m.new"}),
    ("engagement_rating", "report_map m ON m.old = o.report_id", {"report_id": "m.new"}),
    ("engagement_reopening", "report_map m ON m.old = o.report_id", {"report_id": "m.new"}),
    (
        "assessment_mark", "case_map m ON m.old = o.case_id",
        {"case_id": "m.new", "evidence": EVIDENCE,
         "summons_id": OF_SUMMONS,
         "step_id": "(SELECT t.new FROM step_map t WHERE t.old = o.step_id AND t.copy = m.copy)"},
    ),
]  # fmt: skip
TOLD = """
INSERT INTO outbox_message (topic, dedupe_key, partition_key, payload, fate, attempts, last_error, sent_at)
SELECT 'case.step', 'step:' || m.new, 'case:' || m.case_id,
       jsonb_build_object('step', m.new, 'case', m.case_id, 'verb', o.verb), 'sent', 0, '', clock_timestamp()
  FROM step_map m JOIN cases_step o ON o.id = m.old
"""


def copy_up_to(wanted: int, receipt_length: int, tell: Callable[[int], None]) -> int:
    """Copy the played demo cases until there are so many in all; returns how many were added."""
    # What hangs on another case makes no copy by itself, and what is archived takes no steps;
    # what is outside stands in a row of its own.
    alone = Case.objects.exclude(state__in=(State.MERGED, State.ARCHIVED, State.TRANSFERRED, State.WITHHELD))
    played = alone.filter(origin=Origin.DEMO).order_by("pk")[:400]
    ended = [case.pk for case in played if case.state in ENDED]
    still_open = [case.pk for case in played if case.state not in ENDED]
    there = Case.objects.filter(origin=Origin.DEMO).count()
    jobs = list(_jobs(wanted - there, ended, still_open))
    added = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as hands:
        copies = (
            hands.map(_alone, jobs, repeat(receipt_length))
            if len(jobs) > FEW
            else map(_copy, jobs, repeat(receipt_length))
        )
        for made in copies:
            added += made
            tell(there + added)
    return added


def _jobs(missing: int, ended: list[int], still_open: list[int]) -> Iterator[Job]:
    """Until so many are there; each job stands by itself."""
    while missing > 0 and ended:
        times = min(missing, CHUNK) * RARER // (len(ended) * RARER + len(still_open))
        rest = ((ended[:missing], max(1, missing // len(ended))),)
        jobs = ((still_open, times // RARER), (ended, times)) if times >= RARER else rest
        yield from jobs
        missing -= sum(len(ids) * often for ids, often in jobs)


def _alone(job: Job, receipt_length: int) -> int:
    """One job on a connection of its own."""
    try:
        return _copy(job, receipt_length)
    finally:
        connection.close()


@transaction.atomic
def _copy(job: Job, receipt_length: int) -> int:
    ids, times = job
    params = {"ids": ids, "times": times, "receipt": receipt_length}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(MAPS, params)
        for table, mapping, differing, order in TABLES:
            cursor.execute(TRUSTED, ["origin" if table == CHAINED else "replica"])
            cursor.execute(_insert(table, f"{mapping} m ON m.old = o.id", differing) + f" ORDER BY {order}", params)
        for table, joined, differing in HANGING:
            cursor.execute(_insert(table, joined, differing, leave={"id"}), params)
        cursor.execute(TOLD)
        cursor.execute("SELECT new FROM case_map")
        made = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(DONE)
        cursor.execute(TRUSTED, ["origin"])
    case_days.add_copied(made)
    common.add_copied(made)
    mark_days.add_copied(made)
    return len(made)


def _insert(table: str, joined: str, differing: dict[str, str], leave: frozenset[str] | set[str] = frozenset()) -> str:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = [column.name for column in described if column.name not in leave]
    values = [differing.get(name, f"o.{name}") for name in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} o JOIN {joined}"
