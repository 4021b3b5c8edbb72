"""Takes in what other systems hand over: each message whole, once, with its own times, by the moves of any case."""

import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import clocks
from accountability.duties import version_on
from accountability.models import Category, Urgency
from accountability.worktime import LOCAL
from cases import actions as moves
from cases.actions.intake import office_of
from cases.clocks import keep_due
from cases.models import Case, Channel, Level, Origin, Verb
from engagement.actions import receive
from engagement.masking import without_details
from engagement.models import Report
from engagement.placing import district
from gateway.mapping import Mapping
from gateway.reading import CellRefused, Message, Reply
from grids.standing import Standing
from people.actions import machine
from people.models import Role

FORMS = uuid.UUID("6c2f5d0e-0b52-5b2c-9f0e-1f7e3f0a1d11")
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def importer() -> Standing:
    """Writes down what the office that had the message did: acts at the district desk, and nobody signs in as it."""
    area = district()
    office = office_of(area)
    user = machine("import", name=str(Channel.IMPORT.label), unit=office)
    posts, seats = {(str(Role.DISTRICT_DESK), area.code)}, {(str(Role.RESPONDER), office.pk)}
    return Standing(user, frozenset(posts), frozenset(seats))


@transaction.atomic
def take_in(message: Message, mapping: Mapping, *, by: Standing, at: datetime) -> Case | None:
    """A report and its case, as far as the file says it went; None when it came in before. Phases still open start now.

    A message waits to be accepted; one that was merely acknowledged stands accepted; one that was answered is to be
    inspected, for nobody says that anyone looked. The file names no street, so the district desk has it.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"import {message.number}"])
    if _there_already(message):
        return None
    report = receive(
        words=message.words, channel=Channel.IMPORT, by=None, at=message.opened_at, wants_answer=True,
        form_key=uuid.uuid5(FORMS, message.number), category=_category(message, mapping), origin=Origin.IMPORT,
        external_number=message.number,
    )  # fmt: skip
    case = report.case
    if message.reply:
        follow = _answered if mapping.answers(message.reply.words) else _acknowledged
        case = follow(case, message.reply, mapping, by)
    clocks.begin_anew("case", [case.pk], at=at)
    keep_due([case.pk])
    return case


def _there_already(message: Message) -> bool:
    """Whether this number is in; refused when it is in with other words."""
    words = Report.objects.filter(case__external_number=message.number).values_list("words", flat=True).first()
    if words is not None and words != message.words:
        raise CellRefused("number", _("this number came in before with other words"))
    return words is not None


def _category(message: Message, mapping: Mapping) -> Category | None:
    return Category.objects.filter(code=mapping.categories.get(message.label, "")).first()


def _acknowledged(case: Case, reply: Reply, mapping: Mapping, by: Standing) -> Case:
    """Somebody wrote back that it came in: accepted at that moment, and nothing more."""
    return _accept(case, by, reply.at, without_details(reply.words), mapping)


def _answered(case: Case, reply: Reply, mapping: Mapping, by: Standing) -> Case:
    """The office that had it answered: in its hands from the beginning, first contact and reply with the answer."""
    given: dict[str, Any] = {"by": by, "origin": Origin.IMPORT}
    came = case.opened_at
    case = _accept(case, by, came, mapping.steps["accepted"], mapping)
    case = moves.self_handle(case, at=came, level=Level.STREET, note=mapping.steps["handled"], **given)
    contact = {"contact": mapping.steps["contact"], "contacted_at": reply.at.isoformat(), "means": "message"}
    call = moves.answer(case.summonses.get(), Verb.RESPOND, at=reply.at, facts=contact, **given)
    call = moves.answer(call, Verb.REPLY, at=reply.at, note=without_details(reply.words), **given)
    return call.case


def _accept(case: Case, by: Standing, at: datetime, note: str, mapping: Mapping) -> Case:
    """Accepted on a day before the list began, a case has no version of it, and its step says so."""
    if version_on(localdate(at, LOCAL)) is None:
        note = f"{note}\n{mapping.steps['before_the_list']}"
    return moves.accept(
        case, by=by, at=at, summary=case.summary, category=case.category, urgency=Urgency.NORMAL, note=note,
        origin=Origin.IMPORT,
    )  # fmt: skip
