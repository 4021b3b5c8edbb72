"""What a form about a case shows from apps above it."""

from django import template

from accountability.suggester.answering import Suggested
from cases import duplicates
from cases.forms import Setting
from cases.models import Case
from desk.alike import beside
from desk.suggesting import read_for
from engagement.public import reporters_of
from grids.standing import Standing

register = template.Library()


@register.inclusion_tag("cases/_public_words.html")
def public_words(case: Case, standing: Standing) -> dict:
    """The words of those who reported the case, without their details."""
    return {"reporters": reporters_of(case, standing)}


@register.inclusion_tag("cases/_duplicates.html")
def duplicates_of(case: Case, setting: Setting) -> dict:
    """Cases near this one that may be the same matter, and those of the same caller, as far as the reader sees them."""
    found = beside(case, setting.standing, setting.at)
    return {"case": case, "duplicates": [(one, duplicates.takes_in(one), same) for one, same in found]}


@register.simple_tag
def suggested_for(case: Case, setting: Setting) -> Suggested:
    """What the words of a case suggest to whoever fills in its form."""
    return read_for(case, setting.standing, setting.at)
