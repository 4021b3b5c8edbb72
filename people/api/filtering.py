"""Filters of lists for programs: those of the pages, but nothing that is asked amiss is passed over in silence."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.request import Request


class Strictly(DjangoFilterBackend):
    """A page leaves a filter empty that it does not use. A program that says a filter without a value, or twice, or one
    that there is not, would take every row for what it asked for: it is refused."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = self.get_filterset_class(view, queryset)
        known = {*(filterset.base_filters if filterset else ()), *view.paginator.names}
        wrong = {name: [fault] for name, fault in amiss(request, known)}
        if wrong:
            raise exceptions.ValidationError(wrong)
        return super().filter_queryset(request, queryset, view)


def amiss(request: Request, known: set[str]) -> Iterator[tuple[str, exceptions.ErrorDetail]]:
    """What stands in the address and cannot be meant: an unknown name, one said twice, one without a value."""
    for name, said in request.query_params.lists():
        if name not in known:
            yield name, exceptions.ErrorDetail(_("There is no such filter. Look into /api/docs/."), "unknown_filter")
        elif len(said) > 1:
            yield name, exceptions.ErrorDetail(_("It is said more than once. Say it once."), "said_twice")
        elif not said[0].strip():
            yield name, exceptions.ErrorDetail(_("It is empty. Say a value, or leave it out."), "blank")


class TrueField(forms.Field):
    """`true` or `false`, as JSON writes them."""

    default_error_messages = {"invalid": gettext_lazy("Say true or false.")}

    def to_python(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if value not in ("true", "false"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return value == "true"


class TrueFilter(filters.BooleanFilter):
    field_class = TrueField
