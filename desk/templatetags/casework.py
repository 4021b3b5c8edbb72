"""What a form about a case shows from apps above it."""

from django import template

from cases import duplicates
from cases.forms import Setting
from cases.models import Case
from engagement.callers import earlier_of
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
    same = {one.pk: one for one in earlier_of(case, setting.standing, setting.at)}
    near = {one.pk: one for one in duplicates.likely(case, setting.standing, setting.at)}
    found = [(one, duplicates.takes_in(one), one.pk in same) for one in {**near, **same}.values()]
    return {"case": case, "duplicates": found}
