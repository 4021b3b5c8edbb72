"""What the index of reports says of one: its words as the case page shows them, so that no hit tells what is hidden."""

from accountability import bigrams
from engagement.masking import without_details
from engagement.models import Report


def readable(report: Report) -> str:
    """The words as whoever sees the case may read them: the person's own details left out."""
    return without_details(report.words, report.name, report.phone, report.address)


def terms_of(report: Report) -> str:
    return bigrams.vector(readable(report))
