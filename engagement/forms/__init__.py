"""What the pages of this app ask for."""

from engagement.forms.answering import CallBackForm, DoubtForm, FindForm, PhotosForm, RateForm, ReasonForm, ReopenForm
from engagement.forms.asking import WhoForm
from engagement.forms.reporting import CitizenReportForm, ClerkReportForm, FieldReportForm, GridForm, ReportForm

__all__ = [
    "CallBackForm", "CitizenReportForm", "ClerkReportForm", "DoubtForm", "FieldReportForm", "FindForm", "GridForm",
    "PhotosForm", "RateForm", "ReasonForm", "ReopenForm", "ReportForm", "WhoForm",
]  # fmt: skip
