"""The same work as each page's, in bare SQL on the same database: no page can be faster than its floor."""

import itertools
import random
import uuid
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max

from cases.models import Answer, Case, Summons

Work = Callable[[Any, int], None]
OPEN = "state NOT IN ('closed', 'turned_down', 'merged', 'archived', 'transferred', 'withheld')"


def _sample(count: int = 2000) -> list[int]:
    dice, last = random.Random(7), Case.objects.aggregate(last=Max("pk"))["last"]
    wanted = {dice.randrange(1, last) for _ in range(count)}
    return list(Case.objects.filter(pk__in=wanted).values_list("pk", flat=True))


def copied(table: str, **differing: str) -> str:
    """An INSERT of one more row like an old one."""
    columns = [field.column for field in _model(table)._meta.concrete_fields if field.column != "id"]
    values = [differing.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {{only}}"


def _model(table: str) -> Any:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def intake() -> Work:
    """A case, its report, its first step with the letter about it, its clock and the key of its form."""
    old = Case.objects.filter(state="reported").order_by("-pk").values_list("pk", flat=True)[0]
    case = copied("cases_case", number="%(key)s", external_number="''").format(only="id = %(old)s") + " RETURNING id"
    report = copied("engagement_report", case_id="%(new)s", receipt="left(%(key)s, 18)").format(
        only="case_id = %(old)s"
    )
    step = copied("cases_step", case_id="%(new)s").format(only="case_id = %(old)s AND seq = 1") + " RETURNING id"
    clock = copied("accountability_clock", subject_id="%(new)s").format(
        only="subject_kind = 'case' AND subject_id = %(old)s"
    )
    letter = """INSERT INTO outbox_message (topic, dedupe_key, partition_key, payload, fate, attempts, last_error)
                VALUES ('bench', %(key)s, %(key)s, '{}', 'sent', 0, '')"""

    def work(cursor: Any, number: int) -> None:
        given: dict[str, Any] = {"key": uuid.uuid4().hex, "old": old}
        cursor.execute(case, given)
        given["new"] = cursor.fetchone()[0]
        for sql in (report, step, clock, letter):
            cursor.execute(sql, given)

    return work


CLEARED = """
SET LOCAL session_replication_role = replica;
CREATE TEMPORARY TABLE copied ON COMMIT DROP AS SELECT id FROM cases_case WHERE number ~ '^[0-9a-f]{32}$';
DELETE FROM engagement_report WHERE case_id IN (SELECT id FROM copied);
DELETE FROM cases_step WHERE case_id IN (SELECT id FROM copied);
DELETE FROM accountability_clock WHERE subject_kind = 'case' AND subject_id IN (SELECT id FROM copied);
DELETE FROM cases_case WHERE id IN (SELECT id FROM copied);
DELETE FROM outbox_message WHERE topic = 'bench'"""


def clear() -> None:
    """Take away what the floor of intake wrote: thousands of cases that no word finds would stand newest of all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(CLEARED)


def transition() -> Work:
    """Lock, read, change state, stop a clock, append a step and a letter."""
    rows = list(Summons.objects.filter(state=Answer.SENT).order_by("-pk").values_list("pk", "case")[:4000])
    source = itertools.cycle(rows)
    # The newest step once more: the case still stands where its last step led.
    step = copied("cases_step").format(only="id = (SELECT max(id) FROM cases_step WHERE case_id = %(case)s)")

    def work(cursor: Any, number: int) -> None:
        pk, case = next(source)
        given = {"pk": pk, "case": case, "key": uuid.uuid4().hex}
        cursor.execute("SELECT * FROM cases_case WHERE id = %(case)s FOR UPDATE", given)
        cursor.execute("UPDATE cases_summons SET state = state WHERE id = %(pk)s", given)
        cursor.execute(
            "UPDATE accountability_clock SET attempts = attempts WHERE subject_kind = 'summons' AND subject_id = %(pk)s"
            " AND phase = 'sign'", given,
        )  # fmt: skip
        cursor.execute("UPDATE cases_case SET version = version + 1 WHERE id = %(case)s", given)
        cursor.execute(step, given)
        cursor.execute(
            "INSERT INTO outbox_message (topic, dedupe_key, partition_key, payload, fate, attempts, last_error)"
            " VALUES ('bench', %(key)s, %(key)s, '{}', 'sent', 0, '')", given,
        )  # fmt: skip

    return work


def detail() -> Work:
    """A case, its summonses, clocks, steps and reports."""
    ids = itertools.cycle(_sample())

    def work(cursor: Any, number: int) -> None:
        given = {"case": next(ids)}
        for sql in (
            "SELECT * FROM cases_case WHERE id = %(case)s",
            "SELECT * FROM cases_summons m JOIN people_unit u ON u.id = m.unit_id WHERE case_id = %(case)s",
            "SELECT * FROM accountability_clock WHERE subject_kind = 'case' AND subject_id = %(case)s"
            " OR subject_kind = 'summons'"
            " AND subject_id = ANY(ARRAY(SELECT id FROM cases_summons WHERE case_id = %(case)s))",
            "SELECT * FROM cases_step WHERE case_id = %(case)s ORDER BY seq DESC",
            "SELECT * FROM engagement_report WHERE case_id = %(case)s",
        ):
            cursor.execute(sql, given)
            cursor.fetchall()

    return work


def page(before: int | None = None) -> Work:
    """Fifty cases from a key on, and the clocks that run for them."""
    only = "WHERE id < %(before)s" if before else ""

    def work(cursor: Any, number: int) -> None:
        cursor.execute(f"SELECT * FROM cases_case {only} ORDER BY id DESC LIMIT 50", {"before": before})
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT * FROM accountability_clock WHERE subject_kind = 'case' AND subject_id = ANY(%s)"
            " AND stopped_at IS NULL", [found],
        )  # fmt: skip
        cursor.fetchall()

    return work


def dashboard(cursor: Any, number: int) -> None:
    """What is open, by street and category, with how much of it is overdue."""
    cursor.execute(
        "SELECT left(place_code, 9), category_id, count(*), count(*) FILTER (WHERE due_at < now())"
        f" FROM cases_case WHERE {OPEN} GROUP BY 1, 2"
    )
    cursor.fetchall()


def areas(cursor: Any, number: int) -> None:
    cursor.execute(f"SELECT place_code, count(*) FROM cases_case WHERE {OPEN} GROUP BY 1")
    cursor.fetchall()


def sweep(cursor: Any, number: int) -> None:
    """Two hundred clocks lapsed, with a step each."""
    cursor.execute(
        "WITH due AS (SELECT id FROM accountability_clock WHERE stopped_at IS NULL AND lapsed_at IS NULL"
        " AND due_at < now() ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED)"
        " UPDATE accountability_clock c SET lapsed_at = due_at FROM due WHERE c.id = due.id"
    )


def search() -> Work:
    """Two characters found by a plain scan of the newest cases: what there is without an index of words."""

    def work(cursor: Any, number: int) -> None:
        cursor.execute("SELECT id FROM cases_case WHERE summary LIKE '%%路灯%%' ORDER BY id DESC LIMIT 50")
        cursor.fetchall()

    return work
