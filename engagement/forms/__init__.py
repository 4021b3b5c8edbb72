"""What the pages of this app ask for."""

from engagement.forms.answering import CallBackForm, DoubtForm, FindForm, PhotosForm, RateForm, ReasonForm, ReopenForm
from engagement.forms.asking import PlaceForm, WhoForm
from engagement.forms.reporting import LONGEST_WORDS, CitizenReportForm, GridForm, ReportForm
from engagement.forms.sorting import ClerkReportForm, FieldReportForm

__all__ = [
    "LONGEST_WORDS", "CallBackForm", "CitizenReportForm", "ClerkReportForm", "DoubtForm", "FieldReportForm",
    "FindForm", "GridForm", "PhotosForm", "PlaceForm", "RateForm", "ReasonForm", "ReopenForm", "ReportForm", "WhoForm",
]  # fmt: skip
