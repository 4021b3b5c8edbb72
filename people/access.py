"""Who may open a staff page at all: somebody signed in whose account is switched on."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from people.keeping import SignInNeeded, forget

View = Callable[..., HttpResponse]


def staff_required(view: View) -> View:
    """Send whoever is signed out to sign in and back; what a POST carried waits for them (people.keeping)."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            raise SignInNeeded
        if not request.user.is_active:
            raise Http404
        if request.method == "POST":
            forget(request)
        return view(request, *args, **kwargs)

    return asked
