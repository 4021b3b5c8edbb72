"""What is answered where no page is, or where we failed: a page to people, the one shape of refusals to programs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from people.api.errors import not_found as sentence
from people.api.errors import of_api, plain


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if of_api(request):
        return plain(400, "bad_request", _("This request cannot be read."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain(404, "not_found", sentence()) if of_api(request) else defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    if of_api(request):
        return plain(500, "server_error", _("We failed. It has been logged; try again later."))
    return defaults.server_error(request)
