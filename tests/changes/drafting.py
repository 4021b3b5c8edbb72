"""Drafts to test with: a shorter limit, a day off, another number to ring."""

from copy import deepcopy
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from changes.actions import Wanted, approve, draft, submit
from changes.kinds import Rows, kind_of
from changes.models import Change


def rows_of(kind: str, subject: str, at: datetime) -> Rows:
    return deepcopy(kind_of(kind).read(subject, at))


def shorter(at: datetime, hours: int = 2, days: int = 1, phase: str = "sign", **said) -> Wanted:
    """The limit of a phase, for normal cases unless said, from so many days on."""
    after = rows_of("limits", said.get("subject", "normal"), at)
    next(row for row in after["limits"] if row["phase"] == phase)["amount"] = hours
    return Wanted(
        said.get("title", "签收两小时"),
        said.get("basis", "试验文号〔2026〕1号"),
        after,
        localdate(at) + timedelta(days),
    )


def day_off(at: datetime, day: str, kind: str = "holiday", days: int = 1) -> Wanted:
    """One more day in the calendar of this year."""
    after = rows_of("calendar", day[:4], at)
    after["days"] = sorted([*after["days"], {"day": day, "kind": kind, "name": "试验假"}], key=lambda row: row["day"])
    return Wanted("放假一天", "试验通知", after, localdate(at) + timedelta(days))


def drafted(w, wanted: Wanted | None = None, kind: str = "limits", subject: str = "normal", by=None) -> Change:
    return draft(kind, subject, wanted=wanted or shorter(w.at), by=w.of(by or w.desk_officer), at=w.at)


def sent(w, *args, **more) -> Change:
    change = drafted(w, *args, **more)
    return submit(change, seen=change.version, by=w.of(change.drafted_by), at=w.at)


def approved(w, *args, chosen=None, **more) -> Change:
    change = sent(w, *args, **more)
    return approve(change, seen=change.version, by=w.of(w.inspector), at=w.at, chosen=chosen)
