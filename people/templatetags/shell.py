"""Presentation tags every page may load: icons, form controls in the house style, lists of a form's errors."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context, engines
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from people.drawn import icon, light, track
from people.written import words

register = template.Library()

CHOICE_WIDGETS = ("RadioSelect", "CheckboxSelectMultiple")


register.simple_tag(icon)
register.simple_tag(light)
register.simple_tag(track)
register.simple_tag(cache(static), name="asset")


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str, **more: Any) -> SafeString:
    """A template of Jinja's, with everything that this page has."""
    return mark_safe(engines["jinja2"].env.get_template(name).render({**context.flatten(), "_": words(), **more}))  # noqa: S308


@register.filter
def kind(field: BoundField) -> str:
    """How the field is drawn: `choices` (radio, checkboxes), `tick` (one checkbox) or `plain`."""
    widget = type(field.field.widget).__name__
    if widget in CHOICE_WIDGETS:
        return "choices"
    return "tick" if widget == "CheckboxInput" else "plain"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control with the house class; `aria-invalid` and `aria-describedby` come from Django."""
    own = field.field.widget.attrs.get("class", "")
    house = "" if kind(field) == "tick" else "input"
    return field.as_widget(attrs={"class": f"{house} {own}".strip()})


@register.filter
def options(field: BoundField) -> Iterator[dict]:
    """The options of a choice field, each with the explanation that the form gives in `field.notes` (value → words)."""
    notes = getattr(field.field, "notes", {})
    for option in field.subwidgets:
        yield {
            "tag": option.tag(wrap_label=False),
            "id": option.id_for_label,
            "label": option.choice_label,
            "note": notes.get(str(option.data["value"]), ""),
        }


@register.filter
def mistakes(form: BaseForm) -> list[dict]:
    """Every error of a form in the order of its fields, with the address of the control that it is about."""
    if not form.is_bound:
        return []
    rows = [{"words": words, "href": ""} for words in form.non_field_errors()]
    for field in form:
        rows += [{"words": words, "href": f"#{_first_control(field)}"} for words in field.errors]
    return rows


def _first_control(field: BoundField) -> str:
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.auto_id
