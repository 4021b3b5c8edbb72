"""What other pages may show of those who reported a case: masked rows, and what they answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from audit.kept import Kept
from cases.confiding import keeps
from cases.linking import group_of
from cases.models import Case
from engagement.masking import mask_address, mask_name, mask_phone, without_details
from engagement.models import Callback, Rating, Reopening, Report
from engagement.querysets import DISTRICT_CODE
from engagement.terms import readable
from grids.standing import Standing
from people.models import Role

REVEALING = (Role.CLERK, Role.DISPATCHER, Role.DISTRICT_DESK)
# Who asks that a caller is restrained: never a street, which would see complaints fall silent.
RESTRAINING = (Role.CLERK, Role.DISTRICT_DESK)


@dataclass(frozen=True)
class Reporter:
    """One report as a page shows it. What is hidden from this reader is empty."""

    report_id: int
    words: str
    name: str
    phone: str
    address: str
    wants_answer: bool
    received_at: datetime
    captured_at: datetime | None
    accuracy_m: float | None
    may_reveal: bool
    may_restrain: bool = False
    kept_back: bool = False


def may_reveal(case: Case, by: Standing) -> bool:
    """The hotline, the street's dispatcher and the district desk over the place; of a confidential case no street."""
    return keeps(case, by) and any(by.over(role, case.place_code) for role in REVEALING)


def may_restrain(case: Case, by: Standing) -> bool:
    """Whoever of the hotline or the district desk serves the whole district and may know who called."""
    return may_reveal(case, by) and any(by.over(role, case.place_code[:DISTRICT_CODE]) for role in RESTRAINING)


def reporters_of(case: Case, standing: Standing, reports: Iterable[Report] | None = None) -> list[Reporter]:
    """Everybody who reported the case, first come first, or of these reports who waits for its answer.

    Whoever handles it sees the words and a masked phone only.
    """
    rows = _reports(case=case.pk) if reports is None else reports
    return [_read(report, case if report.case_id == case.pk else report.case, standing) for report in rows]


def _read(report: Report, case: Case, standing: Standing) -> Reporter:
    """Each by its own case: one that is confidential stays so where it is merged into another."""
    if not keeps(case, standing):
        return _kept_back(report)
    return _row(report, may_reveal(case, standing), may_restrain(case, standing))


@Kept
def _reports(case: int) -> QuerySet[Report]:
    return Report.objects.filter(case=case).order_by("received_at", "pk")


def words_of(case_ids: Collection[int]) -> dict[int, list[str]]:
    """What was said of these cases, as everybody reads it who sees them; for cases found by `visible_to`.

    Of confidential cases nothing, whoever asks: no list of hits shows what the case page would keep back.
    """
    found: dict[int, list[str]] = {}
    rows = Report.objects.filter(case__in=case_ids, case__confidential=False).order_by("received_at", "pk")
    for report in rows if case_ids else ():
        found.setdefault(report.case_id, []).append(readable(report))
    return found


def _kept_back(report: Report) -> Reporter:
    """Of a confidential case who handles it reads that somebody waits for an answer, and nothing else."""
    return Reporter(
        report_id=report.pk, words="", name="", phone="", address="", wants_answer=report.wants_answer,
        received_at=report.received_at, captured_at=None, accuracy_m=None, may_reveal=False, kept_back=True,
    )  # fmt: skip


def _row(report: Report, allowed: bool, may_ask: bool) -> Reporter:
    return Reporter(
        report_id=report.pk,
        words=readable(report),
        name=mask_name(report.name) if allowed else "",
        phone=mask_phone(report.phone),
        address=mask_address(report.address) if allowed else "",
        wants_answer=report.wants_answer,
        received_at=report.received_at,
        captured_at=report.captured_at,
        accuracy_m=report.accuracy_m,
        may_reveal=allowed and any((report.name, report.phone, report.address)),
        may_restrain=may_ask and bool(report.caller),
    )


def came_back_with(case: Case, by: Standing) -> dict[datetime, str]:
    """What those said who opened the case again, by the moment of its step; without details of the person.

    Of a confidential case nothing for whoever handles it.
    """
    rows = Reopening.objects.filter(report__case__in=group_of(case)).select_related("report")
    return {row.at: _masked(row) for row in rows} if keeps(case, by) else {}


def _masked(row: Reopening) -> str:
    return without_details(row.words, row.report.name, row.report.phone, row.report.address)


def callbacks_of(case: Case) -> list[Callback]:
    """Every attempt to call back, newest first, with who made it."""
    return list(Callback.objects.filter(report__case__in=group_of(case)).select_related("by").order_by("-at", "-pk"))


def ratings_of(case: Case) -> list[Rating]:
    """What was answered, newest first; `by` is empty where the person rated it themselves."""
    return list(Rating.objects.filter(report__case__in=group_of(case)).order_by("-at", "-pk"))
