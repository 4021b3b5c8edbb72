"""How an operation is described: what every one of them may answer, and bodies that take no unknown names."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from people.api.errors import ErrorShape
from people.api.fields import Words
from people.api.reading import OUR_ETAG

READING = ("400", "401", "404", "406", "429")
WRITING = (*READING, "403", "409", "415", "422")
VISIBLE, NO_NUL = r"\S", r"^[^\u0000]*$"
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description=_("The ETag of the case as you read it"),
    pattern=f"^{OUR_ETAG}$",
    examples=[OpenApiExample("version", '"3"', summary=_("The version read"))],
)  # fmt: skip


class Describing(AutoSchema):
    """Adds the refusals that any operation of its kind may answer with."""

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        statuses = READING if self.method in ("GET", "HEAD") else WRITING
        for status in (*statuses, *getattr(self.view, "more_statuses", ())):
            bodies.setdefault(status, self._get_response_for_code(ErrorShape, status))
        return dict(sorted(bodies.items()))

    def get_description(self) -> str:
        """What the view says of itself to its readers, in their language."""
        one = getattr(self.view, "action", None) == "retrieve"
        return "" if one else str(getattr(self.view, "about", ""))


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "people.api.entering.TokenEntry"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = str(_("`Authorization: Token …`; make a token on your page of tokens"))
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": words}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "people.api.entering.SessionEntry"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class ShapeSchema(OpenApiSerializerExtension):
    """What a shape says of itself, in the language of the reader; docstrings are for us."""

    target_class = "rest_framework.serializers.Serializer"
    match_subclasses = True
    priority = -1

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        mapped = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        about = getattr(self.target, "about", "")
        return {**mapped, "description": str(about)} if about else mapped


class BodySchema(ShapeSchema):
    """No other names, no sign of number zero in words (the database keeps none), no lists longer than said."""

    target_class = "people.api.fields.Body"
    priority = 0

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        mapped = super().map_serializer(auto_schema, direction)
        for name, field in self.target.fields.items():
            if isinstance(field, Words):
                mapped["properties"][name]["pattern"] = NO_NUL
            elif isinstance(field, serializers.ListSerializer):
                mapped["properties"][name]["maxItems"] = field.max_length
        return {**mapped, "additionalProperties": False}


class FilterScheme(DjangoFilterExtension):
    """Says of a filter for words what its field refuses."""

    target_class = "people.api.filtering.Strictly"
    priority = 1

    def resolve_filter_field(self, auto_schema: Any, model: Any, filterset: Any, name: str, of: Any) -> Any:
        told = super().resolve_filter_field(auto_schema, model, filterset, name, of)
        if isinstance(of, CharFilter):
            patterns = [one.regex.pattern for one in of.field.validators if isinstance(one, RegexValidator)]
            pattern = next(iter(patterns), VISIBLE).replace(r"\A", "^").replace(r"\Z", "$")
            most = {"maxLength": of.field.max_length} if of.field.max_length else {}
            told[0]["schema"] |= {"minLength": 1, "pattern": pattern, **most}
        return told


def says(summary: Any, *, example: Any = None, sent: Any = None, **more: Any) -> Any:
    """A decorator: what the operation does in a few words, and examples of what is sent and answered."""
    examples = []
    if sent is not None:
        examples.append(OpenApiExample("sent", sent, summary=_("What is sent"), request_only=True))
    if example is not None:
        answered = {"summary": _("What is answered"), "response_only": True, "status_codes": ["200", "201"]}
        examples.append(OpenApiExample("answered", example, **answered))
    return extend_schema(summary=summary, examples=examples, **more)


def reads(many: Any, one: Any = None, *, example: Any, row: Any = None) -> Any:
    """A decorator of a resource: its list and one of it, each in a few words; `row` where a list shows less."""
    told = {"list": says(many, example=row or example)} | ({"retrieve": says(one, example=example)} if one else {})
    return extend_schema_view(**told)
