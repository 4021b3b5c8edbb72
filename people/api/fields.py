"""The shape of what programs send: strict, so that a number is no word and an unknown name is no silence."""

import re
from datetime import date
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localtime
from django.utils.translation import gettext as _
from rest_framework import serializers

from people.api.errors import Refusal

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
CODE = r"^[A-Za-z0-9-]{1,20}$"


class Body(serializers.Serializer):
    """A JSON object with these names and no others."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        given = super().to_internal_value(data)
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            words = _("There is no such field. Look into /api/docs/.")
            raise serializers.ValidationError(
                {str(name): serializers.ErrorDetail(words, "unknown_field") for name in unknown}
            )
        return given


class Words(serializers.CharField):
    """Words as JSON writes them; no number turns into one. Whether they say anything, the form judges."""

    def __init__(self, **more: Any) -> None:
        least = {} if more.get("allow_blank") else {"min_length": 1}
        super().__init__(**{"trim_whitespace": False, **least, **more})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Code(serializers.RegexField):
    """The code of an area, unit, category, item or situation."""

    def __init__(self, **more: Any) -> None:
        super().__init__(CODE, **more)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=str(data)[:40])
        return data


class Number(serializers.FloatField):
    """A number between two others; JSON allows numbers that no float holds."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        if self.min_value is not None and data < self.min_value:
            self.fail("min_value", min_value=self.min_value)
        if self.max_value is not None and data > self.max_value:
            self.fail("max_value", max_value=self.max_value)
        return float(data)


class Whole(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float) or data != data // 1:
            self.fail("invalid")
        return int(data)


class Day(serializers.DateField):
    """A day as RFC 3339 writes it, and in no other way."""

    def to_internal_value(self, data: Any) -> date:
        if not isinstance(data, str) or not ISO_DAY.fullmatch(data):
            self.fail("invalid", format="2026-03-12")
        day: date = super().to_internal_value(data)
        return day


class Moment(serializers.DateTimeField):
    """A moment with its offset, as RFC 3339 writes it. One beyond our calendar is well written all the same."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not RFC3339.fullmatch(data):
            self.fail("invalid", format="2026-03-12T14:45:00+08:00")
        try:
            moment = parse_datetime(data.upper())
        except ValueError:
            moment = None
        if moment is None or is_naive(moment):
            self.fail("invalid", format="2026-03-12T14:45:00+08:00")
        try:
            return localtime(moment)
        except OverflowError as beyond:
            raise Refusal(422, "overflow", str(self.error_messages["overflow"]), self.field_name) from beyond
