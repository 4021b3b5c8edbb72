"""Takes in what other systems hand over: each matter whole, once, with its own times, by the moves of any case."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from django.db import connection, transaction
from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accountability.models import Category, ListVersion
from accountability.worktime import LOCAL
from cases.actions.intake import office_of
from cases.actions.past import Brought, Past
from cases.models import Case, Channel, Level, Verb
from engagement.actions import bring_in
from engagement.actions.receiving import catch_all
from engagement.masking import without_details
from engagement.models import Report
from engagement.placing import district
from engagement.summaries import summary_of
from gateway.mapping import Mapping, MappingRefused
from gateway.reading import Message, Reply
from gateway.refusals import CellRefused
from gateway.stages import Stage
from grids.models import Area
from grids.standing import Standing
from people.actions import machine
from people.models import Role, Unit

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class Importer:
    """What every row of one import needs, read once: the mapping, our areas and categories, and who writes."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._places: dict[str, tuple[Area, Unit, Standing]] = {}

    @cached_property
    def areas(self) -> dict[str, Area]:
        """The areas that the mapping names; raises MappingRefused where one is not of this district."""
        found = {area.code: area for area in Area.objects.filter(code__in=self.mapping.area_codes())}
        if missing := sorted(self.mapping.area_codes() - set(found)):
            raise MappingRefused(
                _("The mapping “%(name)s” names areas that are not here: %(codes)s.")
                % {"name": self.mapping.name, "codes": ", ".join(missing)}
            )
        return {"": district(), **found}

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {"": catch_all(), **{category.code: category for category in Category.objects.all()}}

    @cached_property
    def list_began(self) -> date:
        """The first day with a version of the list."""
        return ListVersion.objects.calling().aggregate(first=Min("in_force_from"))["first"] or date.max

    def place(self, code: str) -> tuple[Area, Unit, Standing]:
        """An area, its office, and who writes down what that office did: nobody signs in as that."""
        if code not in self._places:
            area = self.areas[code]
            office = office_of(area)
            user = machine("import", name=str(Channel.IMPORT.label), unit=office_of(self.areas[""]))
            posts = {(str(Role.DISTRICT_DESK), area.code[:6]), (str(Role.DISPATCHER), area.code)}
            by = Standing(user, frozenset(posts), frozenset({(str(Role.RESPONDER), office.pk)}))
            self._places[code] = area, office, by
        return self._places[code]

    def category(self, message: Message) -> Category:
        """The category of the finest kind that the mapping names; the last one takes the rest."""
        for count in range(len(message.kinds), 0, -1):
            code = self.mapping.categories.get("/".join(message.kinds[:count]), "")
            if code in self.categories and code:
                return self.categories[code]
        return self.categories[""]


@transaction.atomic
def take_in(messages: Sequence[Message], importer: Importer, *, at: datetime) -> list[Case | None]:
    """Their cases, each as far as the file says it went; None for what came in before. Phases still open start now.

    What merely waits is to be accepted; what somebody has taken up stands accepted; what was dealt with is to be
    inspected, for nobody says that anyone looked. Without a street in the file, the district desk has it.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"import {importer.mapping.name}"])
    there = _there_already(messages, importer.mapping)
    new = [message for message in messages if not message.again and message.number not in there]
    made = iter(bring_in([_brought(message, importer, at) for message in new], at=at))
    wanted = {message.number for message in new}
    return [next(made) if message.number in wanted and not message.again else None for message in messages]


def _there_already(messages: Sequence[Message], mapping: Mapping) -> set[str]:
    """The numbers that are in; refused when one is in with other words."""
    numbers = [message.number for message in messages]
    if mapping.says_messages:
        reports = Report.objects.filter(case__external_number__in=numbers)
        found = dict(reports.values_list("case__external_number", "words"))
    else:
        opened = Case.objects.filter(external_number__in=numbers, steps__verb=Verb.OPEN)
        found = dict(opened.values_list("external_number", "steps__facts__mark"))
    for message in messages:
        mine = message.words if mapping.says_messages else message.mark
        if found.get(message.number, mine) != mine:
            raise CellRefused("number", gettext_noop("this number came in before with other words"))
    return set(found)


def _brought(message: Message, importer: Importer, at: datetime) -> tuple[Brought, str]:
    area, office, by = importer.place(message.area)
    messages = importer.mapping.says_messages
    brought = Brought(
        external_number=message.number, opened_at=message.opened_at, area=area, office=office, by=by,
        category=importer.category(message), has_citizen=messages, place=message.place,
        summary=summary_of(message.words) if messages else " · ".join(message.kinds),
        facts={"told": list(message.told), "mark": message.mark}, past=_past(message, importer, at),
        timed=message.reply is not None,
    )  # fmt: skip
    return brought, message.words if messages else ""


def _past(message: Message, importer: Importer, at: datetime) -> tuple[Past, ...]:
    """The moves that follow from the file."""
    if message.reply:
        follow = _answered if importer.mapping.answers(message.reply.words) else _acknowledged
        return follow(message, message.reply, importer)
    if message.stage == Stage.TAKEN_UP:
        return (_accepted(message.opened_at, importer, importer.mapping.steps["accepted"]),)
    return _handled(message, importer, at) if message.stage == Stage.HANDLED else ()


def _acknowledged(message: Message, reply: Reply, importer: Importer) -> tuple[Past, ...]:
    """Somebody wrote back that it came in: accepted at that moment, and nothing more."""
    return (_accepted(reply.at, importer, without_details(reply.words)),)


def _answered(message: Message, reply: Reply, importer: Importer) -> tuple[Past, ...]:
    """The office that had it answered: in its hands from the beginning, first contact and reply with the answer."""
    facts = {"contact": importer.mapping.steps["contact"], "contacted_at": reply.at.isoformat(), "means": "message"}
    return (
        *_in_hand(message, importer),
        Past(Verb.RESPOND, reply.at, facts=facts),
        Past(Verb.REPLY, reply.at, without_details(reply.words)),
    )


def _handled(message: Message, importer: Importer, at: datetime) -> tuple[Past, ...]:
    """It was dealt with, nobody says when or how: its reply stands on the moment at which it was written down here."""
    return (*_in_hand(message, importer), Past(Verb.REPLY, at, importer.mapping.steps["replied"]))


def _in_hand(message: Message, importer: Importer) -> tuple[Past, ...]:
    """In the hands of the office that received it, from the moment it came in."""
    came, steps = message.opened_at, importer.mapping.steps
    handled = Past(Verb.SELF_HANDLE, came, steps["handled"], {"level": str(Level.STREET)})
    return _accepted(came, importer, steps["accepted"]), handled


def _accepted(at: datetime, importer: Importer, note: str) -> Past:
    """Accepted on a day before the list began, a case has no version of it, and its step says so."""
    if localdate(at, LOCAL) < importer.list_began:
        note = f"{note}\n{importer.mapping.steps['before_the_list']}"
    return Past(Verb.ACCEPT, at, note)
