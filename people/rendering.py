"""How Django draws our forms: every field by templates/forms/field.html, a whole form by templates/forms/form.html."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """`{{ form }}`, `{{ form.place.as_field_group }}` and `{% include "partials/_field.html" %}` all look the same."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
