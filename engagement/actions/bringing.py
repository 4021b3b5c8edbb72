"""Messages of another system: each a report with its words and a case with its past."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cases import actions as cases
from cases.actions.past import Brought
from cases.models import Case
from engagement.models import Report, ReportTerms
from engagement.receipts import new_receipt
from engagement.terms import terms_of


@transaction.atomic
def bring_in(rows: Sequence[tuple[Brought, str]], *, at: datetime) -> list[Case]:
    """These cases with the words of whoever wrote; without words nobody wrote, and there is no report."""
    made = cases.bring_in([brought for brought, _ in rows], at=at)
    reports = Report.objects.bulk_create(
        _report(case, words) for case, (_, words) in zip(made, rows, strict=True) if words
    )
    ReportTerms.objects.bulk_create(ReportTerms(report=r, case=r.case, terms=terms_of(r)) for r in reports)
    return made


def _report(case: Case, words: str) -> Report:
    return Report(
        case=case, receipt=new_receipt(), words=words.strip(), wants_answer=case.has_citizen,
        received_at=case.opened_at,
    )  # fmt: skip
