"""What a case is found by, beside the case: its own row stays small, and moves of the case leave the index alone."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from cases.models.case import Case


class CaseTerms(models.Model):
    """The summary and the place of a case as pairs of signs (accountability.bigrams). The number is found by itself."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="terms")
    terms = SearchVectorField()

    class Meta:
        verbose_name_plural = "case terms"
        # A short list of what came in lately: every search reads it, whoever fills it up pays.
        indexes = [GinIndex(fields=["terms"], name="cases_by_terms", gin_pending_list_limit=256)]

    def __str__(self) -> str:
        return f"{self.case_id}"
