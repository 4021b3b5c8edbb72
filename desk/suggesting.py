"""What the words of a case suggest to its reader: the suggester, fed with what this person may read of it."""

from datetime import datetime

from django.utils.timezone import localdate

from accountability.suggester.answering import Suggested, suggested
from cases.forms.lists import version_of
from cases.models import Case
from engagement.public import Reporter, reporters_of
from grids.standing import Standing


def suggested_for(case: Case, reporters: list[Reporter], at: datetime) -> Suggested:
    """Nothing where the item is named already."""
    if case.item_id:
        return Suggested()
    said = [case.summary, *(one.words for one in reporters)]
    return suggested(said, version_of(case, at), localdate(at))


def read_for(case: Case, standing: Standing, at: datetime) -> Suggested:
    return suggested_for(case, reporters_of(case, standing), at)
