"""Signing in and out, and the size of type."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from audit.actions import note
from audit.models import Event
from people.context import SIZE_COOKIE
from people.forms import DemoSignInForm, SignInForm
from people.keeping import keep_only, waits_for
from people.models import User

PASSWORD_BACKEND = settings.AUTHENTICATION_BACKENDS[-1]
A_YEAR = 365 * 24 * 3600


class SignInView(LoginView):
    """Account and password, then on to `next`; django-axes counts what fails."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict:
        waiting = waits_for(self.request, self.get_redirect_url())
        return super().get_context_data(**kwargs, **lockout_words(), words_wait=waiting)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_valid(form)
        keep_only(self.request, self.get_success_url())
        tell(Event.SIGNED_IN, self.request)
        return answer

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        tell(Event.SIGN_IN_REFUSED, self.request)
        return super().form_invalid(form)


class SignOutView(LogoutView):
    """Signs out by a POST, and the security log tells of it."""

    next_page = "people:sign_in"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            tell(Event.SIGNED_OUT, request)
        return super().post(request, *args, **kwargs)


def tell(event: Event, request: HttpRequest) -> None:
    """A line in the security log; what was typed stays out of it, a password often lands in the wrong field."""
    note(event, by=request.user, address=request.META.get("REMOTE_ADDR"))


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict | None) -> HttpResponse:
    """What django-axes shows after too many wrong passwords: one sentence, the same for every account."""
    return render(request, "people/locked_out.html", lockout_words(), status=429)


def lockout_words() -> dict[str, int]:
    return {"tries": settings.AXES_FAILURE_LIMIT, "waits": round(settings.AXES_COOLOFF_TIME * 60)}


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a made-up person, without a password; only where the whole installation is a demo."""
    form = DemoSignInForm(request.POST)
    if not (settings.LIIXIA_DEMO and form.is_valid()):
        raise Http404
    user = get_object_or_404(User, username=form.cleaned_data["username"], demo=True, is_active=True)
    login(request, user, backend=PASSWORD_BACKEND)
    tell(Event.SIGNED_IN, request)
    page = next_page(request)
    keep_only(request, page)
    return redirect(page)


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """Large type or normal, remembered by this browser for a year."""
    answer = redirect(next_page(request))
    chosen = "large" if request.POST.get("size") == "large" else "normal"
    answer.set_cookie(SIZE_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer


def next_page(request: HttpRequest) -> str:
    """The page that the form names, if it is one of ours."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
