"""What every resource of the API shares."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import exceptions, mixins
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from people.api.entering import refused_too_often
from people.api.reading import mark


class Answering(APIView):
    """Marks what it answers to a GET, and counts entries that it refuses."""

    version_read: int | None = None

    def finalize_response(self, request: Request, response: Response, *args: Any, **named: Any) -> HttpResponse:
        answer = super().finalize_response(request, response, *args, **named)
        if request.method in ("GET", "HEAD") and answer.status_code == 200:
            answer.add_post_render_callback(lambda rendered: mark(request, rendered, self.version_read))
        return answer

    def handle_exception(self, problem: Exception) -> Response:
        if isinstance(problem, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
            wait = refused_too_often(self.request)
            if wait:
                problem = exceptions.Throttled(wait)
        return super().handle_exception(problem)


class Resource(Answering, GenericViewSet):
    """Rows of one kind. `keyset` is the unique order in which pages of them are read."""

    keyset = "-id"
    lookup_value_regex = r"[\w-]{1,32}"


class Readable(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """A list, and one of it; filters narrow the list alone."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset if self.action == "retrieve" else super().filter_queryset(queryset)


class Listed(mixins.ListModelMixin, Resource):
    """A list alone."""
