"""A day in an address or a form: as ISO 8601 writes it, and no other way."""

import re
from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DayField(forms.DateField):
    default_error_messages = {"invalid": _("Write the day like 2026-03-12.")}

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value and not ISO.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DayFilter(filters.DateFilter):
    """One day; the same for every list that asks for one."""

    field_class = DayField
