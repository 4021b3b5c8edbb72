"""Named questions about reports."""

from django.db import models

from engagement.receipts import typed


class ReportQuerySet(models.QuerySet):
    def by_receipt(self, receipt: str):
        """The report with this receipt; the only way in for a resident without an account. None if there is none."""
        return self.filter(receipt=typed(receipt)).select_related("case__office", "case__area").first()
