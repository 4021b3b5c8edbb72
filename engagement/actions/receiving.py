"""Taking in a report: once for each form, with a receipt, as a case at the smallest area known."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accountability.alarming import Alarm
from accountability.models import Category, Function, Item, Situation, Urgency
from audit.kept import Kept
from audit.models import IdempotencyKey
from audit.rows import insert
from cases.actions import open_case
from cases.models import Case, Channel, Origin, Profile
from cases.placing import lies_in
from engagement.belonging import alarm_of, past_the_street
from engagement.callers import mark_of
from engagement.masking import without_details
from engagement.models import Report, ReportTerms
from engagement.placing import Point, district, placed
from engagement.receipts import new_receipt
from engagement.summaries import summary_of
from engagement.terms import terms_of
from files.actions import NONE_CHOSEN, Chosen, attach
from grids.models import Area
from grids.standing import Standing

PURPOSE = "report"
OLDEST_CAPTURE = timedelta(days=366)  # a device that says more has lost its clock
PROFILES = {Channel.CITIZEN: "hotline", Channel.HOTLINE: "hotline", Channel.GRID: "grid", Channel.IMPORT: "hotline"}


class ReportRefused(ValidationError):
    """The report cannot be taken in: the sentence says why."""


@dataclass(frozen=True)
class Said:
    """What came in, as it came."""

    words: str
    place: str
    name: str
    phone: str
    address: str
    wants_answer: bool
    point: Point | None
    area: Area | None
    category: Category | None
    situation: Situation | None
    urgency: str
    captured_at: datetime | None
    confidential: bool = False
    matter: str = ""
    item: Item | None = None
    function: Function | None = None

    def fingerprint(self, channel: str, by: Standing | None) -> str:
        """The same for the same words from the same hand, whatever the order in which they arrive."""
        rows = {name: row.pk if row else None for name, row in self._rows().items()}
        plain = {name: value for name, value in vars(self).items() if name not in rows and name != "point"}
        point = asdict(self.point) if self.point else None
        whole = {**plain, **rows, "point": point, "channel": channel, "by": by.user_id if by else None}
        return hashlib.sha256(json.dumps(whole, default=str, sort_keys=True).encode()).hexdigest()

    def _rows(self) -> dict[str, Any]:
        return {
            "area": self.area, "category": self.category, "situation": self.situation, "item": self.item,
            "function": self.function,
        }  # fmt: skip

    @property
    def is_sorted(self) -> bool:
        """Somebody who knows the list said what it is."""
        return bool(self.item or self.function)


@transaction.atomic
def receive(
    *, words: str, channel: str, by: Standing | None, at: datetime, form_key: UUID, place: str = "", name: str = "",
    phone: str = "", address: str = "", wants_answer: bool | None = None, point: Point | None = None,
    area: Area | None = None, category: Category | None = None, situation: Situation | None = None,
    urgency: str = Urgency.NORMAL, captured_at: datetime | None = None, origin: str = Origin.LIVE,
    external_number: str = "", photos: Chosen = NONE_CHOSEN, confidential: bool = False, matter: str = "",
    item: Item | None = None, function: Function | None = None,
) -> Report:  # fmt: skip
    """Open a case for these words; the same form sent again gives the same report. A phone left wants an answer."""
    wants = bool(phone) if wants_answer is None else wants_answer
    said = Said(
        words.strip(), place.strip(), name.strip(), phone.strip(), address.strip(), wants, point, area, category,
        situation, urgency, _captured(captured_at, at), confidential, matter.strip(),
        item or (situation.item if situation else None), function,
    )  # fmt: skip
    if confidential and not said.matter:
        raise ReportRefused(
            _("Say in your own words what the matter is: those who handle it read only this."), code="matter_missing"
        )
    receipt = new_receipt()
    earlier = _claimed(form_key, said.fingerprint(channel, by), receipt)
    if earlier:
        return Report.objects.select_related("case").get(receipt=earlier.answer)
    case = _open(said, channel, by, at, origin, external_number)
    report = _write(said, case, by, at, receipt)
    if photos:
        _attach(report, photos, by, case.steps.values_list("pk", flat=True).first())
    return report


def _claimed(form_key: UUID, fingerprint: str, receipt: str) -> IdempotencyKey | None:
    """The key of this form where it has come before. Of two at once, the second waits here for the first."""
    key = IdempotencyKey.objects.claim(form_key, PURPOSE, fingerprint, receipt)
    if key and (key.purpose != PURPOSE or key.request_hash != fingerprint):
        raise ReportRefused(
            _("This form has been sent already, with other words. Open a new form for another matter."),
            code="form_key_used",
        )
    return key


def _captured(said: datetime | None, at: datetime) -> datetime | None:
    """When the device says it was seen: never later than now, and unknown where no clock can be right."""
    return min(said, at) if said and said > at - OLDEST_CAPTURE else None


def _open(said: Said, channel: str, by: Standing | None, at: datetime, origin: str, external_number: str) -> Case:
    lon, lat = said.point.wgs84() if said.point else (None, None)
    known = said.area or (placed(said.point).grid if said.point else district())
    area = district() if _is_beyond(said, channel, origin, at) else known
    captured = {"captured_at": said.captured_at.isoformat()} if said.captured_at else {}
    alarm = None if said.urgency == Urgency.EXTREME else alarm_of(said.words, channel, origin)
    return open_case(
        area=area, category=said.category or (said.item.category if said.item else catch_all()),
        situation=said.situation, item=said.item, function=said.function, summary=_summary(said), channel=channel,
        profile=_profile(code=PROFILES[Channel(channel)])[0], by=by, at=at, place=said.place, lon=lon, lat=lat,
        has_citizen=said.wants_answer, urgency=Urgency.EXTREME if alarm else said.urgency, origin=origin,
        external_number=external_number, facts=captured | lies_in(known, area) | _because(alarm),
        confidential=said.confidential,
    )  # fmt: skip


def _because(alarm: Alarm | None) -> dict[str, Any]:
    """Why it opens at the highest urgency: which words, of which situation. Both stand in the situation's own row."""
    if alarm is None:
        return {}
    return {"alarm": {"situation": alarm.situation.code, "name": alarm.situation.name, "words": list(alarm.words)}}


def _is_beyond(said: Said, channel: str, origin: str, at: datetime) -> bool:
    """Whether it goes to the desk of the whole district: what was put under a function, and what nobody sorted where
    its words are near no item of the list. Then a person decides whose it is, never the street by default."""
    return bool(said.function) or not said.is_sorted and past_the_street(said.words, channel, origin, at)


def _summary(said: Said) -> str:
    """The first sentence of the words, or of a confidential case what the clerk wrote in their place."""
    details = (said.name, said.phone, said.address)
    return without_details(said.matter, *details)[:200] if said.confidential else summary_of(said.words, *details)


def catch_all() -> Category:
    """The last category of the list, which takes what nobody has sorted yet."""
    (last,) = _last_category()
    return last


@Kept
def _profile(code: str) -> QuerySet[Profile]:
    return Profile.objects.filter(code=code)


@Kept
def _last_category() -> QuerySet[Category]:
    return Category.objects.order_by("-order", "-code")[:1]


def _write(said: Said, case: Case, by: Standing | None, at: datetime, receipt: str) -> Report:
    point = said.point
    report = Report.objects.create(
        case=case,
        receipt=receipt,
        words=said.words,
        name=said.name,
        phone=said.phone,
        caller=mark_of(said.phone),
        address=said.address,
        wants_answer=said.wants_answer,
        by=by.user if by else None,
        datum=point.datum if point else "",
        given_lon=point.lon if point else None,
        given_lat=point.lat if point else None,
        accuracy_m=point.accuracy_m if point else None,
        captured_at=said.captured_at,
        received_at=at,
    )
    insert([ReportTerms(report=report, case=case, terms=terms_of(report))])
    return report


def add_photos(report: Report, photos: Chosen, *, by: Standing | None) -> list[str]:
    """Photos that come after the report."""
    return _attach(report, photos, by)


def _attach(report: Report, photos: Chosen, by: Standing | None, step_id: int | None = None) -> list[str]:
    """They show what is to be put right, so they belong to the case."""
    return attach(photos, kind="case", subject_id=report.case_id, step_id=step_id, by=by.user if by else None)
