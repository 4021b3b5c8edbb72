"""What the public says: reports, calls back and ratings, and the rules by which people are called."""

from engagement.models.answer import Callback, Grade, Outcome, Rating, Reopening
from engagement.models.calling import CallHours, CallLine, CallRule
from engagement.models.link import AnswerLink
from engagement.models.report import Datum, Guess, Report, ReportTerms
from engagement.models.restraint import Restraint, RestraintRule

__all__ = [
    "AnswerLink", "CallHours", "CallLine", "CallRule", "Callback", "Datum", "Grade", "Guess", "Outcome", "Rating",
    "Reopening", "Report", "ReportTerms", "Restraint", "RestraintRule",
]  # fmt: skip
