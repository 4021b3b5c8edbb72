"""What a form about a case shows from apps above it."""

from django import template

from cases.models import Case
from engagement.public import reporters_of
from grids.standing import Standing

register = template.Library()


@register.inclusion_tag("cases/_public_words.html")
def public_words(case: Case, standing: Standing) -> dict:
    """The words of those who reported the case, without their details."""
    return {"reporters": reporters_of(case, standing)}
