"""An import goes on in its own time: a while at once, from where it was, each row once, whoever died over it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection

from audit import clock
from cases.models import Case
from files.receiving import drop
from gateway import actions
from gateway.actions import working
from gateway.models import Import, ImportState
from tests.copied import beside
from tests.files.test_races import at_once
from tests.gateway.conftest import ANSWERED, RECEIVED, WAITS
from tests.gateway.sending import asked, sent, table, taken, tried, waiting

MINUTE = timedelta(seconds=61)
BAD = ["", *WAITS[1:]]


def test_a_trial_counts_every_row_and_saves_none(w):
    one = tried(table(WAITS, RECEIVED, ANSWERED, BAD, WAITS), w.desk_officer)
    assert (one.state, one.rows, one.done) == (ImportState.CHECKED, 5, 5)
    assert one.tried == {"reported": 1, "accepted": 1, "inspecting": 1, "refused": 1, "there": 1}
    assert [(fault.row, fault.column, fault.says) for fault in one.faults.all()] == [(5, "id", "is empty")]
    assert not Case.objects.exists()


def test_taking_in_does_what_the_trial_said(w):
    one = taken(table(WAITS, RECEIVED, ANSWERED, BAD), w.desk_officer)
    assert (one.state, one.taken) == (ImportState.DONE, one.tried)
    assert one.faults.count() == 1
    assert Case.objects.count() == 3


def test_the_same_file_again_finds_everything_there(w):
    taken(table(*waiting(3)), w.desk_officer)
    assert taken(table(*waiting(3)), w.second_desk).taken == {"there": 3}
    assert Case.objects.count() == 3


def test_it_stops_after_a_while_and_goes_on_from_there(w):
    one = asked(table(*waiting(250)), w.desk_officer)
    steps = []
    for _ in range(4):
        actions.work(one.pk, a_while=0)
        now = Import.objects.get()
        steps.append((now.done, now.state))
    assert steps == [(100, "checking"), (200, "checking"), (250, "checking"), (250, "checked")]
    assert Import.objects.get().tried == {"reported": 250}


def test_the_queue_gets_one_at_a_time_and_again_only_what_is_not_heard_of(w):
    first, _second = asked(table(*waiting(1)), w.desk_officer), asked(table(*waiting(1)), w.second_desk)
    sent_on, at = [], clock.now()
    assert [actions.queue(at, sent_on.append), actions.queue(at, sent_on.append)] == [1, 0]
    assert actions.queue(at + MINUTE, sent_on.append) == 1
    assert sent_on == [str(first.pk), str(first.pk)]


def test_what_never_gets_on_is_ended_in_a_sentence_and_lets_the_next_one_go(w):
    first, second = asked(table(*waiting(1)), w.desk_officer), asked(table(*waiting(1)), w.second_desk)
    sent_on, at = [], clock.now()
    for turn in range(working.MOST_TRIES + 2):
        actions.queue(at + turn * MINUTE, sent_on.append)
    assert sent_on == [str(first.pk)] * working.MOST_TRIES + [str(second.pk)]
    assert Import.objects.get(pk=first.pk).state == ImportState.REFUSED


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"id,time\n1,2\n", "has no column"), ("路灯".encode("gbk"), "not UTF-8"), (b"PK\x03\x04", "no Excel file")],
)
def test_a_file_that_cannot_be_read_says_why(w, data, why):
    one = tried(data, w.desk_officer)
    assert one.state == ImportState.REFUSED
    assert why in one.says % one.params


def test_a_file_that_is_gone_is_a_sentence_and_no_crash(w):
    one = asked(table(*waiting(1)), w.desk_officer)
    drop(one)
    actions.work(one.pk)
    assert Import.objects.get().says == "The file is gone. Choose it again."


def test_given_up_meanwhile_it_writes_no_more(w):
    one = asked(table(*waiting(250)), w.desk_officer)
    actions.work(one.pk, a_while=0)
    actions.give_up(one.pk, at=clock.now())
    actions.work(one.pk)
    assert (Import.objects.get().state, Import.objects.get().done) == ("given_up", 100)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_each_row_is_written_once(w):
    one = tried(table(*waiting(500)), w.desk_officer)
    actions.take(one.pk, by=w.desk_officer, at=clock.now())
    assert at_once(*[lambda: actions.work(one.pk)] * 3) == []
    actions.work(one.pk)
    assert (Import.objects.get().state, Import.objects.get().taken) == ("done", {"reported": 500})
    assert Case.objects.count() == 500


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_is_found_again_and_gone_on_with(w, store):
    one = tried(table(*waiting(1500)), w.desk_officer)
    actions.take(one.pk, by=w.desk_officer, at=clock.now())
    worker = begun_elsewhere(one, store)
    while Import.objects.get().done < 200 and worker.poll() is None:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    half = Import.objects.get()
    assert (half.state, Case.objects.count()) == ("taking", half.done)
    assert 0 < half.done < 1500
    actions.queue(clock.now() + MINUTE, lambda found: actions.work(one.pk) if found == str(one.pk) else None)
    assert (Import.objects.get().state, Import.objects.get().taken) == ("done", {"reported": 1500})
    assert Case.objects.count() == 1500


def begun_elsewhere(one: Import, store) -> subprocess.Popen:
    """The work in a process of its own, which may be killed."""
    program = f"import django; django.setup(); from gateway import actions; actions.work({str(one.pk)!r})"
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "liixia.settings", "LIIXIA_STATE": str(store.parent),
        "DATABASE_URL": beside(connection.settings_dict["NAME"]),
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", program], env=env)


def test_sending_without_trying_starts_no_work(w):
    sent(table(*waiting(1)), w.desk_officer)
    assert actions.queue(clock.now(), lambda found: pytest.fail(found)) == 0
